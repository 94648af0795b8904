// SPDX-License-Identifier: EUPL-1.2
// The generator must not degenerate: nearly all that it writes is wanted by parser and lint, and
// together its definitions use the whole language.
#include <gtest/gtest.h>

#include "tests/simulation/definition_maker.h"

namespace tests::simulation {
namespace {

constexpr std::uint64_t kSeeds = 40;

/// The words of the definition language that random definitions must use.
constexpr const char* kLanguage[] = {"closing",
                                     "obligation",
                                     "recurring",
                                     "advisory",
                                     "minimum_notice",
                                     "start_deadline",
                                     "move_deadline",
                                     "reopen_deadline",
                                     "cancel_deadline",
                                     "suspend_deadline",
                                     "end_suspension",
                                     "start_task",
                                     "complete_task",
                                     "cancel_task",
                                     "open_child",
                                     "signal",
                                     "send",
                                     "publish",
                                     "freeze",
                                     "assign_number",
                                     "set",
                                     "append",
                                     "compute",
                                     "record_silence",
                                     "deadline_open",
                                     "deadline_passed",
                                     "within_term",
                                     "deadline_met",
                                     "suspension_unused",
                                     "document_present",
                                     "document_signed",
                                     "document_published",
                                     "document_version_is",
                                     "value_present",
                                     "value_in",
                                     "date_at_least",
                                     "children_count",
                                     "children_all",
                                     "party_among",
                                     "party_not_among",
                                     "parent_in",
                                     "actor_performed",
                                     "event_performed",
                                     "actor_not_performed",
                                     "task_done",
                                     "check_passed",
                                     "@previous",
                                     "automatic",
                                     "after",
                                     "remind_days",
                                     "on_due",
                                     "siblings",
                                     "same_party",
                                     "working_days",
                                     "years",
                                     "suspension_scope",
                                     "with",
                                     "for_each",
                                     "holder",
                                     "on_other"};

TEST(SimulationGenerator, WritesDefinitionsThatLintWants) {
    std::size_t wanted = 0;
    std::string problems;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const auto generated = make_catalog(seed);
        wanted += generated.problems.empty() ? 1U : 0U;
        problems += generated.problems.empty() ? "" : generated.problems.front() + "\n";
    }

    EXPECT_GE(wanted * 10, kSeeds * 7) << problems;
}

TEST(SimulationGenerator, WritesTheSameForTheSameSeed) {
    EXPECT_EQ(make_definitions(7), make_definitions(7));
    EXPECT_NE(make_definitions(7), make_definitions(8));
}

TEST(SimulationGenerator, UsesTheWholeLanguage) {
    std::string all;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        for (const std::string& text : make_definitions(seed)) {
            all += text;
        }
    }

    for (const char* word : kLanguage) {
        EXPECT_NE(all.find('"' + std::string(word) + '"'), std::string::npos) << word;
    }
}

}  // namespace
}  // namespace tests::simulation
