// SPDX-License-Identifier: EUPL-1.2
// What happens by itself when all of a list have come somewhere: the proof follows one of them, the
// script brings the others there before the move that sets it off.
#include <algorithm>

#include "engine/proof/script_writer.h"

namespace engine::proof {

void ScriptWriter::prepare_lists(const Move& move, const Config& after) {
    after_ = &after;
    for (std::size_t place = 0; place < model_.machines.size(); ++place) {
        const unsigned char there = read(after, model_.machines[place].state);
        if (state_of(place).empty() || there == 0 || alias(place).empty()) {
            continue;
        }
        const auto& states = machine(place).states;
        const std::string from = find_landing(place, move);
        const std::string& to = (states.begin() + (there - 1))->first;
        if (const auto* state = states.find(from); state != nullptr && from != to) {
            prepare_list_of(place, state->automatic, to);
        }
    }
    after_ = nullptr;
}

void ScriptWriter::prepare_list_of(std::size_t place, const std::vector<Branch>& automatic,
                                   const std::string& target) {
    for (const Branch& branch : automatic) {
        if (branch.target == target && branch.guard) {
            prepare_list(place, *branch.guard);
        }
    }
}

void ScriptWriter::prepare_list(std::size_t place, const Guard& guard) {
    if (guard.kind == GuardKind::any) {
        return prepare_list(place, choose_part(place, guard));
    }
    // Those of which only some are asked for first: they count among all.
    for (const bool is_of_all : {false, true}) {
        for (const Guard& part : guard.parts) {
            const bool asks_all =
                part.predicate && std::holds_alternative<ChildrenAll>(*part.predicate);
            if (guard.kind == GuardKind::all && asks_all == is_of_all) {
                prepare_list(place, part);
            }
        }
    }
    Fields nothing;
    if (guard.predicate && find_children(*guard.predicate) != nullptr) {
        prepare_for(place, *guard.predicate, nothing);
    }
}

}  // namespace engine::proof
