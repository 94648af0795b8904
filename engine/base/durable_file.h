// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string_view>

// Files that survive a power cut. False: the disk refuses.

namespace engine::base {

/// Writes a whole file, replacing what is there, and waits until it is on disk. Readable by its
/// owner, and in the group.
bool write_durably(const std::filesystem::path& path, std::string_view bytes);

/// Waits until what was written to a file is on disk.
bool sync_file(const std::filesystem::path& path);

/// Waits until the names in a folder are on disk.
bool sync_folder(const std::filesystem::path& folder);

}  // namespace engine::base
