// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/lint_graph.h"

#include <fmt/format.h>

#include "engine/definition/reach.h"

namespace engine::definition {
namespace {

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
    const auto reachable = find_reachable(find_forward_edges(definition), {definition.initial});
    for (const auto& [name, state] : definition.states) {
        if (!reachable.contains(name)) {
            findings.error("unreachable_state", fmt::format("states/{}", name),
                           fmt::format("Allo stato «{}» non si arriva mai.", state.title));
        }
        lint_final(definition, name, state, findings);
    }
}

}  // namespace engine::definition
