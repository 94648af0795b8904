// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/runtime/verify.h"

// A backup is a folder: the database as it was at one moment, every letter and attachment it names,
// `SHA256SUMS` (which `sha256sum -c` reads, too) and `copia.json`. It holds personal data and the
// hashes of tokens: it is to be kept as the data folder is.

namespace engine {

/// What a backup says of itself (`copia.json`).
struct BackupManifest {
    base::Instant taken_at;    ///< of the snapshot
    std::string sums_sha256;   ///< of SHA256SUMS
    std::size_t contents = 0;  ///< files beside the database
};

struct BackupReport {
    BackupManifest manifest;
    /// Letters and documents that the database names and that are not there, or are changed, in
    /// the data folder itself, by their hash: `verify` says so, too.
    std::vector<std::string> missing;
    /// The data folder could not be told that a backup was taken: who watches it will not know.
    bool is_unnoted = false;
};

/// Takes a backup of a data folder into `to`, which is new or empty, while others work. The folder
/// has its name only when it is whole: an interrupted one is `TO.incompleta`.
/// Errors: not_found (no database), invalid_input (`to` holds something), storage_full, and the
/// store's.
base::Result<BackupReport> back_up(const std::filesystem::path& data,
                                   const std::filesystem::path& to, const base::Clock& clock);

/// When the last backup of a data folder was taken, as back_up has left written in it; absent when
/// none was, or what is written cannot be read.
std::optional<base::Instant> find_last_backup(const std::filesystem::path& data);

struct RestoreReport {
    BackupManifest manifest;
    base::Instant restored_at;
    runtime::VerifyReport verified;
};

/// Makes a data folder, new or empty, from a backup, after every hash was checked; the folder has
/// its name only once `verify` finds it whole. Both times stay in it (`ripristino.json`): what
/// happened between them is not there.
/// Errors: not_found (no backup in `from`), invalid_input (`data` holds something),
/// storage_corrupt (the first thing that does not fit), storage_full, and the store's.
base::Result<RestoreReport> restore(const std::filesystem::path& from,
                                    const std::filesystem::path& data, const base::Clock& clock);

}  // namespace engine
