// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "api/routes/router.h"

namespace api::routes {

/// THE one list of the API's routes, in the order of openapi.json.
std::vector<Route> api_routes();

// One per file of this folder: the routes of one resource.
std::vector<Route> procedure_routes();
std::vector<Route> event_routes();
std::vector<Route> document_routes();
std::vector<Route> journal_routes();
std::vector<Route> task_routes();
std::vector<Route> deadline_routes();
std::vector<Route> definition_routes();
std::vector<Route> territory_routes();
std::vector<Route> term_routes();
std::vector<Route> status_routes();

}  // namespace api::routes
