// SPDX-License-Identifier: EUPL-1.2
// What has ended leaves nothing open, however it ended; what comes back goes on doing so.
#include <gtest/gtest.h>

#include "tests/machine/bench.h"

namespace tests {
namespace {

using engine::machine::DeadlineStatus;
using engine::machine::TaskStatus;

TEST(Ending, ClosesAlsoWhatEnteringTheEndStarts) {
    Bench bench(replaced(bench_text(), R"("fine": { "title": "Fine", "final": true })",
                         R"("fine": { "title": "Fine", "final": true, "entry": [
                             { "start_task": "lavoro" }, { "start_deadline": "obbligo" } ] })"));

    bench.apply(bench.decide("chiudi"));

    ASSERT_EQ(bench.facts.own.record.tasks.size(), 1U);
    EXPECT_EQ(bench.facts.own.record.tasks.begin()->second.status, TaskStatus::cancelled);
    EXPECT_EQ(bench.deadline("obbligo").status, DeadlineStatus::cancelled);
}

TEST(Ending, ByARecurringTermStartsNoFurtherOccurrence) {
    Bench bench(replaced(bench_text(), R"("states": {)",
                         R"("after": { "annuale": [ { "target": "fine" } ] }, "states": {)"));
    bench.facts.own.values["giorno"] = "\"2025-03-31\"";
    bench.definition = parsed(
        replaced(bench.definition->text, R"("do":[])", R"("do":[{"start_deadline":"annuale"}])"));
    bench.apply(bench.decide("agisci"));
    bench.set_time("2025-03-31T12:00:01");

    bench.apply(engine::machine::decide_deadline(bench.context(), {"annuale", 1}));

    EXPECT_EQ(bench.facts.own.record.instance.state, "fine");
    EXPECT_EQ(bench.deadline("annuale").occurrence, 1);
    EXPECT_EQ(bench.deadline("annuale").status, DeadlineStatus::missed);  // the end is no pardon
}

TEST(Ending, NeitherASuspensionNorItsFulfilmentEndsWhatRecurs) {
    Bench bench;
    bench.facts.own.values["giorno"] = "\"2025-03-31\"";
    bench.apply(bench.run(R"({ "start_deadline": "annuale" })"));
    bench.apply(bench.run(R"({ "suspend_deadline": { "deadline": "annuale",
                               "ground": "provvedimento", "after": "now" } })"));
    ASSERT_EQ(bench.deadline("annuale").status, DeadlineStatus::suspended);

    bench.apply(bench.decide("adempi"));

    EXPECT_EQ(bench.deadline("annuale").occurrence, 2);
    EXPECT_EQ(bench.deadline("annuale").due_date, "2026-03-31");
}

}  // namespace
}  // namespace tests
