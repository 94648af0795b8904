// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace engine::documents {

/// Files named by the SHA-256 of their bytes, beside the database. A file is on disk before the
/// commit that names it; one that nobody names is harmless.
/// Threads: any; two that put the same bytes put the same file.
class ContentStore {
  public:
    explicit ContentStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Keeps the bytes and gives their SHA-256. Errors: storage_full.
    base::Result<std::string> put(std::string_view bytes);

    /// Whether the bytes are here: they are not read.
    bool has(const std::string& sha256) const;

    /// Errors: not_found; storage_corrupt when the bytes no longer have that hash.
    base::Result<std::string> get(const std::string& sha256) const;

    /// Takes the bytes away for good; false when they were not there. The disk may keep traces of
    /// them until it writes there again. Errors: storage_full (the disk refuses).
    base::Result<bool> remove(const std::string& sha256);

  private:
    std::filesystem::path path_of(const std::string& sha256) const;

    std::filesystem::path folder_;
};

}  // namespace engine::documents
