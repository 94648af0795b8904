// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/runtime/cascade.h"
#include "engine/runtime/outcome.h"

namespace engine::runtime {

/// Decides one command and carries it out with all that follows.
/// Errors: those of Engine::execute; the caller rolls back when there is one.
base::Result<Outcome> execute_command(store::UnitOfWork& unit, const RuntimeParts& parts,
                                      const machine::Command& command);

/// What was answered to the same idempotency key before; absent when it is new.
/// Errors: invalid_input when the key came with another request.
base::Result<std::optional<Outcome>> find_earlier_outcome(store::UnitOfWork& unit,
                                                          const machine::Command& command);

/// Keeps the answer to the command's key, in the transaction of its effect; nothing without a key.
void save_outcome(store::UnitOfWork& unit, const machine::Command& command, const Outcome& outcome,
                  base::Instant now);

}  // namespace engine::runtime
