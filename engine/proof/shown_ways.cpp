// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/shown_ways.h"

#include <algorithm>

#include "engine/proof/guards.h"

namespace engine::proof {
namespace {

template <class Visit>
void for_each_way(const CompiledScene& compiled, Visit visit) {
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

/// Whether the branch needs a term to run that is followed: late entries are then not looked at.
bool reads_open_term(const CompiledScene& compiled, const Branch& branch) {
    bool reads = false;
    if (branch.guard) {
        for_each_literal(*branch.guard, false, [&](const Predicate& predicate, bool is_negated) {
            const auto* open = std::get_if<DeadlineOpen>(&predicate);
            reads |= open != nullptr && !is_negated &&
                     compiled.model.layout.find(Kind::deadline, compiled.scene.focus,
                                                open->deadline.name) != kNowhere;
        });
    }
    return reads;
}

}  // namespace

const std::string& name_of_state(const WorkflowDefinition& machine, std::size_t index) {
    return (machine.states.begin() + static_cast<std::ptrdiff_t>(index))->first;
}

ShownWays::Shown ShownWays::read_shown(const CompiledScene& compiled, const Graph& graph) {
    Shown shown;
    for_each_way(compiled, [&](const Way& way) {
        if (graph.possible_ways[way.id]) {
            shown.possible.insert(way.branch);
        }
        if (graph.ways_possible_for_somebody[way.id]) {
            shown.possible_for_somebody.insert(way.branch);
        }
    });
    return shown;
}

void ShownWays::note(const CompiledScene& compiled, const Graph& graph) {
    const std::size_t at = compiled.model.machines[compiled.scene.focus].state;
    for (const Node& node : graph.nodes) {
        if (const unsigned char state = read(node.config, at); state != 0) {
            reached_.insert(name_of_state(machine_, state - 1U));
        }
    }
    Shown shown = read_shown(compiled, graph);
    // One way of coming to be may have several scenes: each must let the act be.
    const auto [entry, is_new] = by_ancestors_.try_emplace(describe_ancestors(compiled.scene));
    Shown& known = entry->second;
    if (is_new) {
        known = std::move(shown);
        return;
    }
    std::erase_if(known.possible, [&](const Branch* one) { return !shown.possible.contains(one); });
    std::erase_if(known.possible_for_somebody,
                  [&](const Branch* one) { return !shown.possible_for_somebody.contains(one); });
}

void ShownWays::narrow(const CompiledScene& compiled, const Graph& graph) {
    const Shown closer = read_shown(compiled, graph);
    for (const Branch* branch : compiled.scene.asked) {
        if (!closer.possible.contains(branch) && !reads_open_term(compiled, *branch)) {
            ruled_out_[branch] = closer.possible_for_somebody.contains(branch);
        }
        for (auto& [ancestors, known] : by_ancestors_) {
            if (!closer.possible.contains(branch)) {
                known.possible.erase(branch);
            }
            if (!closer.possible_for_somebody.contains(branch)) {
                known.possible_for_somebody.erase(branch);
            }
        }
    }
}

bool ShownWays::is_reached(const std::set<std::string>& states) const {
    return std::any_of(states.begin(), states.end(),
                       [&](const auto& state) { return reached_.contains(state); });
}

bool ShownWays::is_possible(const Branch* branch) const {
    return std::any_of(by_ancestors_.begin(), by_ancestors_.end(),
                       [&](const auto& entry) { return entry.second.possible.contains(branch); });
}

bool ShownWays::is_possible_for_somebody(const Branch* branch) const {
    const auto closer = ruled_out_.find(branch);
    return (closer != ruled_out_.end() && closer->second) ||
           std::any_of(by_ancestors_.begin(), by_ancestors_.end(), [&](const auto& entry) {
               return entry.second.possible_for_somebody.contains(branch);
           });
}

}  // namespace engine::proof
