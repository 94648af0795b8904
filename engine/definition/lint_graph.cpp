// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/lint_graph.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "engine/definition/walk.h"

namespace engine::definition {
namespace {

using Edges = std::map<std::string, std::set<std::string>>;

/// Where each state can go. "@previous" leads back to every state that leads here.
Edges find_edges(const WorkflowDefinition& definition) {
    Edges edges;
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
        for (const auto& [from, targets] : Edges(edges)) {
            if (targets.contains(state)) {
                edges[state].insert(from);
            }
        }
    }
    return edges;
}

std::set<std::string> reach(const Edges& edges, std::set<std::string> reached) {
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

void lint_final(const WorkflowDefinition& definition, const std::string& name,
                const StateDefinition& state, Findings& findings) {
    if (state.is_final &&
        (!definition.events_of(name).empty() || !state.after.empty() || !state.automatic.empty())) {
        findings.error("final_state_waits", fmt::format("states/{}", name),
                       fmt::format("Lo stato finale «{}» aspetta ancora qualcosa.", state.title));
    }
}

}  // namespace

void lint_graph(const WorkflowDefinition& definition, Findings& findings) {
    const Edges edges = find_edges(definition);
    const auto reachable = reach(edges, {definition.initial});
    for (const auto& [name, state] : definition.states) {
        if (!reachable.contains(name)) {
            findings.error("unreachable_state", fmt::format("states/{}", name),
                           fmt::format("Allo stato «{}» non si arriva mai.", state.title));
        }
        lint_final(definition, name, state, findings);
    }
}

}  // namespace engine::definition
