// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/rehearse.h"

#include "engine/base/ensure.h"

namespace engine::proof {

Rehearsed rehearse(const CompiledScene& compiled, const Graph& graph,
                   const std::vector<std::uint32_t>& nodes, const definition::LintContext& context,
                   const ScriptText& text) {
    base::ensure(!nodes.empty(), "there is something to tell");
    Rehearsed nearest;
    // 0, 1, 3, 7, …: the near ones differ little, and all of them would take too long.
    for (std::size_t at = 0; at < nodes.size(); at = at * 2 + 1) {
        std::string copione = write_script(compiled, graph, nodes[at], context.catalog, text);
        const bool plays = copione.empty() || !context.plays || context.plays(copione);
        if (plays || at == 0) {
            nearest = {std::move(copione), plays};
        }
        if (plays) {
            break;
        }
    }
    return nearest;
}

}  // namespace engine::proof
