// SPDX-License-Identifier: EUPL-1.2
#include "engine/new_folder.h"

#include <fmt/format.h>

#include "engine/base/durable_file.h"

namespace engine {

using base::ErrorCode;
using base::fail;
using base::Result;
using std::filesystem::path;

base::Error disk_refuses() {
    return {ErrorCode::storage_full,
            "Il disco è pieno o non risponde: va liberato spazio, poi si può riprovare.",
            {}};
}

Result<path> start_folder(const path& folder) {
    std::error_code error;
    const bool is_there = std::filesystem::exists(folder, error);
    if (error || (is_there && (!std::filesystem::is_directory(folder, error) ||
                               !std::filesystem::is_empty(folder, error)))) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("«{}» contiene già qualcosa: va indicata una cartella nuova o "
                                "vuota.",
                                folder.string()));
    }
    // Without a trailing slash, whoever wrote one.
    const path name = folder.has_filename() ? folder : folder.parent_path();
    const path draft = name.string() + ".incompleta";
    std::filesystem::remove_all(draft, error);
    std::filesystem::create_directories(draft, error);
    if (!error) {
        std::filesystem::permissions(draft, std::filesystem::perms::owner_all, error);
    }
    return error ? Result<path>(fail(disk_refuses())) : Result<path>(draft);
}

Result<void> finish_folder(const path& draft, const path& folder) {
    std::error_code error;
    std::filesystem::remove(folder, error);  // empty, if there
    const path name = folder.has_filename() ? folder : folder.parent_path();
    std::filesystem::rename(draft, name, error);
    const path parent = std::filesystem::absolute(name).parent_path();
    return !error && base::sync_folder(parent) ? Result<void>{} : fail(disk_refuses());
}

}  // namespace engine
