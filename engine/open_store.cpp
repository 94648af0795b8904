// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "engine/data_files.h"
#include "engine/engine.h"
#include "engine/store/sqlite_store.h"

namespace engine {

base::Result<std::unique_ptr<store::Store>> open_store(const std::filesystem::path& folder,
                                                       const base::Clock& clock) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return base::fail(
            base::ErrorCode::internal,
            fmt::format("La cartella dei dati non si può creare: {}.", error.message()));
    }
    try {
        store::SqliteOptions options;
        options.path = (folder / kDatabaseName).string();
        return store::open_sqlite_store(options, clock);
    } catch (const store::StoreFailure& failure) {
        return base::fail(failure.error());
    }
}

}  // namespace engine
