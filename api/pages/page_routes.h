// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <vector>

#include "api/pages/page.h"
#include "api/routes/router.h"

namespace api::pages {

/// THE one list of the pages' addresses, for the router, beside those of the API. Each has its line
/// in the authorization table (api/access/access_table.cpp).
std::vector<routes::Route> page_routes(const SitePointer& site);

/// How an error is told where no route is known: a page to a browser, problem+json to a program.
routes::RenderError page_errors(const SitePointer& site);

/// How the transport's refusals are told, in the same way; for ProgramOptions::render_refusal.
std::function<http::Response(const http::Refusal&)> page_refusals(const SitePointer& site);

}  // namespace api::pages
