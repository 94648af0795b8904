// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <utility>

#include "api/routes/json_replies.h"
#include "engine/queries.h"

namespace api::routes {

/// One page of a list as `page_reply` tells it, each row as `render` does; the list's error when it
/// has one.
template <class Row, class Render>
engine::base::Result<http::Response> rows_reply(const http::Request& request,
                                                const engine::base::Result<engine::Page<Row>>& page,
                                                Render render) {
    if (!page) {
        return engine::base::fail(page.error());
    }
    auto items = nlohmann::ordered_json::array();
    for (const Row& row : page->items) {
        items.push_back(render(row));
    }
    return page_reply(request, std::move(items), page->next);
}

}  // namespace api::routes
