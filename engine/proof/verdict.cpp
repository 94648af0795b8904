// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/definition/sentences.h"
#include "engine/definition/walk.h"
#include "engine/proof/climb.h"
#include "engine/proof/guards.h"
#include "engine/proof/pit_words.h"
#include "engine/proof/rest.h"
#include "engine/proof/script.h"
#include "engine/proof/terms_over.h"

namespace engine::proof {
namespace {

std::string state_name(const WorkflowDefinition& machine, std::size_t index) {
    return (machine.states.begin() + static_cast<std::ptrdiff_t>(index))->first;
}

/// What one way of coming to be has shown: an act is possible when any path of children lets it be.
struct Shown {
    std::set<const Branch*> possible;
    std::set<const Branch*> possible_for_somebody;
};

class Judge {
  public:
    Judge(const DefinitionPointer& definition, const LintContext& context)
        : definition_(definition), machine_(*definition), context_(context) {}

    std::vector<Verdict> run() {
        const auto scenes = find_scenes(context_.catalog, definition_);
        if (scenes.empty()) {
            add("nobody_opens", "opening", describe_unopened(machine_), "");
        }
        for (const Scene& scene : scenes) {
            take_scene(scene);
            if (is_told_alone_ || !is_complete_) {
                break;  // by itself the machine is the same in every scene
            }
        }
        if (!shown_.empty() && is_complete_ && !has_circle_) {
            add_impossible_ways();
            add_unmet_obligations();
        }
        return std::move(verdicts_);
    }

  private:
    Verdict& add(std::string code, std::string path, std::string message, std::string copione) {
        verdicts_.push_back(
            {{definition_name(machine_),
              {LintSeverity::error, std::move(code), std::move(path), std::move(message)},
              std::move(copione)},
             {},
             {},
             {},
             false,
             0});
        return verdicts_.back();
    }

    void warn(std::string code, std::string message) {
        auto& verdict = add(std::move(code), "states", std::move(message), "");
        verdict.told.finding.severity = LintSeverity::warning;
    }

    void take_scene(const Scene& scene) {
        const auto [compiled, graph] =
            explore_in_detail(context_.catalog, scene, context_.max_cases);
        if (!graph.is_complete) {
            if (is_complete_) {
                add("not_proved", "states", describe_too_many(machine_), "");
            }
            is_complete_ = false;
            return;
        }
        if (compiled.scene.is_alone && !is_told_alone_) {
            is_told_alone_ = true;
            prove_by_steps();
        }
        for (const FoundCircle& circle : graph.circles) {
            add_circle(compiled, graph, circle);
        }
        if (!machine_.is_lasting && graph.circles.empty() && !is_told_alone_) {
            for (const Pit& pit : find_pits(compiled, graph, find_ends(compiled))) {
                add_pit(compiled, graph, pit);
            }
        }
        over_.merge(find_terms_over(compiled, graph));
        note_ways(compiled, graph);
        note_duties(compiled, graph);
    }

    /// Too many cases to look at all of them: what the machine needs is looked at as it turns out.
    void prove_by_steps() {
        const Ascent ascent = climb(context_.catalog, definition_, context_.max_cases);
        for (const FoundPit& found : ascent.pits) {
            if (!machine_.is_lasting) {
                add_pit(*found.compiled, found.graph, found.pit);
            }
        }
        if (!machine_.is_lasting && !ascent.unproved.empty()) {
            warn("proved_in_part",
                 describe_unproved(machine_, ascent.unproved.size(),
                                   state_name(machine_, *ascent.unproved.begin())));
        }
        if (!comes_to_rest(context_.catalog, definition_)) {
            warn("may_go_round", describe_restless(machine_));
        }
    }

    // ---- circles ------------------------------------------------------------------------------

    void add_circle(const CompiledScene& compiled, const Graph& graph, const FoundCircle& found) {
        has_circle_ = true;
        std::vector<std::string> titles;
        std::string first;
        for (const auto& [place, index] : found.circle.states) {
            const auto& machine = *compiled.scene.places[place].definition;
            const std::string name = state_name(machine, index);
            titles.push_back(quote_state(machine, name));
            if (place == compiled.scene.focus && first.empty()) {
                first = name;
            }
        }
        if (first.empty() || !circles_.insert(titles).second) {
            return;  // of relatives only: told with their own machine
        }
        const std::string message = fmt::format("Ciò che avviene da sé non si ferma: gira tra {}.",
                                                join_quoted(titles, " e "));
        auto& verdict = add("automatic_loop", fmt::format("states/{}", first), message,
                            write_script(compiled, graph, found.node, context_.catalog,
                                         {message, "", &found.move}));
        verdict.depth = graph.nodes[found.node].depth;
        for (const auto& [place, index] : found.circle.states) {
            auto& side = place < compiled.scene.focus ? verdict.above : verdict.below;
            const auto& machine = *compiled.scene.places[place].definition;
            if (place != compiled.scene.focus) {
                side.emplace(definition_name(machine), state_name(machine, index));
            } else {
                verdict.states.insert(state_name(machine, index));
            }
        }
    }

