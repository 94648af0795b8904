// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <set>
#include <string>

#include "engine/definition/lint.h"
#include "engine/proof/climb.h"
#include "engine/proof/rehearse.h"

namespace engine::proof {

/// Where the focus stands in one of the states of its machine, which outlives the answer.
FindNodes nodes_in(const WorkflowDefinition& machine, std::set<std::string> states);

/// Where an obligation of the focus runs.
FindNodes nodes_where_runs(std::string obligation);

/// How one gets to such a node in one of the machine's scenes, as a `.copione` that plays where one
/// is found, under that title; empty when no scene has any. A machine that only others open, and
/// that is too large to look at with them, is brought there among their states.
Rehearsed way_to(const DefinitionPointer& definition, const definition::LintContext& context,
                 const FindNodes& find_nodes, const std::string& title);

}  // namespace engine::proof
