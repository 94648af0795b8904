// SPDX-License-Identifier: EUPL-1.2
#pragma once

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
/// writing and one reading connection.
/// Threads: one at a time. Errors: StoreFailure (storage_corrupt when the file is not ours).
std::unique_ptr<Store> open_sqlite_store(const SqliteOptions& options, const base::Clock& clock);

}  // namespace engine::store