    // ---- pits ---------------------------------------------------------------------------------

    void add_pit(const CompiledScene& compiled, const Graph& graph, const Pit& pit) {
        const Config& config = graph.nodes[pit.node].config;
        const Node& node = graph.nodes[pit.node];
        const std::size_t depth = node.depth + node.strangers * kLongerForAStranger;
        std::set<std::string> states;
        for (const std::size_t index : pit.states) {
            states.insert(state_name(machine_, index));
        }
        const std::string here = state_name(
            machine_, read(config, compiled.model.machines[compiled.scene.focus].state) - 1U);
        Verdict* known = find_stuck(states);
        if (known != nullptr && known->depth <= depth) {
            return;
        }
        const std::string code = find_pit_code(compiled, graph, pit);
        Verdict verdict{{definition_name(machine_),
                         {LintSeverity::error, code, fmt::format("states/{}", here),
                          describe_pit(machine_, code, here)},
                         write_script(compiled, graph, pit.node, context_.catalog,
                                      {describe_pit(machine_, code, here), "", nullptr})},
                        std::move(states),
                        {},
                        {},
                        true,
                        depth};
        note_relatives(compiled, config, verdict);
        if (known != nullptr) {
            *known = std::move(verdict);
        } else {
            verdicts_.push_back(std::move(verdict));
        }
    }

    /// Who else is still open at that point.
    static void note_relatives(const CompiledScene& compiled, const Config& config,
                               Verdict& verdict) {
        const Scene& scene = compiled.scene;
        for (std::size_t place = 0; place < scene.places.size(); ++place) {
            const unsigned char state = read(config, compiled.model.machines[place].state);
            if (place == scene.focus || state == 0 ||
                compiled.model.machines[place].states[state - 1U].is_final) {
                continue;
            }
            const auto& other = *scene.places[place].definition;
            (place < scene.focus ? verdict.above : verdict.below)
                .emplace(definition_name(other), state_name(other, state - 1U));
        }
    }

    Verdict* find_stuck(const std::set<std::string>& states) {
        for (Verdict& verdict : verdicts_) {
            const bool is_same = verdict.is_stuck &&
                                 std::any_of(states.begin(), states.end(), [&](const auto& state) {
                                     return verdict.states.contains(state);
                                 });
            if (is_same) {
                return &verdict;
            }
        }
        return nullptr;
    }

    // ---- acts that nobody can do, obligations that nothing meets --------------------------------

    template <class Visit>
    void for_each_way(const CompiledScene& compiled, Visit visit) const {
        const MachineModel& focus = compiled.model.machines[compiled.scene.focus];
        for (const Event& event : focus.events) {
            std::for_each(event.ways.begin(), event.ways.end(), visit);
        }
        for (const StateModel& state : focus.states) {
            std::for_each(state.automatic.begin(), state.automatic.end(), visit);
            for (const After& after : state.after) {
                std::for_each(after.ways.begin(), after.ways.end(), visit);
            }
        }
    }

    void note_ways(const CompiledScene& compiled, const Graph& graph) {
        const std::size_t at = compiled.model.machines[compiled.scene.focus].state;
        for (const Node& node : graph.nodes) {
            if (const unsigned char state = read(node.config, at); state != 0) {
                reached_.insert(state_name(machine_, state - 1U));
            }
        }
        // One way of coming to be may have several scenes: each must let the act be.
        const std::string ancestors = describe_ancestors(compiled.scene);
        const auto [entry, is_new] = shown_.try_emplace(ancestors);
        Shown shown;
        for_each_way(compiled, [&](const Way& way) {
            if (graph.possible_ways[way.id]) {
                shown.possible.insert(way.branch);
            }
            if (graph.ways_possible_for_somebody[way.id]) {
                shown.possible_for_somebody.insert(way.branch);
            }
        });
        if (is_new) {
            entry->second = std::move(shown);
            return;
        }
        std::erase_if(entry->second.possible,
                      [&](const Branch* one) { return !shown.possible.contains(one); });
        std::erase_if(entry->second.possible_for_somebody, [&](const Branch* one) {
            return !shown.possible_for_somebody.contains(one);
        });
    }

    void note_duties(const CompiledScene& compiled, const Graph& graph) {
        const Duties duties = find_duties(compiled, graph);
        for (std::size_t bit = 0; bit < compiled.model.obligations.size(); ++bit) {
            const std::string& name = compiled.model.obligations[bit];
            const bool starts = (duties.started >> bit & 1U) != 0;
            if (starts && (duties.can_be_met >> bit & 1U) == 0) {
                const auto copione =
                    write_script(compiled, graph, duties.first[bit], context_.catalog,
                                 {machine_.deadlines.find(name)->title, ""});
                const auto [entry, is_new] = unmet_.try_emplace(name, copione);
                if (!is_new && copione.size() < entry->second.size()) {
                    entry->second = copione;
                }
            } else if (starts) {
                met_.insert(name);
            }
        }
    }

