// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/runtime/cascade.h"
#include "engine/runtime/outcome.h"

namespace engine::runtime {

/// How many deadlines one command or one run of the scheduler carries out at most: a backlog is
/// worked off in several runs, so that nobody waits behind all of it.
inline constexpr std::size_t kMaxFiresPerRun = 1000;

/// Carries out every deadline of the tree of `id` that ended at or before `until`.
/// Threads: writer only. Errors: those of the cascade.
base::Result<std::size_t> fire_tree(store::UnitOfWork& unit, const RuntimeParts& parts,
                                    const base::InstanceId& id, base::Instant until);

/// The same for all roots, at most `limit`.
base::Result<SchedulerRun> fire_all(store::UnitOfWork& unit, const RuntimeParts& parts,
                                    base::Instant until, std::size_t limit);

}  // namespace engine::runtime
