// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>

#include "engine/base/result.h"

namespace engine {

/// What is said when the disk does not write.
base::Error disk_refuses();

/// A draft beside a folder that is to be: `NAME.incompleta`, for its owner only. What an earlier
/// attempt left there is removed.
/// Errors: invalid_input (the folder holds something already), storage_full.
base::Result<std::filesystem::path> start_folder(const std::filesystem::path& folder);

/// Gives the draft its name, for good. Errors: storage_full.
base::Result<void> finish_folder(const std::filesystem::path& draft,
                                 const std::filesystem::path& folder);

/// Makes a folder that is whole or not there: `fill` fills a draft and says what came of it; when
/// it fails, the draft goes.
template <class T, class Fill>
base::Result<T> make_folder(const std::filesystem::path& folder, Fill fill) {
    const auto draft = start_folder(folder);
    if (!draft) {
        return base::fail(draft.error());
    }
    base::Result<T> filled = fill(*draft);
    const base::Result<void> done =
        filled ? finish_folder(*draft, folder) : base::Result<void>(base::fail(filled.error()));
    if (!done) {
        std::error_code ignored;
        std::filesystem::remove_all(*draft, ignored);
        return base::fail(done.error());
    }
    return filled;
}

}  // namespace engine
