// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "engine/store/sqlite_query.h"

namespace engine::store {

/// What Store::find_loose_row answers. Errors: StoreFailure.
std::string find_loose_row(Connection& connection);

/// What Store::check_integrity answers. Errors: StoreFailure.
std::string check_integrity(Connection& connection);

}  // namespace engine::store
