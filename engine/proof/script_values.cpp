// SPDX-License-Identifier: EUPL-1.2
// Values that nobody gives and something waits for: a child brings them, when what it tells its
// parent sets them there.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/definition/walk.h"
#include "engine/proof/guards.h"
#include "engine/proof/script_writer.h"

namespace engine::proof {
namespace {

bool sets(const Branch& branch, const std::string& field) {
    return std::any_of(branch.actions.begin(), branch.actions.end(), [&](const Action& action) {
        const auto* set = std::get_if<SetValue>(&action.verb);
        return set != nullptr && set->field == field;
    });
}

/// What a machine tells its parent when it takes a hop.
struct Teller {
    std::string state;  ///< from which
    Deedable hop;
    const Action* signal = nullptr;
};

std::vector<Teller> find_tellers(const WorkflowDefinition& machine, const std::string& event) {
    std::vector<Teller> tellers;
    for (const auto& [state, definition] : machine.states) {
        for (const Deedable& hop : hops_from(machine, state, {true, true})) {
            const auto take = [&](const std::vector<Action>& actions) {
                for (const Action& action : actions) {
                    const auto* signal = std::get_if<Signal>(&action.verb);
                    if (signal != nullptr && signal->to == SignalTarget::parent &&
                        signal->event == event) {
                        tellers.push_back({state, hop, &action});
                    }
                }
            };
            take(hop.branch->actions);
            if (const auto* entered = machine.states.find(hop.branch->target)) {
                take(entered->entry);
            }
        }
    }
    return tellers;
}

}  // namespace

/// Brings about what the guard asks for besides others of a list.
void ScriptWriter::wait_for(std::size_t place, const Guard& guard) {
    if (guard.kind == GuardKind::any) {
        return wait_for(place, choose_part(place, guard));
    }
    for (const Guard& part : guard.parts) {
        if (guard.kind == GuardKind::all) {
            wait_for(place, part);
        }
    }
    Fields nothing;
    if (guard.predicate && find_children(*guard.predicate) == nullptr) {
        prepare_for(place, *guard.predicate, nothing);
    }
}

/// False when no child can tell it where its parent stands.
bool ScriptWriter::bring_from_child(std::size_t place, const std::string& field) {
    const std::string state = state_of(place);
    if (!machine(place).states.contains(state)) {
        return false;
    }
    for (const std::string& event : machine(place).events_of(state)) {
        const auto* heard = machine(place).find_transition(state, event);
        const bool is_meant =
            heard->by.empty() &&
            std::any_of(heard->branches.begin(), heard->branches.end(),
                        [&](const Branch& branch) { return sets(branch, field); });
        for (const auto& [list, child] : machine(place).children) {
            if (is_meant && bring_by_signal(place, list, event)) {
                return true;
            }
        }
    }
    return false;
}

/// Has one of the list, beside the line, come to what it tells its parent.
bool ScriptWriter::bring_by_signal(std::size_t place, const std::string& list,
                                   const std::string& event) {
    const auto definition = find_child_machine(place, list);
    if (!definition || scene_.find_child(place, list) < model_.machines.size()) {
        return false;
    }
    name_opened(place, list);
    for (const Teller& teller : find_tellers(*definition, event)) {
        Children meant;
        meant.path = list;
        meant.in.push_back(teller.state);
        const auto& when = teller.signal->when;
        for (const std::size_t kin : kin_of(place, list)) {
            if (brought_.contains(kin)) {
                continue;  // what it tells would have to come from itself
            }
            if (when && world_->rules_out(*when, kin, true)) {
                continue;  // it has something else to tell
            }
            bring_to(kin, meant);
            if (state_of(kin) != teller.state) {
                continue;
            }
            brought_.insert(kin);
            take_hop(kin, teller.hop);
            brought_.erase(kin);
            return true;
        }
    }
    wish_for_sources(place, list);
    return false;
}

/// Of a list in which one is opened for each of another: the other must not be empty then.
void ScriptWriter::wish_for_sources(std::size_t place, const std::string& list) {
    for_each_action(machine(place), [&](const std::string&, const Action& action) {
        const auto* opening = std::get_if<OpenChild>(&action.verb);
        if (opening != nullptr && opening->child == list && opening->for_each) {
            ensure_kin(place, *opening->for_each, 1);
        }
    });
}

/// The last that was opened gets a name, when it has none and somebody has to act on it.
void ScriptWriter::name_opened(std::size_t place, const std::string& list) {
    const auto& opened = world_->at(place).opened[list];
    if (alias(place).empty() || opened.size() <= kin_of(place, list).size()) {
        return;
    }
    const std::string named = fmt::format("F{}", ++instances_);
    lines_.add(fmt::format("chiama {} {}:{} di {}", named, list, opened.size(), alias(place)));
    add_opened(place, list, named, "", {});
}

/// What a parent keeps of what it is told: it takes it in the first way that can be.
void ScriptWriter::tell_parent(std::size_t place, const Signal& signal) {
    const std::size_t parent = scene_.find_parent(place);
    const std::string state = parent == kNowhere ? "" : state_of(parent);
    const auto* heard = parent == kNowhere || !machine(parent).states.contains(state)
                            ? nullptr
                            : machine(parent).find_transition(state, signal.event);
    if (heard == nullptr) {
        return;
    }
    for (const Branch& branch : heard->branches) {
        if (branch.guard && world_->rules_out(*branch.guard, parent, true)) {
            continue;
        }
        world_->run(branch.actions, parent, {});
        if (parent >= model_.machines.size()) {
            move_kin(parent, branch.target);
        }
        return;
    }
}

}  // namespace engine::proof
