// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <set>
#include <string>
#include <utility>

#include "engine/definition/walk.h"
#include "engine/proof/compile.h"
#include "engine/proof/explore.h"

namespace engine::proof {

/// A state of the focus, and a deadline that may be over while it is in that state.
using TermsOver = std::set<std::pair<std::string, std::string>>;

TermsOver find_terms_over(const CompiledScene& compiled, const Graph& graph);

/// Whether an office may enter in one of the states, when the term is over, an act that arrived
/// before its end: the engine judges it by when it arrived.
bool may_be_registered_late(const WorkflowDefinition& machine, const BranchPlace& place,
                            const std::set<std::string>& states, const TermsOver& over);

}  // namespace engine::proof
