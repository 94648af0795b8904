// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/terms_over.h"

#include "engine/proof/guards.h"

namespace engine::proof {

TermsOver find_terms_over(const CompiledScene& compiled, const Graph& graph) {
    TermsOver over;
    const auto& variables = compiled.model.layout.variables();
    const auto& states = compiled.scene.machine().states;
    const std::size_t at = compiled.model.machines[compiled.scene.focus].state;
    for (const Node& node : graph.nodes) {
        const unsigned char state = read(node.config, at);
        for (std::size_t index = 0; state != 0 && index < variables.size(); ++index) {
            if (variables[index].kind == Kind::deadline && read(node.config, index) == passed) {
                over.emplace((states.begin() + (state - 1))->first, variables[index].name);
            }
        }
    }
    return over;
}

bool may_be_registered_late(const WorkflowDefinition& machine, const BranchPlace& place,
                            const std::set<std::string>& states, const TermsOver& over) {
    bool may_be = false;
    const auto look = [&](const Predicate& predicate, bool is_negated) {
        const auto* open = std::get_if<DeadlineOpen>(&predicate);
        for (const std::string& state : states) {
            may_be |= open != nullptr && !is_negated && over.contains({state, open->deadline.name});
        }
    };
    if (place.branch->guard) {
        for_each_literal(*place.branch->guard, false, look);
    }
    return may_be && place.transition != nullptr && has_office_role(machine, place.transition->by);
}

}  // namespace engine::proof
