// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "engine/data_files.h"
#include "engine/engine.h"
#include "engine/store/guarded.h"
#include "engine/store/sqlite_store.h"

namespace engine {
namespace {

base::Result<std::unique_ptr<store::Store>> open_folder(const std::filesystem::path& folder,
                                                        const base::Clock& clock, bool is_durable) {
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
        options.is_durable = is_durable;
        return store::open_sqlite_store(options, clock);
    } catch (const store::StoreFailure& failure) {
        return base::fail(failure.error());
    }
}

}  // namespace

base::Result<std::unique_ptr<store::Store>> open_store(const std::filesystem::path& folder,
                                                       const base::Clock& clock) {
    return open_folder(folder, clock, true);
}

base::Result<std::unique_ptr<store::Store>> open_scratch_store(const std::filesystem::path& folder,
                                                               const base::Clock& clock) {
    return open_folder(folder, clock, false);
}

base::Result<void> probe_store(const std::filesystem::path& folder) {
    return store::guarded([&]() -> base::Result<void> {
        store::SqliteOptions options;
        options.path = (folder / kDatabaseName).string();
        store::probe_sqlite_database(options);
        return {};
    });
}

}  // namespace engine
