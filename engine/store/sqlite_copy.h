// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>

#include "engine/store/sqlite_query.h"

namespace engine::store {

/// Copies the database as it is now into a new file, on disk when this returns, while others read
/// and write. What was erased is not in the copy: free pages are left out. A file of that name is
/// replaced. Errors: StoreFailure; SQLite::Exception.
void copy_database(Connection& connection, const std::filesystem::path& file);

}  // namespace engine::store
