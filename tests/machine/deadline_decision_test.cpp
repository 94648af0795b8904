// SPDX-License-Identifier: EUPL-1.2
// What a deadline does when it passes, by its kind.
#include <gtest/gtest.h>

#include "engine/machine/deadline_rule.h"
#include "tests/machine/bench.h"

namespace tests {
namespace {

using engine::base::Result;
using engine::machine::DeadlineStatus;
using engine::machine::Plan;

/// The deadline, started with `giorno` on 2025-03-31.
Bench started(const std::string& deadline) {
    Bench bench(bench_doing(R"({"start_deadline": ")" + deadline + R"("})"));
    bench.facts.own.values["giorno"] = R"("2025-03-31")";
    bench.apply(bench.decide("agisci"));
    return bench;
}

Result<Plan> pass(Bench& bench, const engine::machine::DeadlineKey& key) {
    const auto bound = bench.facts.own.record.deadlines.at(key).bound.value();
    bench.facts.times = engine::machine::ActTimes::of_deadline(bound);
    return decide_deadline(bench.context(), key);
}

TEST(DecideDeadline, AClosingWithoutAfterOnlyExpires) {
    Bench bench = started("chiusura");

    const auto plan = pass(bench, {"chiusura", 1});

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(effect_names(*plan), "deadline_ended");
    EXPECT_EQ(plan->title, "Chiusura delle domande");
    bench.apply(plan);
    EXPECT_EQ(bench.deadline("chiusura").status, DeadlineStatus::expired);
}

TEST(DecideDeadline, AClosingTakesTheBranchThatTheStateWaitsFor) {
    Bench bench = started("chiusura");
    bench.facts.own.record.instance.state = "due";
    bench.facts.own.values["esito"] = R"("x")";

    const auto plan = pass(bench, {"chiusura", 1});

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(plan->title, "Ha un esito");
    bench.apply(plan);
    EXPECT_EQ(bench.facts.own.record.instance.state, "fine");
}

TEST(DecideDeadline, AClosingWhoseBranchesAllRefuseLeavesTheState) {
    Bench bench = started("chiusura");
    bench.facts.own.record.instance.state = "due";

    bench.apply(pass(bench, {"chiusura", 1}));

    EXPECT_EQ(bench.facts.own.record.instance.state, "due");
}

constexpr const char* kCommonAfter = R"("root": true, "after": { "chiusura": [
    { "title": "Chiusa ovunque", "target": "fine" } ] },)";

TEST(DecideDeadline, AClosingOfEveryStateLeadsOnFromAnyThatHasNoneOfItsOwn) {
    Bench bench = started("chiusura");
    bench.definition = parsed(replaced(bench_text(), R"("root": true,)", kCommonAfter));

    const auto plan = pass(bench, {"chiusura", 1});

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(plan->title, "Chiusa ovunque");
}

TEST(DecideDeadline, TheStatesOwnBranchesComeBeforeThoseOfEveryState) {
    Bench bench = started("chiusura");
    bench.definition = parsed(replaced(bench_text(), R"("root": true,)", kCommonAfter));
    bench.facts.own.record.instance.state = "due";

    bench.apply(pass(bench, {"chiusura", 1}));

    EXPECT_EQ(bench.facts.own.record.instance.state, "due");  // its own one refuses
}

TEST(DecideDeadline, AnObligationIsMissedAndOpensItsTask) {
    Bench bench = started("obbligo");

    const auto plan = pass(bench, {"obbligo", 1});

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(effect_names(*plan), "deadline_ended task_opened");
    bench.apply(plan);
    EXPECT_EQ(bench.deadline("obbligo").status, DeadlineStatus::missed);
    EXPECT_EQ(bench.facts.own.record.instance.state, "uno");
}

TEST(DecideDeadline, AnAdvisoryOnlyWarns) {
    Bench bench = started("promemoria");

    const auto plan = pass(bench, {"promemoria", 1});

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(effect_names(*plan), "deadline_ended message_queued");
}

TEST(DecideDeadline, AReminderSendsItsMessageAndNothingElse) {
    Bench bench = started("obbligo");

    const auto plan = pass(bench, {"obbligo~10", 1});

    EXPECT_EQ(plan->title, "Promemoria: Obbligo") << "not as if the term had ended";

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(effect_names(*plan), "deadline_ended message_queued");
    bench.apply(plan);
    EXPECT_EQ(bench.deadline("obbligo").status, DeadlineStatus::running);
    EXPECT_EQ(bench.deadline("obbligo~10").status, DeadlineStatus::expired);
}

TEST(DecideDeadline, AMinimumNoticeIsCountedBackwards) {
    Bench bench = started("preavviso");

    const auto plan = pass(bench, {"preavviso", 1});

    EXPECT_EQ(bench.deadline("preavviso").due_date, "2025-03-26");
    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(effect_names(*plan), "deadline_ended");
    EXPECT_EQ(std::get<engine::machine::DeadlineEnded>(plan->effects.front()).status,
              DeadlineStatus::expired);
}

// ---- recurring ------------------------------------------------------------------------------

TEST(DecideDeadline, ARecurringOneComesBackWhenMissed) {
    Bench bench = started("annuale");

    bench.apply(pass(bench, {"annuale", 1}));

    const auto& deadlines = bench.facts.own.record.deadlines;
    EXPECT_EQ(deadlines.at({"annuale", 1}).status, DeadlineStatus::missed);
    EXPECT_EQ(deadlines.at({"annuale", 2}).status, DeadlineStatus::running);
    EXPECT_EQ(deadlines.at({"annuale", 2}).due_date, "2026-03-31");
}

TEST(DecideDeadline, ARecurringOneComesBackWhenMet) {
    Bench bench = started("annuale");

    bench.apply(bench.decide("adempi"));

    const auto& deadlines = bench.facts.own.record.deadlines;
    EXPECT_EQ(deadlines.at({"annuale", 1}).status, DeadlineStatus::met);
    EXPECT_EQ(deadlines.at({"annuale", 2}).due_date, "2026-03-31");
}

TEST(DecideDeadline, ARecurringOneKeepsItsHour) {
    Bench bench = started("annuale");

    bench.apply(pass(bench, {"annuale", 1}));

    EXPECT_EQ(bench.facts.own.record.deadlines.at({"annuale", 1}).bound, at("2025-03-31T12:00:01"));
    EXPECT_EQ(bench.facts.own.record.deadlines.at({"annuale", 2}).bound, at("2026-03-31T12:00:01"));
}

TEST(DecideDeadline, ALateActMeetsTheYearThatWasMissed) {
    Bench bench = started("annuale");
    bench.apply(pass(bench, {"annuale", 1}));
    bench.set_time("2025-04-15T09:00");

    bench.apply(bench.decide("adempi"));

    const auto& deadlines = bench.facts.own.record.deadlines;
    EXPECT_EQ(deadlines.at({"annuale", 1}).status, DeadlineStatus::met_late);
    EXPECT_EQ(deadlines.at({"annuale", 2}).status, DeadlineStatus::running);
    EXPECT_EQ(deadlines.size(), 2U);
}

}  // namespace
}  // namespace tests
