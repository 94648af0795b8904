// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>

#include "engine/store/sqlite_query.h"
#include "engine/store/sqlite_store.h"

namespace engine::store {

/// A writing connection with our settings, to a database that is ours and up to date: new ones are
/// made, older ones migrated. Errors: StoreFailure.
std::unique_ptr<Connection> open_writing(const SqliteOptions& options, base::Instant now);

/// A read-only connection to a database that is ours and up to date.
/// Errors: StoreFailure (not_found without a file; storage_corrupt when it is not ours, or older or
/// newer than this program).
std::unique_ptr<Connection> open_reading(const SqliteOptions& options);

/// Writes the header of a database that is ours as it is, on a connection of its own, and waits for
/// the disk. Errors: StoreFailure; SQLite::Exception.
void rewrite_header(const SqliteOptions& options);

}  // namespace engine::store
