// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/explore.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace engine::proof {
namespace {

/// Where a move leads from a node.
struct Found {
    std::uint32_t from = 0;
    Config config;
    Move move;
    std::uint64_t started = 0;
    std::uint64_t met = 0;
};

class Explorer {
  public:
    Explorer(const CompiledScene& compiled, std::size_t max_configs)
        : compiled_(compiled),
          max_configs_(max_configs),
          model_(compiled.model),
          performer_(compiled) {}

    Graph run() {
        graph_.nodes.push_back({model_.make_blank(), 0, 0, {}, 0});
        bool has_overflowed = false;
        const Takers takers{[&](const Move& move, const Course& course) { add(move, course); },
                            [&](const Move& move) { note_circles(move); }};
        for_each_opening(compiled_, performer_, takers, has_overflowed);
        for (here_ = 1; has_more(); ++here_) {
            has_overflowed |= performer_.has_overflowed();
            if (graph_.nodes.size() > max_configs_ || has_overflowed) {
                has_overflowed = true;
                break;  // and what strangers would lead to is not looked at
            }
            // The vector grows meanwhile: the configuration is copied.
            const Config config = graph_.nodes[here_].config;
            if (!is_over(config)) {
                for_each_move(compiled_, performer_, config, takers, has_overflowed);
            }
        }
        std::stable_sort(
            graph_.edges.begin(), graph_.edges.end(),
            [](const Edge& left, const Edge& right) { return left.from < right.from; });
        graph_.is_complete = !has_overflowed && !performer_.has_overflowed();
        graph_.possible_ways = performer_.possible_ways();
        graph_.ways_possible_for_somebody = performer_.ways_possible_for_somebody();
        return std::move(graph_);
    }

  private:
    const StateModel* state_at(const Config& config, std::size_t place) const {
        const unsigned char state = read(config, model_.machines[place].state);
        return state == 0 ? nullptr : &model_.machines[place].states[state - 1U];
    }

    /// Nothing more can be asked once the focus has ended, unless another may be opened.
    bool is_over(const Config& config) const {
        const StateModel* focus = state_at(config, 0);
        return compiled_.scene.focus == 0 && focus != nullptr && focus->is_final;
    }

    /// Configurations that differ in what nothing will read again are one.
    void forget(Config& config) const {
        const std::size_t focus = compiled_.scene.focus;
        for (std::size_t place = 0; place < model_.machines.size(); ++place) {
            const StateModel* state = state_at(config, place);
            if (state != nullptr && !state->uses_previous) {
                write(config, model_.machines[place].previous, 0);
            }
        }
        const StateModel* state = state_at(config, focus);
        if (state == nullptr) {
            return;
        }
        for (const std::size_t at : state->dead) {
            write(config, at, 0);
        }
        if (!state->is_final) {
            return;
        }
        const auto& variables = model_.layout.variables();
        for (std::size_t at = 0; at < variables.size(); ++at) {
            const bool is_frame = at == model_.machines[focus].state ||
                                  (focus > 0 && at == model_.machines[focus].others);
            const bool is_here =
                variables[at].place >= focus && variables[at].kind != Kind::initiative && !is_frame;
            if (is_here || (focus == 0 && !is_frame)) {
                write(config, at, 0);
            }
        }
    }

    /// Another instance in the place of one that is followed is no way out: the old one is still
    /// there, only nobody looks at it.
    bool replaces_one(std::uint32_t from, const Move& move) const {
        return std::any_of(move.opened.begin(), move.opened.end(), [&](std::size_t place) {
            return state_at(graph_.nodes[from].config, place) != nullptr;
        });
    }

    /// Where relatives that nobody follows would lead, and what nobody can bring together, is
    /// looked at last: the way told is one that a script can play, wherever there is one.
    bool has_more() {
        if (here_ == graph_.nodes.size()) {
            add_waiting();
        }
        return here_ < graph_.nodes.size();
    }

    void add_waiting() {
        const auto waiting = std::move(waiting_);
        waiting_.clear();
        for (const Found& found : waiting) {
            add_from(found);
        }
    }

    void add(const Move& move, const Course& course) {
        Found found{here_, course.config, move, course.started, course.met};
        forget(found.config);
        const bool waits = move.is_strange() && !known_.contains(found.config);
        if (waits) {
            waiting_.push_back(std::move(found));
        } else {
            add_from(found);
        }
    }

    void add_from(const Found& found) {
        const Move& move = found.move;
        const auto next = static_cast<std::uint32_t>(graph_.nodes.size());
        const auto [entry, is_new] = known_.try_emplace(found.config, next);
        if (is_new) {
            const Node& before = graph_.nodes[found.from];
            const std::uint32_t strange = move.is_strange() ? 1 : 0;
            graph_.nodes.push_back(
                {entry->first, found.from, before.depth + 1, move, before.strangers + strange});
        }
        const Mover mover =
            found.from != 0 && replaces_one(found.from, move) ? Mover::others : move.mover;
        graph_.edges.push_back(
            {found.from, entry->second, mover, found.started, found.met, find_hiding(move.hiding)});
    }

    std::uint32_t find_hiding(const Hiding& hiding) {
        if (hiding.empty()) {
            return 0;
        }
        const auto next = static_cast<std::uint32_t>(graph_.hiding.size());
        const auto [entry, is_new] = hidings_.try_emplace(hiding, next);
        if (is_new) {
            graph_.hiding.push_back(hiding);
        }
        return entry->second;
    }

    void note_circles(const Move& move) {
        for (const auto& [circle, turn] : performer_.circles()) {
            if (noted_.insert(circle).second) {
                Move entering = move;
                entering.way = turn.way;
                entering.opened = turn.opened;
                graph_.circles.push_back({circle, here_, std::move(entering)});
            }
        }
    }

    const CompiledScene& compiled_;
    const std::size_t max_configs_;
    const Model& model_;
    Performer performer_;
    Graph graph_;
    std::unordered_map<Config, std::uint32_t> known_;
    std::set<Circle> noted_;
    std::vector<Found> waiting_;
    std::map<Hiding, std::uint32_t> hidings_;
    std::uint32_t here_ = 0;
};

}  // namespace

Graph explore(const CompiledScene& compiled, std::size_t max_configs) {
    return Explorer(compiled, max_configs).run();
}

Proof explore_in_detail(const Catalog& catalog, const Scene& scene, std::size_t max_configs) {
    Scene alone;
    alone.places.push_back(Place{scene.places[scene.focus].definition, ""});
    alone.is_alone = true;
    const std::vector<std::pair<const Scene*, Detail>> tries{
        {&scene, Detail::all}, {&alone, Detail::own}, {&alone, Detail::states}};
    Proof proof;
    for (const auto& [one, detail] : tries) {
        proof.compiled = compile(catalog, *one, detail);
        const std::size_t bound =
            detail == Detail::states ? std::max(max_configs, kMaxConfigsAlone) : max_configs;
        proof.graph = explore(proof.compiled, bound);
        if (proof.graph.is_complete) {
            break;
        }
    }
    return proof;
}

}  // namespace engine::proof
