// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/dice.h"

namespace tests::simulation {

/// What is decided about a machine before its text is written, so that parents and children can
/// name each other's parts.
struct Shape {
    std::string machine;
    std::optional<std::size_t> parent;  ///< its place among the shapes
    std::string list;                   ///< its name among the parent's children
    bool is_root = false;
    bool is_lasting = false;
    bool has_register = false;
    std::vector<std::string> states;  ///< that are no end, in the order of the main way
    std::vector<std::string> finals;
    std::vector<std::string> closings;
    std::vector<std::string> obligations;  ///< recurring ones included
    std::vector<std::string> others;       ///< advisory, minimum notice
    std::vector<std::pair<std::string, std::size_t>> children;

    std::vector<std::string> deadlines() const;
};

/// One to four machines: a top one, children, grandchildren, a root under the top one.
std::vector<Shape> make_shapes(Dice& dice);

/// The events every generated machine knows: acts, then signals.
const std::vector<std::string>& act_names();
const std::vector<std::string>& signal_names();

}  // namespace tests::simulation
