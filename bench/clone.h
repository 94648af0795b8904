// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "engine/base/strong_id.h"

// Large databases in minutes: an instance that the engine made is copied as rows, with ids of its
// own and its journal chained anew, so that `verify` finds them as sound as the first.

namespace bench {

/// Copies a root instance without children `count` times. The database is not open elsewhere.
void clone_instance(const std::filesystem::path& database, const engine::base::InstanceId& source,
                    std::size_t count);

/// Adds open tasks, copies of one that the instances have, `count` for each instance, with ends
/// scattered over a year. They are in the tables only: good for lists, not for `verify`.
void clone_tasks(const std::filesystem::path& database, std::size_t count);

}  // namespace bench
