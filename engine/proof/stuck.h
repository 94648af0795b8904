// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "engine/proof/explore.h"

namespace engine::proof {

/// Configurations among which the focus goes round without an end, or stands still.
struct Pit {
    /// Where the focus is in the state that is nearest to the opening: nearest first, those where a
    /// script has to leave something to others last.
    std::vector<std::uint32_t> nodes;
    /// Where the focus is in that state and no end can be reached any more, whatever relatives have
    /// still to do: nearest first. `nodes` are among them.
    std::vector<std::uint32_t> ways_in;
    std::set<std::size_t> states;   ///< of the focus, in the whole pit
    bool a_party_can_help = false;  ///< an end can be reached when a body acts

    std::uint32_t node() const { return nodes.front(); }
};

/// The final states of the focus, by their place in the file.
std::set<std::size_t> find_ends(const CompiledScene& compiled);

/// By node: whether the focus stands in one of the states.
std::vector<bool> find_nodes_in(const CompiledScene& compiled, const Graph& graph,
                                const std::set<std::size_t>& states);

/// The pits of a scene, from which none of the states `ends` is reached, nearest first; those with
/// a state of a nearer one are one with it. What hangs on bytes that are not followed counts as
/// a way out.
std::vector<Pit> find_pits(const CompiledScene& compiled, const Graph& graph,
                           const std::set<std::size_t>& ends);

/// Obligations (as bits) that start, and those that something can meet while they run.
struct Duties {
    std::uint64_t started = 0;
    std::uint64_t can_be_met = 0;
    std::vector<std::vector<std::uint32_t>> running;  ///< by bit: where it runs, nearest first
};
Duties find_duties(const CompiledScene& compiled, const Graph& graph);

}  // namespace engine::proof