    bool is_possible(const Branch* branch, std::set<const Branch*> Shown::*member) const {
        return std::any_of(shown_.begin(), shown_.end(), [&](const auto& entry) {
            return (entry.second.*member).contains(branch);
        });
    }

    /// The states in which a branch can be taken.
    std::set<std::string> states_of(const BranchPlace& place) const {
        if (!place.state.empty()) {
            return {place.state};
        }
        std::set<std::string> states;
        for (const auto& [name, state] : machine_.states) {
            if (place.transition == nullptr
                    ? !state.is_final
                    : machine_.find_transition(name, place.event) == place.transition) {
                states.insert(name);
            }
        }
        return states;
    }

    void add_impossible_ways() {
        for (const BranchPlace& place : find_branches(machine_)) {
            const bool is_signal = place.transition != nullptr && place.transition->by.empty();
            const auto states = states_of(place);
            const bool is_reached =
                std::any_of(states.begin(), states.end(),
                            [&](const auto& state) { return reached_.contains(state); });
            if (is_signal || !is_reached || is_possible(place.branch, &Shown::possible) ||
                is_told(states) || may_be_registered_late(machine_, place, states, over_)) {
                continue;
            }
            impossible_events_.insert(place.event);
            const bool is_for_somebody = is_possible(place.branch, &Shown::possible_for_somebody);
            const std::string title = !place.branch->title.empty()  ? place.branch->title
                                      : place.transition != nullptr ? place.transition->title
                                                                    : place.path;
            auto& verdict = add(
                is_for_somebody ? "two_person_rule" : "never_possible", place.path,
                is_for_somebody
                    ? fmt::format("Nessuna persona potrà mai compiere «{}»: chi deve aver compiuto "
                                  "un atto è anche chi non deve averlo compiuto.",
                                  title)
                    : fmt::format(
                          "«{}» non potrà mai avvenire: le sue condizioni non si verificano "
                          "in nessun caso.",
                          title),
                script_to(states));
            verdict.states = states;
        }
    }

    bool is_told(const std::set<std::string>& states) const {
        return std::any_of(verdicts_.begin(), verdicts_.end(), [&](const Verdict& verdict) {
            return verdict.is_stuck &&
                   std::any_of(states.begin(), states.end(),
                               [&](const auto& state) { return verdict.states.contains(state); });
        });
    }

    /// How one gets to the nearest of the states.
    std::string script_to(const std::set<std::string>& states) const {
        for (const Scene& scene : find_scenes(context_.catalog, definition_)) {
            const auto [compiled, graph] =
                explore_in_detail(context_.catalog, scene, context_.max_cases);
            const std::size_t at = compiled.model.machines[compiled.scene.focus].state;
            for (std::uint32_t node = 1; node < graph.nodes.size(); ++node) {
                const unsigned char state = read(graph.nodes[node].config, at);
                if (state != 0 && states.contains(state_name(machine_, state - 1U))) {
                    return write_script(compiled, graph, node, context_.catalog,
                                        {"Dove l'atto dovrebbe essere possibile", ""});
                }
            }
        }
        return "";
    }

    void add_unmet_obligations() {
        for (const auto& [name, copione] : unmet_) {
            const auto* deadline = machine_.deadlines.find(name);
            const bool is_told =
                std::any_of(deadline->met_by.begin(), deadline->met_by.end(),
                            [&](const auto& event) { return impossible_events_.contains(event); });
            if (!met_.contains(name) && !is_told) {
                add("obligation_never_met", fmt::format("deadlines/{}", name),
                    fmt::format("«{}» decorre, ma nessuno degli atti che l'adempiono è possibile "
                                "mentre decorre.",
                                deadline->title),
                    copione);
            }
        }
    }

    const DefinitionPointer definition_;
    const WorkflowDefinition& machine_;
    const LintContext& context_;
    std::vector<Verdict> verdicts_;
    std::map<std::string, Shown> shown_;  ///< by ancestors
    std::map<std::string, std::string> unmet_;
    std::set<std::string> met_;
    std::set<std::string> reached_;
    TermsOver over_;
    std::set<std::string> impossible_events_;
    std::set<std::vector<std::string>> circles_;
    bool is_complete_ = true;
    bool is_told_alone_ = false;
    bool has_circle_ = false;
};

}  // namespace

std::vector<Verdict> judge(const DefinitionPointer& definition,
                           const definition::LintContext& context) {
    return Judge(definition, context).run();
}

}  // namespace engine::proof
