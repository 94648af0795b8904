// SPDX-License-Identifier: EUPL-1.2
#include "api/routes/routes.h"

#include <iterator>

namespace api::routes {

std::vector<Route> api_routes() {
    std::vector<Route> all;
    for (auto* resource :
         {procedure_routes, event_routes, document_routes, journal_routes, task_routes,
          deadline_routes, definition_routes, territory_routes, term_routes, status_routes}) {
        auto routes = resource();
        all.insert(all.end(), std::make_move_iterator(routes.begin()),
                   std::make_move_iterator(routes.end()));
    }
    return all;
}

}  // namespace api::routes
