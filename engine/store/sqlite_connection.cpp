// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_connection.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>
#include <mutex>

#include "engine/store/migration.h"

namespace engine::store {
namespace {

/// "COPR": says in the file's header whose it is.
constexpr std::int64_t kApplicationId = 0x434F5052;

/// Of SQLite's codes, what is in the low byte: the rest says more of the same.
constexpr int kPrimaryCode = 0xff;

bool is_ours(SQLite::Database& database) {
    return database.execAndGet("pragma application_id").getInt64() == kApplicationId;
}

/// Each connection is used by one thread at a time, so it needs no lock of its own; and the sums of
/// all memory in use, which nobody asks for, took one lock more for each piece of memory.
constexpr int kOneThreadAtATime = SQLITE_OPEN_NOMUTEX;

/// Before the first connection of the process; later it is refused, and changes nothing.
void keep_no_memory_sums() {
    static std::once_flag once;
    std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
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

/// Whoever wrote here before may have ended between a commit and its sync, or been refused it: such
/// a commit is in the log and maybe not on disk. What is told of it from now on, to who asks again
/// under its key for one, must survive a power cut; reading writes nothing and would not wait.
void sync_log(SQLite::Database& database) {
    database.execAndGet("select count(*) from sqlite_master");  // opens the log
    sqlite3_file* log = nullptr;
    sqlite3_file_control(database.getHandle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    if (log == nullptr || log->pMethods == nullptr) {
        return;
    }
    if (const int code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL); code != SQLITE_OK) {
        throw SQLite::Exception("the log is not on disk", code & kPrimaryCode);
    }
}

}  // namespace

std::unique_ptr<Connection> open_writing(const SqliteOptions& options, base::Instant now) {
    keep_no_memory_sums();
    return translated([&] {
        auto connection = std::make_unique<Connection>(
            options.path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | kOneThreadAtATime,
            options.busy_timeout_ms);
        auto& database = connection->database();
        claim_or_check(database);
        database.exec("pragma journal_mode = wal");
        database.exec(options.is_durable ? "pragma synchronous = full"
                                         : "pragma synchronous = off");
        if (options.is_durable) {
            sync_log(database);
        }
        database.exec("pragma secure_delete = on");  // what is erased is overwritten, not forgotten
        // A migration may make a table anew that others refer to; nothing else is written without.
        database.exec("pragma foreign_keys = off");
        migrate(*connection, options.path, embedded_migrations(), now);
        database.exec("pragma foreign_keys = on");
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
    keep_no_memory_sums();
    return translated([&] {
        auto connection = std::make_unique<Connection>(
            options.path, SQLite::OPEN_READONLY | kOneThreadAtATime, options.busy_timeout_ms);
        check_owner(connection->database());
        check_migrated(*connection, embedded_migrations());
        return connection;
    });
}

}  // namespace engine::store
