// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "tests/simulation/simulated_world.h"
#include "tests/simulation/walker.h"

namespace tests::simulation {

/// A world to walk in, and how.
struct Walk {
    WorldParts parts;
    WalkRules rules;
    std::size_t steps = 100;
    bool reopens_each_step = false;
    /// Whether what `available` said must agree with what was then accepted; false where a check
    /// of the workflow reads what comes with the act.
    bool asks_available = true;
    /// Whether a refused command is sent again: it draws ids, which a comparison cannot have.
    bool repeats_refused = true;
};

/// What a walk came to.
struct WalkResult {
    std::string problem;      ///< empty: every invariant held
    std::vector<Step> steps;  ///< as they were carried out
    /// Every journal line and chain head, one line each.
    std::string journal;
    std::size_t accepted = 0;
    std::size_t refused = 0;
    std::size_t instances = 0;
};

/// Walks at random and checks every invariant.
WalkResult run_walk(const Walk& walk);

/// Carries out steps chosen before, with the same checks; commands mean the instance that was
/// opened in that place.
WalkResult replay(const Walk& walk, const std::vector<Step>& steps);

/// Leaves out what the failure does not need, as long as some invariant still breaks.
std::vector<Step> shrink(const Walk& walk, std::vector<Step> steps);

/// Only acts and clocks, in one procedure: chosen with a timer that never fires by itself, then
/// carried out again with one that is never late. The two journals must be the same line by line,
/// the moment of writing apart. Gives the first difference; empty when there is none.
std::string compare_timers(const Walk& walk);

/// The report of a failed walk: problem, shortened steps, how to play it again. Also written to
/// `build/simulation-failure-SEED.txt`.
std::string report_failure(const Walk& walk, const WalkResult& result, const std::string& what);

}  // namespace tests::simulation
