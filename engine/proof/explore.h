// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <vector>

#include "engine/proof/moves.h"

namespace engine::proof {

/// Least bound of the states of a machine by itself: beyond, lint says that it is not proved.
inline constexpr std::size_t kMaxConfigsAlone = 45'000;

struct Node {
    Config config;
    std::uint32_t from = 0;  ///< the node before it on the shortest way
    std::uint32_t depth = 0;
    Move move;  ///< that leads here from there
    /// Moves on that way that a script cannot play (`Move::is_strange`).
    std::uint32_t strangers = 0;
};

/// How much longer a way is for each of those.
inline constexpr std::size_t kLongerForAStranger = 1000;

struct Edge {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    Mover mover = Mover::office;
    std::uint64_t started = 0;
    std::uint64_t met = 0;
    std::uint32_t hiding = 0;  ///< place in Graph::hiding
};

/// A circle, and the move that enters it, from which configuration.
struct FoundCircle {
    Circle circle;
    std::uint32_t node = 0;
    Move move;
};

/// Every configuration that can come about: nearest first, and what only relatives that nobody
/// follows lead to after all the rest.
struct Graph {
    std::vector<Node> nodes;  ///< the first is before anything is opened
    std::vector<Edge> edges;  ///< by `from`
    std::vector<bool> possible_ways;
    std::vector<bool> ways_possible_for_somebody;
    std::vector<FoundCircle> circles;
    std::vector<Hiding> hiding{{}};  ///< what edges hang on that is not followed; first, nothing
    bool is_complete = true;
};

/// At most that many, and one move more.
Graph explore(const CompiledScene& compiled, std::size_t max_configs);

/// A scene and its graph, in as much detail as can be explored.
struct Proof {
    CompiledScene compiled;
    Graph graph;
};

/// Beyond `max_configs` with less detail; the states of the machine by itself up to
/// kMaxConfigsAlone at least.
Proof explore_in_detail(const Catalog& catalog, const Scene& scene, std::size_t max_configs);

}  // namespace engine::proof
