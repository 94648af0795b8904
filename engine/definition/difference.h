// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "engine/definition/definition.h"

namespace engine::definition {

/// What a version of a machine changes of another one, for who must order the passage: one Italian
/// line for each state, act, term, task, document, message, role and value that is new, gone or
/// different, and which part of it is ("le condizioni", "quando scade"). States that the newer
/// version calls otherwise count as renamed. Empty when nothing that has effect is different.
std::vector<std::string> describe_differences(const WorkflowDefinition& from,
                                              const WorkflowDefinition& to);

}  // namespace engine::definition
