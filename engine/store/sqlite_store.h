// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "engine/base/clock.h"
#include "engine/store/store.h"

namespace engine::store {

struct SqliteOptions {
    std::string path;            ///< of the database file; its folder exists
    int busy_timeout_ms = 5000;  ///< how long another writer is waited for
    std::int64_t max_pages = 0;  ///< a limit on the file's growth; 0: the disk's
    /// False: a power cut may lose or damage it. For data that can be made again.
    bool is_durable = true;
};

/// Opens (and, when new, makes) the embedded store: WAL, synchronous=FULL, foreign keys on, one
/// connection that writes and reads.
/// Threads: one at a time. Errors: StoreFailure (storage_corrupt when the file is not ours).
std::unique_ptr<Store> open_sqlite_store(const SqliteOptions& options, const base::Clock& clock);

/// A read-only connection to a store that is open elsewhere, or not: another thread reads beside
/// the writer. It migrates nothing.
/// Threads: one at a time. Errors: StoreFailure (not_found without a file; storage_corrupt when it
/// is not ours, or of another version of the schema).
std::unique_ptr<Reader> open_sqlite_reader(const SqliteOptions& options);

/// Copies a store's database into a new file, as it is now, while others read and write; on disk
/// when this returns. What was erased is not in it. Errors: StoreFailure.
void copy_sqlite_database(const SqliteOptions& options, const std::filesystem::path& file);

/// Writes a page of an existing database, changing nothing in it; on disk when this returns.
/// Errors: StoreFailure, as of any commit.
void probe_sqlite_database(const SqliteOptions& options);

}  // namespace engine::store
