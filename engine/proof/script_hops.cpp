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

/// How a state was reached from another.
struct Hop {
    std::string from;
    Deedable act;
};

/// The fewest hops of those kinds from a state to one that counts; empty when there are none.
std::vector<Deedable> find_hops(const WorkflowDefinition& machine, const std::string& start,
                                const Children& children, HopKinds kinds) {
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
        for (const Deedable& act : hops_from(machine, state, kinds)) {
            const std::string& target = act.branch->target;
            if (machine.states.contains(target) &&
                reached.try_emplace(target, Hop{state, act}).second) {
                queue.push_back(target);
            }
        }
    }
    return {};
}

}  // namespace

std::vector<Deedable> hops_from(const WorkflowDefinition& machine, const std::string& state,
                                HopKinds kinds) {
    std::vector<Deedable> hops;
    for (const bool asks : {false, true}) {
        for (const std::string& event : machine.events_of(state)) {
            const auto* transition = machine.find_transition(state, event);
            for (const Branch& branch : transition->branches) {
                const bool is_turn = asks == (branch.guard && asks_for_kin(*branch.guard));
                if (kinds.acts && is_turn && !transition->by.empty()) {
                    hops.push_back({event, transition, &branch});
                }
            }
        }
    }
    for (const auto& [deadline, branches] : machine.states.find(state)->after) {
        if (kinds.acts) {
            hops.push_back({deadline, nullptr, &branches.front()});
        }
    }
    for (const Branch& branch : machine.states.find(state)->automatic) {
        if (kinds.automatic) {
            hops.push_back({"", nullptr, &branch});
        }
    }
    return hops;
}

void ScriptWriter::bring_to(std::size_t place, const Children& children) {
    const std::string start = state_of(place);
    const bool is_known = machine(place).states.contains(start);
    if (aside_ > 1 || !is_known || counts(children, machine(place), start)) {
        return;  // acts beside the way that call for others end somewhere
    }
    if (!brought_.insert(place).second) {
        return;  // what is to follow from itself never does
    }
    auto hops = find_hops(machine(place), start, children, {true, false});
    if (hops.empty()) {
        hops = find_hops(machine(place), start, children, {true, true});
    }
    for (const Deedable& act : hops) {
        take_hop(place, act);
    }
    brought_.erase(place);
}

/// One beside the line takes it.
void ScriptWriter::take_hop(std::size_t place, const Deedable& act) {
    const std::string before = std::exchange(party_, world_->at(place).party);
    if (act.transition != nullptr) {
        write_aside(place, act, {});
    } else {
        bring_about(place, act);
    }
    move_kin(place, act.branch->target);
    party_ = before;
}

/// What nobody does: a term is waited for, those that something follows from are brought there.
void ScriptWriter::bring_about(std::size_t place, const Deedable& act) {
    if (!act.event.empty()) {
        pass(place, act.event);
    } else if (act.branch->guard) {
        prepare_list(place, *act.branch->guard);
        wait_for(place, *act.branch->guard);
    }
    apply(place, act.branch, {});
}

std::string ScriptWriter::find_landing(std::size_t place, const Move& move) const {
    const std::string state = state_of(place);
    const bool moves = move.place == place && move.way != nullptr;
    return moves && !move.way->branch->target.empty() ? move.way->branch->target
           : state.empty()                            ? machine(place).initial
                                                      : state;
}

/// After a move: a machine may stand where something follows by itself as soon as more is there,
/// which a proof that does not follow it takes for granted.
void ScriptWriter::follow_on(const Move& move, const Config& after) {
    std::vector<std::string> landings;
    for (std::size_t place = 0; place < model_.machines.size(); ++place) {
        landings.push_back(find_landing(place, move));
    }
    before_ = &after;
    for (std::size_t place = 0; place < model_.machines.size(); ++place) {
        const std::string to = state_of(place);
        if (to.empty() || !machine(place).states.contains(landings[place]) ||
            landings[place] == to || alias(place).empty()) {
            continue;
        }
        Children meant;
        meant.in.push_back(to);
        std::string at = landings[place];
        for (const Deedable& act : find_hops(machine(place), at, meant, {false, true})) {
            between_.emplace(place, at);
            bring_about(place, act);
            at = act.branch->target;
        }
        between_.reset();
    }
}

}  // namespace engine::proof
