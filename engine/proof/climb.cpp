// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/climb.h"

#include <algorithm>
#include <limits>
#include <queue>

#include "engine/proof/neighbours.h"

namespace engine::proof {
namespace {

using States = std::set<std::size_t>;

/// Relatives are taken in only when nothing else will do.
constexpr std::size_t kWeightOfKin = 1000;

/// Follows states, what others did, and these bytes.
void hide_all_but(const Hiding& followed, Model& model) {
    const auto& variables = model.layout.variables();
    model.is_hidden.assign(variables.size(), false);
    for (std::size_t at = 0; at < variables.size(); ++at) {
        const Kind kind = variables[at].kind;
        const bool is_frame = kind == Kind::state || kind == Kind::previous || kind == Kind::others;
        model.is_hidden[at] = !is_frame && !followed.contains(at);
    }
}

bool is_assured(const Edge& edge) {
    return is_way_out(edge) && edge.hiding == 0;
}

/// The way out that hangs on the fewest hidden things, from each node to one that is saved.
class NearestHelp {
  public:
    NearestHelp(const Graph& graph, const std::vector<bool>& is_saved)
        : graph_(graph), next_(graph.nodes.size(), kNone), cost_(graph.nodes.size(), kFar) {
        const Neighbours before(
            graph, [](const Edge& edge) { return edge.to; }, is_way_out);
        using Entry = std::pair<std::size_t, std::uint32_t>;
        std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
        for (std::uint32_t node = 0; node < is_saved.size(); ++node) {
            if (is_saved[node]) {
                cost_[node] = 0;
                queue.emplace(0, node);
            }
        }
        while (!queue.empty()) {
            const auto [cost, node] = queue.top();
            queue.pop();
            if (cost > cost_[node]) {
                continue;
            }
            for (const std::uint32_t index : before.of(node)) {
                const Edge& edge = graph.edges[index];
                // One more for each step: the shorter of two ways that hide as much.
                const std::size_t longer = cost + 1 + weigh(graph.hiding[edge.hiding]);
                if (longer < cost_[edge.from]) {
                    cost_[edge.from] = longer;
                    next_[edge.from] = index;
                    queue.emplace(longer, edge.from);
                }
            }
        }
    }

    /// All that the way out of `node` hangs on.
    Hiding find_hiding(std::uint32_t node) const {
        Hiding all;
        while (next_[node] != kNone) {
            const Edge& edge = graph_.edges[next_[node]];
            const Hiding& hiding = graph_.hiding[edge.hiding];
            all.insert(hiding.begin(), hiding.end());
            node = edge.to;
        }
        return all;
    }

  private:
    static constexpr std::uint32_t kNone = ~0U;
    static constexpr std::size_t kFar = std::numeric_limits<std::size_t>::max();

    static std::size_t weigh(const Hiding& hiding) {
        return 100 * (hiding.size() + (hiding.contains(kNowhere) ? kWeightOfKin : 0));
    }

    const Graph& graph_;
    std::vector<std::uint32_t> next_;
    std::vector<std::size_t> cost_;
};

/// One scene, looked at again and again with more and more of it followed.
class Stair {
  public:
    Stair(CompiledScene compiled, States safe, States pending, std::size_t max_configs)
        : compiled_(std::make_shared<CompiledScene>(std::move(compiled))),
          safe_(std::move(safe)),
          pending_(std::move(pending)),
          max_configs_(max_configs) {}

    void run() {
        while (!pending_.empty()) {
            const Graph graph = look();
            if (graph.is_complete) {
                if (!take_pit(graph)) {
                    take_proved(graph);
                }
            } else if (has_progressed_) {
                // Again from nothing: what has been proved since is now an end.
                followed_.clear();
                has_progressed_ = false;
            } else {
                return;
            }
        }
    }

    const States& safe() const { return safe_; }
    /// Those of which nothing could be shown: too many cases.
    const States& pending() const { return pending_; }
    /// Those that hang on relatives that the scene leaves out.
    const States& for_kin() const { return for_kin_; }
    std::vector<FoundPit>& pits() { return pits_; }

  private:
    Graph look() {
        hide_all_but(followed_, compiled_->model);
        return explore(*compiled_, max_configs_);
    }

    void set_aside(const States& states) {
        for (const std::size_t state : states) {
            if (pending_.erase(state) != 0) {
                for_kin_.insert(state);
            }
        }
    }

    /// Follows what has been hidden, or sets the states aside for a scene with relatives: also
    /// those that lead only to others set aside, where nothing is hidden on the way.
    void lift(const Hiding& hiding, const States& states) {
        if (hiding.empty() || hiding.contains(kNowhere)) {
            set_aside(states);
        } else {
            followed_.insert(hiding.begin(), hiding.end());
        }
    }

