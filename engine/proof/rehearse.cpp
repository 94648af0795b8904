// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/rehearse.h"

#include "engine/base/ensure.h"

namespace engine::proof {
namespace {

constexpr const char* kStopsHere =
    "Fin qui il copione si recita. Da qui una strada può ancora portare a una fine, e una porta "
    "dove "
    "da questo stato non si esce più: questa non si è potuta recitare.";

constexpr const char* kDoesNotPlay =
    "Questo copione non si recita fino in fondo: ciò che lo ferma, la prova non lo segue. Va "
    "corretto "
    "a mano.";

/// Where the focus came into the state that it has at the node, and has not left since.
std::uint32_t entrance_of(const CompiledScene& compiled, const Graph& graph, std::uint32_t node) {
    const std::size_t state = compiled.model.machines[compiled.scene.focus].state;
    const auto here = read(graph.nodes[node].config, state);
    std::uint32_t at = node;
    while (at != 0 && read(graph.nodes[graph.nodes[at].from].config, state) == here) {
        at = graph.nodes[at].from;
    }
    return at;
}

}  // namespace

Rehearsed rehearse(const CompiledScene& compiled, const Graph& graph,
                   const std::vector<std::uint32_t>& nodes, const definition::LintContext& context,
                   const ScriptText& text) {
    base::ensure(!nodes.empty(), "there is something to tell");
    const auto play = [&](std::uint32_t node, const ScriptText& told) -> Rehearsed {
        std::string copione = write_script(compiled, graph, node, context.catalog, told);
        const bool plays = copione.empty() || !context.plays || context.plays(copione);
        return {std::move(copione), plays};
    };
    // 0, 1, 3, 7, …: the near ones differ little, and all of them would take too long.
    for (std::size_t at = 0; at < nodes.size(); at = at * 2 + 1) {
        if (Rehearsed one = play(nodes[at], text); one.plays) {
            return one;
        }
    }
    const std::uint32_t entrance = entrance_of(compiled, graph, nodes.front());
    if (text.may_stop_at_the_state && entrance != nodes.front()) {
        ScriptText shorter = text;
        shorter.remark = kStopsHere;
        if (Rehearsed one = play(entrance, shorter); one.plays) {
            return {std::move(one.copione), false};
        }
    }
    ScriptText as_it_is = text;
    as_it_is.remark = kDoesNotPlay;
    return {write_script(compiled, graph, nodes.front(), context.catalog, as_it_is), false};
}

}  // namespace engine::proof
