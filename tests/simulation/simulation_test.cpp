// SPDX-License-Identifier: EUPL-1.2
// Random definitions, random walks, every invariant after every step. README.md says how to play a
// seed again.
#include "tests/simulation/simulation.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/simulation/definition_maker.h"
#include "tests/simulation/script_start.h"
#include "tests/support/world.h"

namespace tests::simulation {
namespace {

/// A number from the environment, or the one CI runs with.
std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

std::uint64_t first_seed() {
    return number_from("COPROG_SIMULATION_FIRST", 1);
}

std::uint64_t seed_count() {
    return number_from("COPROG_SIMULATION_SEEDS", 24);
}

/// The first definitions from this seed on that lint wants.
GeneratedCatalog make_wanted_catalog(std::uint64_t seed) {
    constexpr std::uint64_t kNext = 1000003;
    auto generated = make_catalog(seed);
    while (!generated.problems.empty()) {
        seed += kNext;
        generated = make_catalog(seed);
    }
    return generated;
}

/// Days near what is special: an hour that is not there, one that comes twice, a year's end, a
/// suspension by law (DL 73/2022 art. 25-bis).
engine::base::Instant choose_start(std::uint64_t seed) {
    switch (seed % 5) {
        case 4: return at("2022-06-27T09:00");
        case 0: return at("2025-02-03T09:00");
        case 1: return at("2025-03-27T09:00");
        case 2: return at("2025-10-22T09:00");
        default: return at("2025-12-29T09:00");
    }
}

Walk make_walk(const GeneratedCatalog& generated, std::uint64_t seed) {
    Walk walk{{generated.catalog, simulation_checks(), seed, choose_start(seed), {}}, {}};
    walk.rules.opening = {kFamily, "m0", 0, "326", kInitiative};
    walk.steps = number_from("COPROG_SIMULATION_STEPS", 60);
    return walk;
}

/// A walk on which nothing is ever accepted proves nothing.
constexpr std::size_t kLeastAccepted = 10;

TEST(Simulation, KeepsEveryInvariantOnGeneratedDefinitions) {
    std::size_t accepted = 0;
    for (std::uint64_t seed = first_seed(); seed < first_seed() + seed_count(); ++seed) {
        const auto generated = make_wanted_catalog(seed);
        const Walk walk = make_walk(generated, seed);

        const WalkResult result = run_walk(walk);

        if (!result.problem.empty()) {
            ADD_FAILURE() << report_failure(walk, result, "definizioni generate");
            return;
        }
        accepted += result.accepted;
    }
    EXPECT_GE(accepted, seed_count() * kLeastAccepted);
}

TEST(Simulation, KeepsEveryInvariantOnTheRealDefinitions) {
    for (std::uint64_t seed = first_seed(); seed < first_seed() + (seed_count() + 5) / 6; ++seed) {
        const auto start = play_some_script(seed);
        Walk walk{start.world(), start.rules};
        walk.steps = number_from("COPROG_SIMULATION_STEPS", 60);
        walk.asks_available = false;

        const WalkResult result = run_walk(walk);

        if (!result.problem.empty()) {
            ADD_FAILURE() << report_failure(
                walk, result, start.script + ", prime righe " + std::to_string(start.lines));
            return;
        }
    }
}

TEST(Simulation, WritesTheSameBytesForTheSameSeed) {
    const std::uint64_t seed = first_seed();
    const auto generated = make_wanted_catalog(seed);
    Walk walk = make_walk(generated, seed);
    const WalkResult first = run_walk(walk);

    const WalkResult second = run_walk(walk);
    walk.reopens_each_step = true;
    const WalkResult reopened = run_walk(walk);

    ASSERT_EQ(first.problem, "");
    EXPECT_FALSE(first.journal.empty());
    EXPECT_EQ(first.journal, second.journal);
    EXPECT_EQ(first.journal, reopened.journal);
}

TEST(Simulation, ALateTimerChangesNothing) {
    for (std::uint64_t seed = first_seed(); seed < first_seed() + (seed_count() + 3) / 4; ++seed) {
        const auto generated = make_wanted_catalog(seed);
        Walk walk = make_walk(generated, seed);
        walk.rules.max_roots = 1;
        walk.rules.has_crashes = false;
        walk.repeats_refused = false;

        ASSERT_EQ(compare_timers(walk), "") << "seme " << seed;
    }
}

}  // namespace
}  // namespace tests::simulation
