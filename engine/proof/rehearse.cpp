// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/rehearse.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "engine/base/ensure.h"

namespace engine::proof {
namespace {

constexpr const char* kStopsHere =
    "Fin qui il copione si recita. Da qui una strada può ancora portare a una fine, e una porta "
    "dove da questo stato non si esce più: questa non si è potuta recitare.";

constexpr const char* kDoesNotPlay =
    "Questo copione non si recita: ciò che lo ferma, la prova non lo segue. Va corretto a mano.";

constexpr const char* kPlaysSoFar =
    "Fin qui il copione si recita. Il resto è come lo vede la prova, che non segue ciò che lo "
    "ferma: va corretto a mano.";

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

using Lines = std::vector<std::string>;

Lines split(const std::string& copione) {
    Lines lines;
    std::istringstream text(copione);
    for (std::string line; std::getline(text, line);) {
        lines.push_back(line);
    }
    return lines;
}

std::string join(const Lines& lines, std::size_t count) {
    std::string text;
    for (std::size_t at = 0; at < count; ++at) {
        text += lines[at] + "\n";
    }
    return text;
}

/// Who acts comes before a colon: `ruolo:persona`.
bool is_act(const std::string& line) {
    return line.substr(0, line.find(' ')).find(':') != std::string::npos;
}

/// Where a script may end: after its first act, and not within what another is given.
std::vector<std::size_t> find_cuts(const Lines& lines) {
    std::vector<std::size_t> cuts;
    bool is_inside = false;
    bool has_act = false;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        if (has_act && !is_inside) {
            cuts.push_back(at);
        }
        has_act |= is_act(lines[at]);
        is_inside = lines[at].starts_with("dati ") || (is_inside && lines[at] != "fine");
    }
    return cuts;
}

}  // namespace

Rehearsed rehearse(const CompiledScene& compiled, const Graph& graph,
                   const std::vector<std::uint32_t>& nodes, const definition::LintContext& context,
                   const ScriptText& text) {
    base::ensure(!nodes.empty(), "there is something to tell");
    const auto play = [&](std::uint32_t node, const ScriptText& told) -> Rehearsed {
        std::string copione = write_script(compiled, graph, node, context.catalog, told);
        const bool plays = copione.empty() || !context.plays || context.plays(copione);
        return {std::move(copione), plays, !plays};
    };
    Rehearsed nearest = play(nodes.front(), text);
    // 0, 1, 3, 7, …: the near ones differ little, and all of them would take too long.
    for (std::size_t at = 1; !nearest.plays && at < nodes.size(); at = at * 2 + 1) {
        if (Rehearsed one = play(nodes[at], text); one.plays) {
            return one;
        }
    }
    const std::uint32_t entrance = entrance_of(compiled, graph, nodes.front());
    if (!nearest.plays && text.may_stop_at_the_state && entrance != nodes.front()) {
        ScriptText shorter = text;
        shorter.remark = kStopsHere;
        if (Rehearsed one = play(entrance, shorter); one.plays) {
            one.plays = false;
            return one;
        }
    }
    return nearest;
}

std::string tell(const Rehearsed& rehearsed, const definition::LintContext& context) {
    if (!rehearsed.stops) {
        return rehearsed.copione;
    }
    const Lines lines = split(rehearsed.copione);
    const auto cuts = find_cuts(lines);
    // What stops a play stops it also with more lines after.
    const auto stops = std::partition_point(
        cuts.begin(), cuts.end(), [&](std::size_t cut) { return context.plays(join(lines, cut)); });
    if (stops == cuts.begin()) {
        return fmt::format("{}# {}\n", rehearsed.copione, kDoesNotPlay);
    }
    const std::size_t played = *std::prev(stops);
    std::string text = fmt::format("{}# {}\n", join(lines, played), kPlaysSoFar);
    for (std::size_t at = played; at < lines.size(); ++at) {
        text += fmt::format("{}{}\n", lines[at].starts_with('#') ? "" : "# ", lines[at]);
    }
    return text;
}

}  // namespace engine::proof
