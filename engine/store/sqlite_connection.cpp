// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_connection.h"

#include <fmt/format.h>

#include <filesystem>

#include "engine/store/migration.h"

namespace engine::store {
namespace {

/// "COPR": says in the file's header whose it is.
constexpr std::int64_t kApplicationId = 0x434F5052;

bool is_ours(SQLite::Database& database) {
    return database.execAndGet("pragma application_id").getInt64() == kApplicationId;
}

/// A file with tables that are not ours is left alone.
void check_owner(SQLite::Database& database) {
    if (!is_ours(database)) {
        throw StoreFailure({base::ErrorCode::storage_corrupt,
                            "Il file non è un archivio di coprog: va indicata un'altra cartella.",
                            {}});
    }
}

/// Writes and commits the first page, also when it says so already.
void claim(SQLite::Database& database) {
    database.exec(fmt::format("pragma application_id = {}", kApplicationId));
}

void claim_or_check(SQLite::Database& database) {
    const bool is_empty = database.execAndGet("select count(*) from sqlite_master").getInt64() == 0;
    if (is_empty) {
        claim(database);
    } else {
        check_owner(database);
    }
}

}  // namespace

std::unique_ptr<Connection> open_writing(const SqliteOptions& options, base::Instant now) {
    return translated([&] {
        auto connection = std::make_unique<Connection>(
            options.path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, options.busy_timeout_ms);
        auto& database = connection->database();
        claim_or_check(database);
        database.exec("pragma journal_mode = wal");
        database.exec(options.is_durable ? "pragma synchronous = full"
                                         : "pragma synchronous = off");
        database.exec("pragma foreign_keys = on");
        database.exec("pragma secure_delete = on");  // what is erased is overwritten, not forgotten
        migrate(*connection, options.path, embedded_migrations(), now);
        if (options.max_pages > 0) {
            database.exec(fmt::format("pragma max_page_count = {}", options.max_pages));
        }
        return connection;
    });
}

void rewrite_header(const SqliteOptions& options) {
    SQLite::Database database(options.path, SQLite::OPEN_READWRITE, options.busy_timeout_ms);
    check_owner(database);
    database.exec("pragma synchronous = full");
    claim(database);
}

std::unique_ptr<Connection> open_reading(const SqliteOptions& options) {
    if (!std::filesystem::exists(options.path)) {
        throw StoreFailure(
            {base::ErrorCode::not_found, "Nella cartella non c'è un archivio di coprog.", {}});
    }
    return translated([&] {
        auto connection = std::make_unique<Connection>(options.path, SQLite::OPEN_READONLY,
                                                       options.busy_timeout_ms);
        check_owner(connection->database());
        check_migrated(*connection, embedded_migrations());
        return connection;
    });
}

}  // namespace engine::store
