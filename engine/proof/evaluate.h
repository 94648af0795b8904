// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <set>
#include <vector>

#include "engine/proof/model.h"

namespace engine::proof {

/// Codes of the slots of an act, in their order.
using Payload = std::vector<unsigned char>;

/// What a condition is judged in.
struct Situation {
    const Model& model;
    const Config& config;
    const Payload* payload = nullptr;  ///< null where nothing arrives
    unsigned deeds = 0;                ///< of the person who acts
    bool forgives_persons = false;     ///< whether who acts is taken to be right
    bool reaches_all = true;           ///< not: what is out of a script's reach is not there
};

/// Whether the condition holds.
Truth evaluate(const Condition& condition, const Situation& situation);

/// What hides the answer: bytes that are not followed, kNowhere for relatives that are left out.
using Hiding = std::set<std::size_t>;

/// Adds what makes `condition` unknown.
void add_hiding(const Condition& condition, const Situation& situation, Hiding& hiding);

}  // namespace engine::proof
