// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/compile_signals.h"

#include <algorithm>

#include "engine/definition/walk.h"
#include "engine/proof/guards.h"

namespace engine::proof {
namespace {

class SignalCompiler {
  public:
    SignalCompiler(const Catalog& catalog, const Scene& scene, Model& model)
        : catalog_(catalog), scene_(scene), model_(model) {}

    /// The event of `target` that a signal would be, where its states know it.
    std::vector<Step> make_signals(std::size_t target, const Signal& signal) {
        std::vector<Step> steps;
        for (std::size_t event = 0; event < model_.machines[target].events.size(); ++event) {
            if (model_.machines[target].events[event].name != signal.event) {
                continue;
            }
            Step step;
            step.verb = Step::Verb::send_signal;
            step.place = target;
            step.event = event;
            step.states.push_back(false);
            std::size_t index = 0;
            for (const auto& [name, state] : scene_.places[target].definition->states) {
                const auto& events = model_.machines[target].states[index++].events;
                const bool knows = std::find(events.begin(), events.end(), event) != events.end();
                const bool is_meant = signal.to == SignalTarget::parent || signal.in.empty() ||
                                      has_name(signal.in, name);
                step.states.push_back(knows && is_meant);
            }
            steps.push_back(std::move(step));
        }
        return steps;
    }

    /// What another of the same list may send upwards or to this one.
    void fill_signals_of_others(std::size_t place) {
        for_each_signal(*scene_.places[place].definition, [&](const Signal& signal,
                                                              const TransitionDefinition*) {
            if (place == 0 || signal.to == SignalTarget::children) {
                return;
            }
            const std::size_t target = signal.to == SignalTarget::parent ? place - 1 : place;
            for (Step& step : make_signals(target, signal)) {
                model_.machines[place].from_others.push_back(std::move(step));
            }
        });
    }

    /// Whether one in that list can be opened without a body: by an act of an office, by a state
    /// that is entered, by a term that ends.
    bool is_opened_by_office(std::size_t place, const std::string& list) const {
        const WorkflowDefinition& machine = *scene_.places[place].definition;
        const auto opens = [&](const std::vector<Action>& actions) {
            return std::any_of(actions.begin(), actions.end(), [&](const Action& action) {
                const auto* opening = std::get_if<OpenChild>(&action.verb);
                return opening != nullptr && opening->child == list;
            });
        };
        const auto places = find_branches(machine);
        return std::any_of(places.begin(), places.end(),
                           [&](const BranchPlace& one) {
                               const bool is_for_office =
                                   one.transition == nullptr || one.transition->by.empty() ||
                                   has_office_role(machine, one.transition->by);
                               return is_for_office && opens(one.branch->actions);
                           }) ||
               std::any_of(machine.states.begin(), machine.states.end(),
                           [&](const auto& state) { return opens(state.second.entry); }) ||
               std::any_of(machine.deadlines.begin(), machine.deadlines.end(),
                           [&](const auto& deadline) { return opens(deadline.second.on_due); });
    }

    /// Whether some machine sends that event, to whomever.
    bool is_sent(const std::string& event) const {
        bool is_sent = false;
        for (const auto& one : catalog_.definitions()) {
            for_each_signal(*one, [&](const Signal& signal, const TransitionDefinition*) {
                is_sent |= signal.event == event;
            });
        }
        return is_sent;
    }

    /// What relatives may send to a machine that is looked at by itself.
    void fill_signals_of_nobody() {
        for (const Event& event : model_.machines.front().events) {
            if (event.transition->by.empty() || is_sent(event.name)) {
                for (Step& step :
                     make_signals(0, {SignalTarget::parent, "", event.name, {}, false, {}})) {
                    model_.machines.front().from_below.emplace_back(std::move(step), true);
                }
            }
        }
    }

    /// What children that the scene does not follow may send.
    void fill_signals_from_below(std::size_t place) {
        for (const auto& [list, child] : scene_.places[place].definition->children) {
            const auto definition = catalog_.find(child.family, child.machine, child.version);
            if (!definition || scene_.find_child(place, list) != kNowhere) {
                continue;
            }
            const bool is_opened = is_opened_by_office(place, list);
            for_each_signal(
                *definition, [&](const Signal& signal, const TransitionDefinition* transition) {
                    if (signal.to != SignalTarget::parent) {
                        return;
                    }
                    const bool is_for_office = transition == nullptr || transition->by.empty() ||
                                               has_office_role(*definition, transition->by);
                    for (Step& step : make_signals(place, signal)) {
                        model_.machines[place].from_below.emplace_back(std::move(step),
                                                                       is_opened && is_for_office);
                    }
                });
        }
    }

  private:
    const Catalog& catalog_;
    const Scene& scene_;
    Model& model_;
};

}  // namespace

void fill_outer_signals(const Catalog& catalog, const Scene& scene, std::size_t place,
                        Model& model) {
    SignalCompiler compiler(catalog, scene, model);
    compiler.fill_signals_of_others(place);
    if (scene.is_alone) {
        compiler.fill_signals_of_nobody();
    } else {
        compiler.fill_signals_from_below(place);
    }
}

}  // namespace engine::proof
