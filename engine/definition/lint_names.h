// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/definition/lint_findings.h"
#include "engine/definition/walk.h"

namespace engine::definition {

/// Names that nothing defines (also in parents, children and the program), and things that are
/// defined and never used.
void lint_names(const WorkflowDefinition& definition, const LintContext& context,
                Findings& findings);

}  // namespace engine::definition