    /// Whether there is one from which nothing that is hidden could help.
    bool take_pit(const Graph& graph) {
        States ends = safe_;
        ends.insert(for_kin_.begin(), for_kin_.end());
        for (const Pit& pit : find_pits(*compiled_, graph, ends)) {
            Hiding hiding;
            for (std::uint32_t node = pit.node(); node != 0; node = graph.nodes[node].from) {
                const Hiding& one = graph.nodes[node].move.hiding;
                hiding.insert(one.begin(), one.end());
            }
            if (!hiding.empty()) {
                lift(hiding, pit.states);
            } else {
                pits_.push_back({compiled_, graph, pit});
                // Something may be hidden on the way to others.
                pits_.back().pit.ways_in = pit.nodes;
                // Told once: those that lead there are not to blame.
                for (const std::size_t state : pit.states) {
                    pending_.erase(state);
                    safe_.insert(state);
                }
            }
            return true;
        }
        return false;
    }

    void take_proved(const Graph& graph) {
        const auto is_saved =
            find_saved(graph, find_nodes_in(*compiled_, graph, safe_), is_assured);
        const std::size_t at = compiled_->model.machines[compiled_->scene.focus].state;
        States lost;
        std::uint32_t first = 0;
        for (std::uint32_t node = 1; node < graph.nodes.size(); ++node) {
            const std::size_t state = read(graph.nodes[node].config, at) - 1U;
            if (!is_saved[node] && pending_.contains(state)) {
                first = lost.empty() ? node : first;
                lost.insert(state);
            }
        }
        const std::size_t before = pending_.size();
        for (const std::size_t state : States(pending_)) {
            if (!lost.contains(state)) {
                pending_.erase(state);
                safe_.insert(state);
            }
        }
        has_progressed_ |= pending_.size() != before;
        if (first != 0) {
            const std::size_t state = read(graph.nodes[first].config, at) - 1U;
            lift(NearestHelp(graph, is_saved).find_hiding(first), {state});
        }
    }

    const std::shared_ptr<CompiledScene> compiled_;
    States safe_;
    States pending_;
    States for_kin_;
    const std::size_t max_configs_;
    Hiding followed_;
    std::vector<FoundPit> pits_;
    bool has_progressed_ = false;
};

}  // namespace

Proof explore_toward(const Catalog& catalog, const Scene& scene, std::size_t max_configs,
                     const FindNodes& find_nodes) {
    Proof proof;
    proof.compiled = compile(catalog, scene, Detail::kin);
    Hiding before;
    for (Hiding followed;;) {
        CompiledScene& compiled = proof.compiled;
        hide_all_but(followed, compiled.model);
        Graph graph = explore(compiled, max_configs);
        const auto there = find_nodes(compiled, graph);
        if (there.empty()) {
            // Too much to follow, or nowhere: what was found before is as near as it comes.
            hide_all_but(before, compiled.model);
            break;
        }
        before = followed;
        for (std::uint32_t node = there.front(); node != 0; node = graph.nodes[node].from) {
            const Hiding& one = graph.nodes[node].move.hiding;
            followed.insert(one.begin(), one.end());
        }
        followed.erase(kNowhere);
        proof.graph = std::move(graph);
        if (followed == before) {
            break;
        }
    }
    return proof;
}

Ascent climb(const Catalog& catalog, const DefinitionPointer& definition, std::size_t max_configs) {
    Ascent ascent;
    Scene alone;
    alone.places.push_back(Place{definition, ""});
    alone.is_alone = true;
    CompiledScene compiled = compile(catalog, alone, Detail::all);
    const States ends = find_ends(compiled);
    States pending;
    for (std::size_t state = 0; state < definition->states.size(); ++state) {
        if (!ends.contains(state)) {
            pending.insert(state);
        }
    }
    Stair first(std::move(compiled), ends, pending, max_configs);
    first.run();
    ascent.pits = std::move(first.pits());
    pending = first.for_kin();
    pending.insert(first.pending().begin(), first.pending().end());
    for (const Scene& scene : find_scenes(catalog, definition)) {
        Stair stair(compile(catalog, scene, Detail::all), first.safe(), pending, max_configs);
        stair.run();
        std::move(stair.pits().begin(), stair.pits().end(), std::back_inserter(ascent.pits));
        ascent.unproved.insert(stair.pending().begin(), stair.pending().end());
        ascent.unproved.insert(stair.for_kin().begin(), stair.for_kin().end());
    }
    return ascent;
}

}  // namespace engine::proof
