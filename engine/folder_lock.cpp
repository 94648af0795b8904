// SPDX-License-Identifier: EUPL-1.2
#include "engine/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "engine/backup_manifest.h"
#include "engine/data_files.h"

namespace engine {

using base::ErrorCode;
using base::fail;
using base::Result;

namespace {

constexpr ::mode_t kOnlyOurs = 0600;

}  // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::exists(folder / kManifestName, error)) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("La cartella «{}» è una copia di sicurezza: non si lavora su di "
                                "essa, la si ripristina con «coprog restore».",
                                folder.string()));
    }
    std::filesystem::create_directories(folder, error);
    const int handle =
        ::open((folder / kLockName).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOnlyOurs);
    if (handle < 0) {
        return fail(ErrorCode::storage_full,
                    fmt::format("Nella cartella «{}» non si può scrivere.", folder.string()));
    }
    FolderLock lock(handle);
    if (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorCode::busy,
                    fmt::format("Un altro programma serve già la cartella «{}»: va fermato prima.",
                                folder.string()));
    }
    return lock;
}

FolderLock::~FolderLock() {
    if (handle_ >= 0) {
        ::close(handle_);  // and the lock with it
    }
}

}  // namespace engine
