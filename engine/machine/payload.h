// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/machine/decide.h"

namespace engine::machine {

/// Checks what arrives with an event: all the fields it takes, no field it does not name, each
/// valid against its schema. Errors: invalid_input, with every mistake and its pointer.
base::Result<void> check_payload(const definition::WorkflowDefinition& definition,
                                 const base::Fields& payload, const std::vector<std::string>& takes,
                                 const std::vector<std::string>& may_take);

/// Checks that the actor's role is among `by`, and that its scope covers this instance: the same
/// office, the same body, or everywhere. `act_it` names the act in the message.
/// Errors: forbidden.
base::Result<void> check_actor(const DecideContext& context, const Actor& actor,
                               const std::vector<std::string>& by, const std::string& act_it);

}  // namespace engine::machine
