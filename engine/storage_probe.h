// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>

#include "engine/base/result.h"

namespace engine {

/// Whether the database of a data folder takes a write again: writes a page that says what it said,
/// and waits until it is on disk, on a connection of its own.
/// Threads: any. Errors: storage_full, storage_corrupt, busy, internal.
base::Result<void> probe_storage(const std::filesystem::path& folder);

}  // namespace engine
