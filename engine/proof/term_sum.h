// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "engine/definition/lint.h"

namespace engine::proof {

/// Warns where the least times that come before an obligation (`preceded_by`) end after it, for
/// each initiative whose parameters tell both days: the sum is told day by day. Code
/// `terms_do_not_fit`. Days that nobody knows yet say nothing.
std::vector<definition::LintFinding> check_term_sums(const definition::WorkflowDefinition& machine,
                                                     const definition::Catalog& catalog);

}  // namespace engine::proof
