// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/act_by_act.h"

#include <algorithm>

#include "engine/definition/walk.h"

namespace engine::proof {
namespace {

/// The branches of each act together: a later one is taken when those before it are not.
std::vector<std::vector<const Branch*>> find_acts(const WorkflowDefinition& machine) {
    std::vector<std::vector<const Branch*>> acts;
    std::string last;
    for (const BranchPlace& place : find_branches(machine)) {
        if (place.transition != nullptr && place.transition->by.empty()) {
            continue;  // a signal: what others do decides
        }
        const std::string path = place.path.substr(0, place.path.find("/branches/"));
        if (acts.empty() || path != last) {
            acts.emplace_back();
            last = path;
        }
        acts.back().push_back(place.branch);
    }
    std::erase_if(acts, [](const auto& branches) {
        return std::none_of(branches.begin(), branches.end(),
                            [](const Branch* branch) { return branch->guard.has_value(); });
    });
    return acts;
}

}  // namespace

std::vector<const Branch*> explore_act_by_act(
    const Catalog& catalog, const DefinitionPointer& definition,
    const std::function<void(const CompiledScene&, const Graph&)>& take) {
    std::vector<const Branch*> left;
    for (const auto& asked : find_acts(*definition)) {
        Scene alone;
        alone.places.push_back(Place{definition, ""});
        alone.is_alone = true;
        alone.asked = asked;
        const CompiledScene compiled = compile(catalog, std::move(alone), Detail::own);
        const Graph graph = explore(compiled, kMaxConfigsOfAct);
        if (graph.is_complete) {
            take(compiled, graph);
        } else {
            left.insert(left.end(), asked.begin(), asked.end());
        }
    }
    return left;
}

}  // namespace engine::proof
