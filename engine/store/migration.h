// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/base/instant.h"
#include "engine/store/sqlite_query.h"

namespace engine::store {

/// A numbered step of the schema, forward only.
struct Migration {
    int number = 0;
    std::string name;  ///< of its file
    std::string sql;
};

/// Those in the binary (engine/store/migrations/NNNN_*.sql), in order.
std::vector<Migration> embedded_migrations();

/// Brings the database up to the last migration, each in a transaction of its own, recorded with
/// its hash. A database that already holds data is first copied beside itself
/// (`<file>.before-NNNN`).
/// Errors: StoreFailure with storage_corrupt when a recorded migration is not the one we have, or
/// the database is newer than this program.
void migrate(Connection& connection, const std::string& path, std::span<const Migration> migrations,
             base::Instant now);

/// Refuses a database that those migrations have not made. Errors: StoreFailure (storage_corrupt).
void check_migrated(Connection& connection, std::span<const Migration> migrations);

}  // namespace engine::store
