// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/reach.h"

#include <vector>

#include "engine/definition/walk.h"

namespace engine::definition {

StateEdges find_state_edges(const WorkflowDefinition& definition) {
    StateEdges edges;
    std::set<std::string> returning;
    const auto add = [&](const std::string& from, const Branch& branch) {
        if (branch.target == "@previous") {
            returning.insert(from);
        } else if (!branch.target.empty()) {
            edges[from].insert(branch.target);
        }
    };
    for (const BranchPlace& place : find_branches(definition)) {
        if (!place.state.empty()) {
            add(place.state, *place.branch);
            continue;
        }
        for (const auto& [name, state] : definition.states) {
            const bool is_here =
                place.transition == nullptr
                    ? !state.is_final
                    : definition.find_transition(name, place.event) == place.transition;
            if (is_here) {
                add(name, *place.branch);
            }
        }
    }
    for (const std::string& state : returning) {
        for (const auto& [from, targets] : StateEdges(edges)) {
            if (targets.contains(state)) {
                edges[state].insert(from);
            }
        }
    }
    return edges;
}

std::set<std::string> find_reachable(const StateEdges& edges, std::set<std::string> reached) {
    std::vector<std::string> queue(reached.begin(), reached.end());
    while (!queue.empty()) {
        const std::string state = queue.back();
        queue.pop_back();
        const auto found = edges.find(state);
        if (found == edges.end()) {
            continue;
        }
        for (const std::string& next : found->second) {
            if (reached.insert(next).second) {
                queue.push_back(next);
            }
        }
    }
    return reached;
}

}  // namespace engine::definition
