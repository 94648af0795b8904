// SPDX-License-Identifier: EUPL-1.2
#pragma once

// What a data folder holds; beside them, whatever SQLite keeps for its own.

namespace engine {

inline constexpr const char* kDatabaseName = "coprog.db";
/// Letters and attachments, each under the SHA-256 of its bytes.
inline constexpr const char* kContentFolder = "contenuti";

/// Held by the one program that serves the folder.
inline constexpr const char* kLockName = "coprog.lock";
/// When the last backup of this folder was taken, for who watches: the manifest of that backup.
inline constexpr const char* kLastBackupName = "ultima-copia.json";

}  // namespace engine
