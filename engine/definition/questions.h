// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/definition/definition.h"

namespace engine::definition {

/// Notes once what the definition's conditions and actions ask about (`asks_about_…`), so that
/// nothing else is read for a decision.
void note_questions(WorkflowDefinition& definition);

}  // namespace engine::definition
