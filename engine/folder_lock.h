// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <utility>

#include "engine/base/result.h"

namespace engine {

/// The right to be the one program that serves a data folder. The order of acts and of deadlines is
/// kept by one writer's thread: two programs on one archive would each keep its own.
/// The system takes it back when the process ends, however it ends.
class FolderLock {
  public:
    /// Takes it, or says at once that somebody has it; makes the folder when it is not there.
    /// Errors: busy (another program serves the folder), invalid_input (the folder is a backup),
    /// storage_full (the folder cannot be written).
    static base::Result<FolderLock> take(const std::filesystem::path& folder);

    FolderLock(FolderLock&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
    FolderLock& operator=(FolderLock&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~FolderLock();

  private:
    explicit FolderLock(int handle) : handle_(handle) {}

    int handle_ = -1;
};

}  // namespace engine
