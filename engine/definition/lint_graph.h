// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/definition/lint_findings.h"

namespace engine::definition {

/// States that nothing reaches, states from which no end can be reached, end states that still
/// wait for something.
void lint_graph(const WorkflowDefinition& definition, Findings& findings);

}  // namespace engine::definition
