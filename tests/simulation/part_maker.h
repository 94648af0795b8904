// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "tests/simulation/shape.h"

namespace tests::simulation {

using Json = nlohmann::ordered_json;

/// Where a part of a definition stands, which limits what it may name.
struct Place {
    const std::vector<Shape>& shapes;
    const Shape& own;
    /// Fields that come with the act; empty where nobody acts.
    std::vector<std::string> payload = {};
    /// What answers a signal sends none: else two machines could tell each other things for ever.
    bool may_signal = false;

    const Shape* parent() const { return own.parent ? &shapes[*own.parent] : nullptr; }
};

/// A random condition, at most `depth` groups deep.
Json make_guard(Dice& dice, const Place& place, int depth);

/// Up to `most` random actions.
Json make_actions(Dice& dice, const Place& place, int most);

/// Where a day is read.
Json make_day_source(Dice& dice, const Place& place);

}  // namespace tests::simulation
