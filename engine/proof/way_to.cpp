// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/way_to.h"

#include <algorithm>
#include <utility>

#include "engine/proof/shown_ways.h"
#include "engine/proof/stuck.h"

namespace engine::proof {

FindNodes nodes_in(const WorkflowDefinition& machine, std::set<std::string> states) {
    return
        [&machine, states = std::move(states)](const CompiledScene& compiled, const Graph& graph) {
            const std::size_t at = compiled.model.machines[compiled.scene.focus].state;
            std::vector<std::uint32_t> there;
            for (std::uint32_t node = 1; node < graph.nodes.size(); ++node) {
                const unsigned char state = read(graph.nodes[node].config, at);
                if (state != 0 && states.contains(name_of_state(machine, state - 1U))) {
                    there.push_back(node);
                }
            }
            return there;
        };
}

FindNodes nodes_where_runs(std::string obligation) {
    return [obligation = std::move(obligation)](const CompiledScene& compiled, const Graph& graph) {
        const auto& names = compiled.model.obligations;
        const auto found = std::find(names.begin(), names.end(), obligation);
        const auto bit = static_cast<std::size_t>(found - names.begin());
        return found == names.end() ? std::vector<std::uint32_t>{}
                                    : find_duties(compiled, graph).running[bit];
    };
}

Rehearsed way_to(const DefinitionPointer& definition, const definition::LintContext& context,
                 const FindNodes& find_nodes, const std::string& title) {
    Rehearsed best;
    bool is_alone_told = false;
    for (const bool is_closer : {false, true}) {
        for (const Scene& scene : find_scenes(context.catalog, definition)) {
            const auto [compiled, graph] =
                is_closer ? explore_toward(context.catalog, scene, context.max_cases, find_nodes)
                          : explore_in_detail(context.catalog, scene, context.max_cases);
            const bool is_known = compiled.scene.is_alone && is_alone_told;
            is_alone_told |= compiled.scene.is_alone;
            if (is_known) {
                continue;
            }
            const auto there = find_nodes(compiled, graph);
            if (!there.empty()) {
                auto found = rehearse(compiled, graph, there, context, {title, ""});
                if (best.copione.empty() || found.plays) {
                    best = std::move(found);
                }
            }
            if (best.plays && !best.copione.empty()) {
                return best;
            }
            if (!is_closer && is_alone_told) {
                break;  // too large to look at whole, and by itself the same in every scene
            }
        }
    }
    return best;
}

}  // namespace engine::proof
