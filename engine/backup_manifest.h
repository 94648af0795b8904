// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/backup.h"

namespace engine {

inline constexpr const char* kManifestName = "copia.json";
inline constexpr const char* kSumsName = "SHA256SUMS";
inline constexpr const char* kRestoreName = "ripristino.json";

/// Where a content lies, from its data folder on.
std::filesystem::path content_path(const std::string& sha256);

/// `{"formato": 1, "presa_il", "contenuti", "impronte_sha256"}`, all of them.
std::string render_manifest(const BackupManifest& manifest);
/// Errors: storage_corrupt (not a manifest), invalid_input (of a later format).
base::Result<BackupManifest> parse_manifest(const std::string& text);

/// What SHA256SUMS lists: the database's hash, then the contents, whose hash is their name.
struct BackupSums {
    std::string database_sha256;
    std::vector<std::string> contents;
};
std::string render_sums(const BackupSums& sums);
/// Errors: storage_corrupt.
base::Result<BackupSums> parse_sums(const std::string& text);

/// `{"presa_il", "ripristinata_il"}`
std::string render_restore(const BackupManifest& manifest, base::Instant restored_at);

}  // namespace engine
