// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/definition/definition.h"

// Goes through a definition once, for whoever needs all of its branches, actions or conditions.

namespace engine::definition {

/// A branch with where it stands: `states/aperto/on/proroga`.
struct BranchPlace {
    std::string path;
    std::string state;  ///< empty for a shared one
    std::string event;  ///< empty for `after` and `automatic`
    const Branch* branch = nullptr;
    const TransitionDefinition* transition = nullptr;  ///< null for `after` and `automatic`
};

/// Every branch of every state and of the shared transitions, in file order.
std::vector<BranchPlace> find_branches(const WorkflowDefinition& definition);

/// Every action: of branches, of entering states, of deadlines that pass, of roles held by another,
/// of migrations.
void for_each_action(const WorkflowDefinition& definition,
                     const std::function<void(const std::string& path, const Action&)>& visit);

/// Every predicate of every guard, those of actions' `when` included.
void for_each_predicate(
    const WorkflowDefinition& definition,
    const std::function<void(const std::string& path, const Predicate&)>& visit);

/// Every named check it calls.
std::vector<CheckPassed> find_checks(const WorkflowDefinition& definition);

/// Every named computation it keeps the answer of.
std::vector<ComputeValue> find_computations(const WorkflowDefinition& definition);

}  // namespace engine::definition
