// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/deeds.h"

#include <algorithm>

#include "engine/proof/guards.h"

namespace engine::proof {
namespace {

/// An act that stays, that anybody of the office can do and that asks nothing.
bool is_always_open(const Scene& scene, const TransitionDefinition& transition) {
    const Branch& first = transition.branches.front();
    return has_office_role(scene.machine(), transition.by) && first.target.empty() &&
           !first.guard && first.actions.empty();
}

bool can_be_done_in(const Scene& scene, const std::string& state, const Deed& deed) {
    const auto* transition = scene.machine().find_transition(state, deed.event);
    return transition != nullptr && is_always_open(scene, *transition);
}

}  // namespace

void remember_deeds(const Scene& scene, const Tracking& tracking, Model& model) {
    const auto& deeds = tracking.deeds;
    const auto is_anytime = [&](std::size_t index) {
        const Deed& deed = deeds[index];
        if (deed.place != scene.focus) {
            return true;
        }
        for (const auto& [name, state] : scene.machine().states) {
            if (!state.is_final && !can_be_done_in(scene, name, deed)) {
                return false;
            }
        }
        return true;
    };
    const auto& wanted = tracking.wanted_deeds;
    if (std::all_of(wanted.begin(), wanted.end(), [&](const auto& one) {
            return std::any_of(one.begin(), one.end(), is_anytime);
        })) {
        return;
    }
    std::size_t count = 0;
    for (std::size_t index = 0; index < deeds.size() && index < kMaxDeeds; ++index) {
        const bool is_above = deeds[index].place < scene.focus;
        if (deeds[index].place != kNowhere && !is_above && count < kMaxRememberedDeeds) {
            model.remembered_deeds |= 1U << index;
            ++count;
        }
    }
    model.persons = model.layout.add(Kind::persons, scene.focus, "");
    model.options.resize(model.layout.variables().size());
}

unsigned find_obtainable(const Scene& scene, const Tracking& tracking, const Model& model,
                         const std::string& state) {
    const auto& deeds = tracking.deeds;
    unsigned mask = 0;
    for (std::size_t index = 0; index < deeds.size() && index < kMaxDeeds; ++index) {
        const bool is_own = deeds[index].place == scene.focus;
        const bool is_above = deeds[index].place < scene.focus;
        const bool is_forgotten =
            (model.remembered_deeds >> index & 1U) == 0 && model.persons != kNowhere;
        if (is_above || (is_own && (is_forgotten || can_be_done_in(scene, state, deeds[index])))) {
            mask |= 1U << index;
        }
    }
    return mask;
}

}  // namespace engine::proof
