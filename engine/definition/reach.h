// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <set>
#include <string>

#include "engine/definition/definition.h"

// Which states follow which, by the branches alone: conditions are not looked at.

namespace engine::definition {

/// To each state those that a branch leads to.
using StateEdges = std::map<std::string, std::set<std::string>>;

/// Those named. "@previous" leads nowhere new: only back.
StateEdges find_forward_edges(const WorkflowDefinition& definition);
/// The same, with "@previous" back to every state that leads there.
StateEdges find_state_edges(const WorkflowDefinition& definition);

/// Those states and all that may come after them.
std::set<std::string> find_reachable(const StateEdges& edges, std::set<std::string> from);

}  // namespace engine::definition
