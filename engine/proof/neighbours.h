// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/proof/explore.h"

namespace engine::proof {

/// Edges by one of their ends.
class Neighbours {
  public:
    template <class End, class Keep>
    Neighbours(const Graph& graph, End end, Keep keep) : first_(graph.nodes.size() + 1, 0) {
        for (const Edge& edge : graph.edges) {
            first_[end(edge) + 1U] += keep(edge) ? 1U : 0U;
        }
        for (std::size_t node = 1; node < first_.size(); ++node) {
            first_[node] += first_[node - 1];
        }
        edges_.resize(first_.back());
        auto next = first_;
        for (std::uint32_t index = 0; index < graph.edges.size(); ++index) {
            if (keep(graph.edges[index])) {
                edges_[next[end(graph.edges[index])]++] = index;
            }
        }
    }
    /// Indices of the edges at the node.
    std::span<const std::uint32_t> of(std::uint32_t node) const {
        return std::span(edges_).subspan(first_[node], first_[node + 1U] - first_[node]);
    }

  private:
    std::vector<std::uint32_t> first_;
    std::vector<std::uint32_t> edges_;
};

/// A way out may count on the administration and on time.
inline bool is_way_out(const Edge& edge) {
    return edge.mover == Mover::office || edge.mover == Mover::time;
}

/// Nodes from which an end can be reached through the edges kept.
template <class Keep>
std::vector<bool> find_saved(const Graph& graph, const std::vector<bool>& is_end, Keep keep) {
    const Neighbours before(
        graph, [](const Edge& edge) { return edge.to; }, keep);
    std::vector<bool> is_saved = is_end;
    std::vector<std::uint32_t> queue;
    for (std::uint32_t node = 0; node < is_end.size(); ++node) {
        if (is_end[node]) {
            queue.push_back(node);
        }
    }
    while (!queue.empty()) {
        const std::uint32_t node = queue.back();
        queue.pop_back();
        for (const std::uint32_t edge : before.of(node)) {
            const std::uint32_t from = graph.edges[edge].from;
            if (!is_saved[from]) {
                is_saved[from] = true;
                queue.push_back(from);
            }
        }
    }
    return is_saved;
}

}  // namespace engine::proof
