// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/definition/sentences.h"
#include "engine/definition/walk.h"
#include "engine/proof/act_by_act.h"
#include "engine/proof/climb.h"
#include "engine/proof/guards.h"
#include "engine/proof/pit_words.h"
#include "engine/proof/rehearse.h"
#include "engine/proof/rest.h"
#include "engine/proof/shown_ways.h"
#include "engine/proof/terms_over.h"
#include "engine/proof/way_to.h"

namespace engine::proof {
namespace {

class Judge {
  public:
    Judge(const DefinitionPointer& definition, const LintContext& context)
        : definition_(definition), machine_(*definition), context_(context), ways_(*definition) {}

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
        if (!ways_.empty() && is_complete_ && !has_circle_) {
            const auto left =
                explore_act_by_act(context_.catalog, definition_,
                                   [&](const CompiledScene& compiled, const Graph& graph) {
                                       ways_.narrow(compiled, graph);
                                   });
            if (!left.empty()) {
                warn("acts_proved_in_part", describe_acts_left(machine_, left));
            }
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
             true,
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
        ways_.note(compiled, graph);
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
                                   name_of_state(machine_, *ascent.unproved.begin())));
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
            const std::string name = name_of_state(machine, index);
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
        auto& verdict =
            add("automatic_loop", fmt::format("states/{}", first), message,
                tell(rehearse(compiled, graph, {found.node}, context_, {message, "", &found.move}),
                     context_));
        verdict.depth = graph.nodes[found.node].depth;
        for (const auto& [place, index] : found.circle.states) {
            auto& side = place < compiled.scene.focus ? verdict.above : verdict.below;
            const auto& machine = *compiled.scene.places[place].definition;
            if (place != compiled.scene.focus) {
                side.emplace(definition_name(machine), name_of_state(machine, index));
            } else {
                verdict.states.insert(name_of_state(machine, index));
            }
        }
    }

    // ---- pits ---------------------------------------------------------------------------------

    /// Machines and states of others, as a verdict has them.
    struct Relatives {
        std::set<std::pair<std::string, std::string>> above;
        std::set<std::pair<std::string, std::string>> below;
    };

    void add_pit(const CompiledScene& compiled, const Graph& graph, const Pit& pit) {
        const Node& node = graph.nodes[pit.node()];
        const Config& config = node.config;
        const std::size_t depth = node.depth + node.strangers * kLongerForAStranger;
        std::set<std::string> states;
        for (const std::size_t index : pit.states) {
            states.insert(name_of_state(machine_, index));
        }
        const std::string here = name_of_state(
            machine_, read(config, compiled.model.machines[compiled.scene.focus].state) - 1U);
        Relatives relatives = find_relatives(compiled, config);
        Verdict* known = find_stuck(states);
        if (known != nullptr) {
            // What another scene, in which it is stuck too, does not follow is not waited for.
            std::erase_if(known->below,
                          [&](const auto& one) { return !relatives.below.contains(one); });
            relatives.below = known->below;
        }
        if (known != nullptr && known->plays && known->depth <= depth) {
            return;
        }
        const std::string code = find_pit_code(compiled, graph, pit);
        const Rehearsed way = rehearse(compiled, graph, pit.ways_in, context_,
                                       {describe_pit(machine_, code, here), "", nullptr, true});
        if (known != nullptr && !way.plays && (known->plays || known->depth <= depth)) {
            return;
        }
        Verdict verdict{{definition_name(machine_),
                         {LintSeverity::error, code, fmt::format("states/{}", here),
                          describe_pit(machine_, code, here)},
                         tell(way, context_)},
                        std::move(states),
                        std::move(relatives.above),
                        std::move(relatives.below),
                        true,
                        way.plays,
                        depth};
        if (known != nullptr) {
            *known = std::move(verdict);
        } else {
            verdicts_.push_back(std::move(verdict));
        }
    }

