// SPDX-License-Identifier: EUPL-1.2
#pragma once

// What a data folder holds; beside them, whatever SQLite keeps for its own.

namespace engine {

inline constexpr const char* kDatabaseName = "coprog.db";
/// Letters and attachments, each under the SHA-256 of its bytes.
inline constexpr const char* kContentFolder = "contenuti";

}  // namespace engine
