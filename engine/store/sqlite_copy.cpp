// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_copy.h"

#include "engine/base/durable_file.h"

namespace engine::store {

void copy_database(Connection& connection, const std::filesystem::path& file) {
    std::filesystem::remove(file);
    SQLite::Statement copy(connection.database(), "vacuum into ?");
    copy.bind(1, file.string());
    copy.exec();
    if (!base::sync_file(file) || !base::sync_folder(file.parent_path())) {
        throw StoreFailure({base::ErrorCode::storage_full,
                            "La copia dell'archivio non è stata scritta: il disco è pieno o non "
                            "risponde.",
                            {}});
    }
}

}  // namespace engine::store
