// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/strong_id.h"
#include "engine/machine/decide.h"
#include "engine/machine/model.h"

namespace engine::runtime {

/// What a command led to.
struct Outcome {
    base::InstanceId instance;
    std::int64_t version = 0;
    std::string state;
    std::string title;  ///< of the act
    /// What it runs on; null in an answer that was kept (of a request that comes again).
    definition::DefinitionPointer definition;
    /// The number given by the command, the last when there are several.
    std::optional<machine::Registration> registration;
    std::vector<base::InstanceId> opened;            ///< children opened by it
    std::vector<machine::AvailableEvent> available;  ///< to the same actor, now
};

/// What one run of the scheduler did.
struct SchedulerRun {
    std::size_t fired = 0;
    bool is_finished = true;  ///< false: there is more, run again
};

/// What one run of the pruning did.
struct PruneRun {
    std::size_t pruned = 0;
    bool is_finished = true;  ///< false: there is more, run again
};

/// What one run of the dispatcher did.
struct DispatcherRun {
    std::size_t sent = 0;
    std::size_t failed = 0;
};

}  // namespace engine::runtime
