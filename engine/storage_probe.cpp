// SPDX-License-Identifier: EUPL-1.2
#include "engine/storage_probe.h"

#include "engine/data_files.h"
#include "engine/store/guarded.h"
#include "engine/store/sqlite_store.h"

namespace engine {

base::Result<void> probe_storage(const std::filesystem::path& folder) {
    return store::guarded([&]() -> base::Result<void> {
        store::SqliteOptions options;
        options.path = (folder / kDatabaseName).string();
        store::probe_sqlite_database(options);
        return {};
    });
}

}  // namespace engine
