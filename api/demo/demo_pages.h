// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "api/pages/page.h"
#include "api/routes/router.h"

// What only a demonstration has: who the visitor is, which day it is, and beginning again. `coprog
// serve` has none of these routes.

namespace api::demo {

/// What the pages ask of the demonstration. Both are called on the writer's thread, and return when
/// it is done.
struct DemoControls {
    /// Moves the calendar forward, with all that falls due meanwhile. Errors: invalid_input.
    std::function<engine::base::Result<void>(std::int64_t days, service::Service&)> move_clock;
    /// The first data again, on the first day. Errors: those of playing the story.
    std::function<engine::base::Result<void>()> begin_again;
};

/// `/demo` and what its buttons do.
std::vector<routes::Route> demo_routes(const pages::SitePointer& site, DemoControls controls);

/// Their lines of the authorization table.
std::span<const access::AccessRow> demo_access();

/// What stands above every page: that all is invented, which day it is, the buttons.
std::string demo_banner(const pages::Site& site, const http::Request& request,
                        const access::Caller& caller);

}  // namespace api::demo
