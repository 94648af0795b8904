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

/// Longest reference of an act and longest reason that an event of the engine takes, in bytes: a
/// line each. They stay in the journal for ever, so they hold no personal data.
inline constexpr std::size_t kMaxLineBytes = 300;

/// A line of text that must come with the event. Errors: invalid_input with `message`, when it is
/// missing, blank or too long.
base::Result<std::string> read_line(const base::Fields& payload, const std::string& field,
                                    const std::string& message);

}  // namespace engine::machine
