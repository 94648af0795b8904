// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/script.h"

#include <fmt/format.h>

#include <algorithm>

namespace engine::proof {

std::string write_script(const CompiledScene& compiled, const Graph& graph, std::uint32_t node,
                         const std::vector<std::string>& remarks) {
    std::vector<std::string> lines;
    for (; node != 0; node = graph.nodes[node].from) {
        const Move& move = graph.nodes[node].move;
        std::string line = fmt::format("# {} place {} ", static_cast<int>(move.what), move.place);
        if (move.what == Move::What::event || move.what == Move::What::others)
            line += compiled.model.machines[move.place].events[move.index].name;
        if (move.what == Move::What::term || move.what == Move::What::waiting)
            line += move.deadline;
        for (std::size_t p = 0; p < compiled.model.machines.size(); ++p)
            line += fmt::format(
                " [{}]", (int)read(graph.nodes[node].config, compiled.model.machines[p].state));
        lines.push_back(line);
    }
    std::reverse(lines.begin(), lines.end());
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    for (const auto& line : remarks) text += "# " + line + "\n";
    return text;
}

}  // namespace engine::proof
