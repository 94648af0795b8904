// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/definition/lint_findings.h"

namespace engine::definition {

/// States that nothing reaches, end states that still wait for something. That every state can
/// reach an end is proved elsewhere (engine/proof).
void lint_graph(const WorkflowDefinition& definition, Findings& findings);

}  // namespace engine::definition