    /// Who else is still open at that point.
    static Relatives find_relatives(const CompiledScene& compiled, const Config& config) {
        Relatives relatives;
        const Scene& scene = compiled.scene;
        for (std::size_t place = 0; place < scene.places.size(); ++place) {
            const unsigned char state = read(config, compiled.model.machines[place].state);
            if (place == scene.focus || state == 0 ||
                compiled.model.machines[place].states[state - 1U].is_final) {
                continue;
            }
            const auto& other = *scene.places[place].definition;
            (place < scene.focus ? relatives.above : relatives.below)
                .emplace(definition_name(other), name_of_state(other, state - 1U));
        }
        return relatives;
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

    void note_duties(const CompiledScene& compiled, const Graph& graph) {
        const Duties duties = find_duties(compiled, graph);
        for (std::size_t bit = 0; bit < compiled.model.obligations.size(); ++bit) {
            const std::string& name = compiled.model.obligations[bit];
            const bool starts = (duties.started >> bit & 1U) != 0;
            if (starts && (duties.can_be_met >> bit & 1U) == 0) {
                unmet_.insert(name);
            } else if (starts) {
                met_.insert(name);
            }
        }
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
            if (is_signal || !ways_.is_reached(states) || ways_.is_possible(place.branch) ||
                is_shown(states) ||
                (!ways_.is_ruled_out(place.branch) &&
                 may_be_registered_late(machine_, place, states, over_))) {
                continue;
            }
            const Rehearsed way = way_to(definition_, context_, nodes_in(machine_, states),
                                         "Dove l'atto dovrebbe essere possibile");
            if (is_told(states) && (!way.plays || way.copione.empty())) {
                continue;
            }
            // What can be shown stands for what follows from it and cannot.
            std::erase_if(verdicts_,
                          [&](const Verdict& verdict) { return is_stuck_in(verdict, states); });
            impossible_events_.insert(place.event);
            const bool is_for_somebody = ways_.is_possible_for_somebody(place.branch);
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
                tell(way, context_));
            verdict.states = states;
        }
    }

    bool is_told(const std::set<std::string>& states) const {
        return std::any_of(verdicts_.begin(), verdicts_.end(),
                           [&](const Verdict& verdict) { return is_stuck_in(verdict, states); });
    }

    /// Whether it is told with a script that gets there.
    bool is_shown(const std::set<std::string>& states) const {
        return std::any_of(verdicts_.begin(), verdicts_.end(), [&](const Verdict& verdict) {
            return verdict.plays && is_stuck_in(verdict, states);
        });
    }

    static bool is_stuck_in(const Verdict& verdict, const std::set<std::string>& states) {
        return verdict.is_stuck &&
               std::any_of(states.begin(), states.end(),
                           [&](const auto& state) { return verdict.states.contains(state); });
    }

    /// Whether all that would meet it is done only where one is stuck, which is told.
    bool is_met_in_told(const std::vector<std::string>& met_by) const {
        std::set<std::string> open;
        std::set<std::string> told;
        for (const auto& [name, state] : machine_.states) {
            const bool meets = std::any_of(met_by.begin(), met_by.end(), [&](const auto& event) {
                return machine_.find_transition(name, event) != nullptr;
            });
            if (meets && ways_.is_reached({name})) {
                (is_told({name}) ? told : open).insert(name);
            }
        }
        return open.empty() && !told.empty();
    }

    void add_unmet_obligations() {
        for (const std::string& name : unmet_) {
            const auto* deadline = machine_.deadlines.find(name);
            const bool is_told =
                std::any_of(deadline->met_by.begin(), deadline->met_by.end(),
                            [&](const auto& event) { return impossible_events_.contains(event); });
            if (!met_.contains(name) && !is_told && !is_met_in_told(deadline->met_by)) {
                add("obligation_never_met", fmt::format("deadlines/{}", name),
                    fmt::format("«{}» decorre, ma nessuno degli atti che l'adempiono è possibile "
                                "mentre decorre.",
                                deadline->title),
                    tell(way_to(definition_, context_, nodes_where_runs(name), deadline->title),
                         context_));
            }
        }
    }

    const DefinitionPointer definition_;
    const WorkflowDefinition& machine_;
    const LintContext& context_;
    std::vector<Verdict> verdicts_;
    ShownWays ways_;
    std::set<std::string> unmet_;
    std::set<std::string> met_;
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
