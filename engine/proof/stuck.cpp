// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/stuck.h"

#include <algorithm>

#include "engine/proof/neighbours.h"

namespace engine::proof {
namespace {

/// Strongly connected parts of the nodes that are lost (Tarjan's algorithm, without recursion).
class Parts {
  public:
    Parts(const Graph& graph, const std::vector<bool>& is_lost)
        : graph_(graph),
          is_lost_(is_lost),
          after_(
              graph, [](const Edge& edge) { return edge.from; }, is_way_out),
          index_(graph.nodes.size(), 0),
          low_(graph.nodes.size(), 0),
          part_(graph.nodes.size(), kNone) {
        for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
            if (is_lost[node] && index_[node] == 0) {
                visit(node);
            }
        }
    }

    /// The parts that no way out leaves, each with its nodes.
    std::vector<std::vector<std::uint32_t>> bottoms() const {
        std::vector<bool> is_left(count_, false);
        for (const Edge& edge : graph_.edges) {
            if (is_lost_[edge.from] && is_way_out(edge) && part_[edge.to] != part_[edge.from]) {
                is_left[part_[edge.from]] = true;
            }
        }
        std::vector<std::vector<std::uint32_t>> nodes(count_);
        for (std::uint32_t node = 0; node < part_.size(); ++node) {
            if (part_[node] != kNone && !is_left[part_[node]]) {
                nodes[part_[node]].push_back(node);
            }
        }
        std::erase_if(nodes, [](const auto& one) { return one.empty(); });
        return nodes;
    }

  private:
    static constexpr std::uint32_t kNone = ~0U;
    struct Frame {
        std::uint32_t node = 0;
        std::size_t next = 0;
    };

    void open(std::uint32_t node) {
        index_[node] = low_[node] = ++last_;
        stack_.push_back(node);
        frames_.push_back({node, 0});
    }

    void close(std::uint32_t node) {
        if (low_[node] == index_[node]) {
            std::uint32_t member = kNone;
            while (member != node) {
                member = stack_.back();
                stack_.pop_back();
                part_[member] = count_;
            }
            ++count_;
        }
    }

    void visit(std::uint32_t first) {
        open(first);
        while (!frames_.empty()) {
            Frame& frame = frames_.back();
            const std::uint32_t node = frame.node;
            const auto edges = after_.of(node);
            if (frame.next < edges.size()) {
                const std::uint32_t to = graph_.edges[edges[frame.next++]].to;
                if (is_lost_[to] && index_[to] == 0) {
                    open(to);
                } else if (is_lost_[to] && part_[to] == kNone) {
                    low_[node] = std::min(low_[node], index_[to]);
                }
                continue;
            }
            frames_.pop_back();
            close(node);
            if (!frames_.empty()) {
                auto& below = low_[frames_.back().node];
                below = std::min(below, low_[node]);
            }
        }
    }

    const Graph& graph_;
    const std::vector<bool>& is_lost_;
    Neighbours after_;
    std::vector<std::uint32_t> index_;
    std::vector<std::uint32_t> low_;
    std::vector<std::uint32_t> part_;
    std::vector<std::uint32_t> stack_;
    std::vector<Frame> frames_;
    std::uint32_t last_ = 0;
    std::uint32_t count_ = 0;
};

}  // namespace

std::vector<Pit> find_pits(const CompiledScene& compiled, const Graph& graph,
                           const std::set<std::size_t>& ends) {
    const MachineModel& focus = compiled.model.machines[compiled.scene.focus];
    const auto state_of = [&](std::uint32_t node) {
        return read(graph.nodes[node].config, focus.state);
    };
    const std::vector<bool> is_end = find_nodes_in(compiled, graph, ends);
    const auto is_saved = find_saved(graph, is_end, is_way_out);
    const auto is_helped =
        find_saved(graph, is_end, [](const Edge& edge) { return edge.mover != Mover::others; });
    std::vector<bool> is_lost(graph.nodes.size(), false);
    for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
        is_lost[node] = state_of(node) != 0 && !is_saved[node];
    }
    const auto is_nearer = [&](std::uint32_t left, std::uint32_t right) {
        return std::pair(graph.nodes[left].strangers, left) <
               std::pair(graph.nodes[right].strangers, right);
    };
    std::vector<Pit> pits;
    for (auto& nodes : Parts(graph, is_lost).bottoms()) {
        Pit pit;
        for (const std::uint32_t node : nodes) {
            pit.states.insert(state_of(node) - 1U);
        }
        pit.nodes = std::move(nodes);
        std::sort(pit.nodes.begin(), pit.nodes.end(), is_nearer);
        pit.a_party_can_help = is_helped[pit.node()];
        pits.push_back(std::move(pit));
    }
    std::sort(pits.begin(), pits.end(), [&](const Pit& left, const Pit& right) {
        return is_nearer(left.node(), right.node());
    });
    std::vector<Pit> first;
    for (Pit& pit : pits) {
        const auto known = std::find_if(first.begin(), first.end(), [&](const Pit& other) {
            return std::any_of(pit.states.begin(), pit.states.end(),
                               [&](std::size_t state) { return other.states.contains(state); });
        });
        if (known == first.end()) {
            first.push_back(std::move(pit));
        } else {
            known->nodes.insert(known->nodes.end(), pit.nodes.begin(), pit.nodes.end());
        }
    }
    for (Pit& pit : first) {
        std::sort(pit.nodes.begin(), pit.nodes.end(), is_nearer);
        const unsigned char here = state_of(pit.node());
        std::erase_if(pit.nodes, [&](std::uint32_t node) { return state_of(node) != here; });
        for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
            if (is_lost[node] && state_of(node) == here) {
                pit.ways_in.push_back(node);
            }
        }
        std::sort(pit.ways_in.begin(), pit.ways_in.end(), is_nearer);
    }
    return first;
}

std::vector<bool> find_nodes_in(const CompiledScene& compiled, const Graph& graph,
                                const std::set<std::size_t>& states) {
    const std::size_t at = compiled.model.machines[compiled.scene.focus].state;
    std::vector<bool> is_in(graph.nodes.size(), false);
    for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
        const unsigned char state = read(graph.nodes[node].config, at);
        is_in[node] = state != 0 && states.contains(state - 1U);
    }
    return is_in;
}

std::set<std::size_t> find_ends(const CompiledScene& compiled) {
    const auto& states = compiled.model.machines[compiled.scene.focus].states;
    std::set<std::size_t> ends;
    for (std::size_t state = 0; state < states.size(); ++state) {
        if (states[state].is_final) {
            ends.insert(state);
        }
    }
    return ends;
}

Duties find_duties(const CompiledScene& compiled, const Graph& graph) {
    Duties duties;
    duties.running.resize(compiled.model.obligations.size());
    std::vector<std::uint64_t> running_in(graph.nodes.size(), 0);
    for (bool changes = true; changes;) {
        changes = false;
        for (const Edge& edge : graph.edges) {
            const std::uint64_t before = running_in[edge.from];
            const std::uint64_t after = (before & ~edge.met) | edge.started;
            changes |= (running_in[edge.to] | after) != running_in[edge.to];
            running_in[edge.to] |= after;
            duties.can_be_met |= before & edge.met;
        }
    }
    for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
        duties.started |= running_in[node];
        for (std::size_t bit = 0; bit < duties.running.size(); ++bit) {
            if ((running_in[node] >> bit & 1U) != 0) {
                duties.running[bit].push_back(node);
            }
        }
    }
    return duties;
}

}  // namespace engine::proof
