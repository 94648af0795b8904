// SPDX-License-Identifier: EUPL-1.2
// The way of one beside the line to where a condition looks: the fewest steps of its own machine.
#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "engine/proof/guards.h"
#include "engine/proof/script_writer.h"

namespace engine::proof {
namespace {

/// Whether the guard asks for others in a list: such a branch is taken last.
bool asks_for_kin(const Guard& guard) {
    const auto* count = guard.predicate ? std::get_if<ChildrenCount>(&*guard.predicate) : nullptr;
    return (count != nullptr && count->at_least) ||
           std::any_of(guard.parts.begin(), guard.parts.end(), asks_for_kin);
}

/// A step from one state to another: an act that somebody can do, a term that ends (an act without
/// transition, called as the term), or what follows by itself (without a name, too).
struct Hop {
    std::string from;
    Deedable act;
};

/// The fewest acts from a state to one that counts, without or with what follows by itself; empty
/// when there are none.
std::vector<Deedable> find_hops(const WorkflowDefinition& machine, const std::string& start,
                                const Children& children, bool with_automatic) {
    std::map<std::string, Hop> reached{{start, {}}};
    std::deque<std::string> queue{start};
    while (!queue.empty()) {
        const std::string state = queue.front();
        queue.pop_front();
        if (state != start && counts(children, machine, state)) {
            std::vector<Deedable> hops;
            for (std::string at = state; at != start; at = reached[at].from) {
                hops.push_back(reached[at].act);
            }
            std::reverse(hops.begin(), hops.end());
            return hops;
        }
        const auto reach = [&](Deedable act) {
            const std::string& target = act.branch->target;
            if (machine.states.contains(target) &&
                reached.try_emplace(target, Hop{state, act}).second) {
                queue.push_back(target);
            }
        };
        for (const bool asks : {false, true}) {
            for (const std::string& event : machine.events_of(state)) {
                const auto* transition = machine.find_transition(state, event);
                for (const Branch& branch : transition->branches) {
                    const bool is_turn = asks == (branch.guard && asks_for_kin(*branch.guard));
                    if (is_turn && !transition->by.empty()) {
                        reach({event, transition, &branch});
                    }
                }
            }
        }
        for (const auto& [deadline, branches] : machine.states.find(state)->after) {
            reach({deadline, nullptr, &branches.front()});
        }
        for (const Branch& branch : machine.states.find(state)->automatic) {
            if (with_automatic) {
                reach({"", nullptr, &branch});
            }
        }
    }
    return {};
}

}  // namespace

void ScriptWriter::bring_to(std::size_t place, const Children& children) {
    const std::string start = state_of(place);
    const bool is_known = machine(place).states.contains(start);
    if (aside_ > 1 || !is_known || counts(children, machine(place), start)) {
        return;  // acts beside the way that call for others end somewhere
    }
    if (!brought_.insert(place).second) {
        return;  // what is to follow from itself never does
    }
    const std::string before = std::exchange(party_, world_->at(place).party);
    auto hops = find_hops(machine(place), start, children, false);
    if (hops.empty()) {
        hops = find_hops(machine(place), start, children, true);
    }
    for (const Deedable& act : hops) {
        if (act.transition != nullptr) {
            write_aside(place, act, {});
        } else {
            bring_about(place, act);
        }
        move_kin(place, act.branch->target);
    }
    party_ = before;
    brought_.erase(place);
}

/// What nobody does: a term is waited for, those that something follows from are brought there.
void ScriptWriter::bring_about(std::size_t place, const Deedable& act) {
    if (!act.event.empty()) {
        pass(place, act.event);
    } else if (act.branch->guard) {
        prepare_list(place, *act.branch->guard);
    }
    apply(place, act.branch, {});
}

}  // namespace engine::proof
