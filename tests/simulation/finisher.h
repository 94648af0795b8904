// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "tests/simulation/invariants.h"
#include "tests/simulation/walker.h"

namespace tests::simulation {

/// Looks for an open instance that nobody and nothing can move any more: no act of any role is
/// accepted, with every document added and signed, and no deadline runs in its tree. A lasting
/// machine may stay as it is. It acts on the world: call it last.
/// Gives the instance's state, as a sentence; empty when each has a way out.
std::string find_stuck(SimulatedWorld& world, const Shadow& shadow, const WalkRules& rules,
                       std::uint64_t seed);

}  // namespace tests::simulation
