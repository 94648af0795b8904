// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>

#include "engine/machine/decide.h"

namespace engine::machine {

/// Decides that an instance goes on under a later version of its machine, which says from which
/// versions it takes over, who may order it, and what renamed states are called now. Values, tasks,
/// terms and documents stay as they are: nothing that happened is judged again. The act that orders
/// it is in the journal, one entry for each instance.
/// `next`: the facts of the instance with the definition it goes to; `from`: the one it comes from.
/// Payload: `atto`, a line of text.
/// Errors: forbidden, invalid_input (no act named), event_not_available (the version does not take
/// over from this one, or no longer knows the state, a running term or an open task).
base::Result<Plan> decide_migration(const DecideContext& next,
                                    const definition::WorkflowDefinition& from,
                                    const Command& command);

/// The passage to a newer version as an act that the actor may order now; absent when the version
/// does not take over from this one, the instance has ended, or his role may not order it. With
/// what stands in the way, as decide_migration would say it.
std::optional<AvailableEvent> offer_migration(const DecideContext& next,
                                              const definition::WorkflowDefinition& from,
                                              const Actor& actor);

}  // namespace engine::machine
