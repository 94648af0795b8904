// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/reach.h"

#include <vector>

#include "engine/definition/walk.h"

namespace engine::definition {

namespace {

template <class Visit>
void for_each_edge(const WorkflowDefinition& definition, Visit visit) {
    for (const BranchPlace& place : find_branches(definition)) {
        if (!place.state.empty()) {
            visit(place.state, place.branch->target);
            continue;
        }
        for (const auto& [name, state] : definition.states) {
            const bool is_here =
                place.transition == nullptr
                    ? !state.is_final
                    : definition.find_transition(name, place.event) == place.transition;
            if (is_here) {
                visit(name, place.branch->target);
            }
        }
    }
}

}  // namespace

StateEdges find_forward_edges(const WorkflowDefinition& definition) {
    StateEdges edges;
    for_each_edge(definition, [&](const std::string& from, const std::string& target) {
        if (!target.empty() && target != "@previous") {
            edges[from].insert(target);
        }
    });
    return edges;
}

StateEdges find_state_edges(const WorkflowDefinition& definition) {
    const StateEdges forward = find_forward_edges(definition);
    StateEdges edges = forward;
    for_each_edge(definition, [&](const std::string& state, const std::string& target) {
        for (const auto& [from, targets] : forward) {
            if (target == "@previous" && targets.contains(state)) {
                edges[state].insert(from);
            }
        }
    });
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
