// SPDX-License-Identifier: EUPL-1.2
// Terms that are moved, reopened and suspended by acts, and their reminders.
#include <gtest/gtest.h>

#include "engine/machine/deadline_rule.h"
#include "tests/machine/bench.h"

namespace tests {
namespace {

using engine::calendar::SuspensionGround;
using engine::machine::DeadlineStatus;

constexpr const char* kStart = R"({"start_deadline": "obbligo"})";

std::string suspend(const std::string& ground, const std::string& end) {
    return R"({"suspend_deadline": {"deadline": "obbligo", "ground": ")" + ground +
           R"(", "after": "now")" + end + "}}";
}

std::string resume(const std::string& ground, int plus_days) {
    return R"({"end_suspension": {"deadline": "obbligo", "ground": ")" + ground +
           R"(", "on": "now", "plus_days": )" + std::to_string(plus_days) + "}}";
}

/// A term of 30 days from 2025-02-03: it ends on 2025-03-05.
Bench started() {
    Bench bench;
    bench.apply(bench.run(kStart));
    return bench;
}

TEST(SuspensionActions, ATermRunsFromTheDayOfTheAct) {
    const Bench bench = started();

    EXPECT_EQ(bench.deadline("obbligo").due_date, "2025-03-05");
    EXPECT_EQ(bench.deadline("obbligo").bound, at("2025-03-06T00:00"));
}

TEST(SuspensionActions, SomeDaysDoNotCount) {
    Bench bench = started();

    bench.apply(bench.run(suspend("art_2_c_7", R"(, "days": 10)")));

    EXPECT_EQ(bench.deadline("obbligo").due_date, "2025-03-15");
    EXPECT_EQ(bench.deadline("obbligo").status, DeadlineStatus::running);
}

TEST(SuspensionActions, DaysUntilADateDoNotCount) {
    Bench bench = started();
    bench.facts.own.values["giorno"] = R"("2025-02-05")";

    bench.apply(bench.run(suspend("legge", R"(, "until": {"own": "giorno"})")));

    EXPECT_EQ(bench.deadline("obbligo").due_date, "2025-03-07");
}

TEST(SuspensionActions, WithoutAnEndTheTermHasNoBound) {
    Bench bench = started();

    bench.apply(bench.run(suspend("provvedimento", "")));

    EXPECT_EQ(bench.deadline("obbligo").status, DeadlineStatus::suspended);
    EXPECT_FALSE(bench.deadline("obbligo").bound.has_value());
    EXPECT_FALSE(bench.deadline("obbligo").due_date.has_value());
    for (const auto& [key, deadline] : bench.facts.own.record.deadlines) {
        EXPECT_TRUE(key.name == "obbligo" || deadline.status == DeadlineStatus::cancelled);
    }
}

TEST(SuspensionActions, TheEndGivesTheBoundBack) {
    Bench bench = started();
    bench.apply(bench.run(suspend("provvedimento", "")));
    bench.set_time("2025-02-13T10:00");

    bench.apply(bench.run(resume("provvedimento", 0)));

    EXPECT_EQ(bench.deadline("obbligo").status, DeadlineStatus::running);
    EXPECT_EQ(bench.deadline("obbligo").due_date, "2025-03-15");  // ten days: 4 … 13 February
}

TEST(SuspensionActions, AnotherGroundDoesNotEndIt) {
    Bench bench = started();
    bench.apply(bench.run(suspend("provvedimento", "")));

    bench.apply(bench.run(resume("legge", 0)));

    EXPECT_EQ(bench.deadline("obbligo").status, DeadlineStatus::suspended);
}

TEST(SuspensionActions, ASuspendedTermIsNotSuspendedAgain) {
    Bench bench = started();
    bench.apply(bench.run(suspend("provvedimento", "")));

    const auto plan = bench.run(suspend("legge", R"(, "days": 3)"));

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(effect_names(*plan), "");
}

TEST(SuspensionActions, TheAnswerBeforeItsEndShortensIt) {
    Bench bench = started();
    bench.apply(bench.run(suspend("art_2_c_7", R"(, "days": 30)")));
    bench.set_time("2025-02-05T10:00");

    bench.apply(bench.run(resume("art_2_c_7", 0)));

    EXPECT_EQ(bench.deadline("obbligo").due_date, "2025-03-07");  // only the 4th and the 5th
}

// L. 241/1990 art. 10-bis: the term starts again ten days after the observations.
TEST(SuspensionActions, ObservationsInTimeAddTheirTenDays) {
    Bench bench = started();
    bench.apply(bench.run(suspend("art_10_bis", R"(, "days": 10)")));
    bench.set_time("2025-02-12T10:00");

    bench.apply(bench.run(resume("art_10_bis", 10)));

    EXPECT_EQ(bench.deadline("obbligo").due_date, "2025-03-24");  // 19 days: the 24th
}

// L. 241/1990 art. 2 c. 7: at most thirty days, whenever the answer comes.
TEST(SuspensionActions, ALateAnswerFindsTheTermRunningAgain) {
    Bench bench = started();
    bench.apply(bench.run(suspend("art_2_c_7", R"(, "days": 30)")));
    const auto due_date = bench.deadline("obbligo").due_date;
    bench.set_time("2025-03-20T10:00");

    bench.apply(bench.run(resume("art_2_c_7", 0)));

    EXPECT_EQ(bench.deadline("obbligo").due_date, due_date);
}

TEST(SuspensionActions, EndedBeforeItBeginsItStillCountsAsUsed) {
    Bench bench = started();
    bench.apply(bench.run(suspend("art_2_c_7", R"(, "days": 30)")));

    bench.apply(bench.run(resume("art_2_c_7", 0)));  // the same day: it begins tomorrow

    const auto rule = engine::machine::parse_deadline_rule(bench.deadline("obbligo").rule.text);
    ASSERT_TRUE(rule.has_value());
    EXPECT_EQ(rule->term.suspensions.size(), 1U);
    EXPECT_EQ(bench.deadline("obbligo").due_date, "2025-03-06");
}

// ---- moves, reopenings, reminders -----------------------------------------------------------

/// Whether a second suspension on that ground would be refused.
bool is_used(const Bench& bench, SuspensionGround ground) {
    return engine::machine::parse_deadline_rule(bench.deadline("obbligo").rule.text)
        ->has_used(ground);
}

TEST(SuspensionActions, AnOpenOneCountsAsUsed) {
    Bench bench = started();

    bench.apply(bench.run(suspend("provvedimento", "")));

    EXPECT_TRUE(is_used(bench, SuspensionGround::provvedimento));
    EXPECT_FALSE(is_used(bench, SuspensionGround::art_2_c_7));
}

TEST(SuspensionActions, OneUsedBeforeTheTermWasMovedStaysUsed) {
    Bench bench = started();
    bench.apply(bench.run(suspend("art_2_c_7", R"(, "days": 10)")));

    bench.apply(bench.run(R"({"move_deadline": {"deadline": "obbligo", "to": "2025-06-30"}})"));

    EXPECT_EQ(bench.deadline("obbligo").due_date, "2025-06-30");
    EXPECT_TRUE(is_used(bench, SuspensionGround::art_2_c_7));
}

TEST(DeadlineActions, AMovedTermEndsOnTheNewDay) {
    Bench bench = started();

    bench.apply(bench.run(R"({"move_deadline": {"deadline": "obbligo",
        "to": "2025-03-31T12:00"}})"));

    EXPECT_EQ(bench.deadline("obbligo").occurrence, 1);
    EXPECT_EQ(bench.deadline("obbligo").due_date, "2025-03-31");
    EXPECT_EQ(bench.deadline("obbligo").bound, at("2025-03-31T12:00:01"));
}

TEST(DeadlineActions, AReopenedTermIsANewOccurrence) {
    Bench bench = started();
    bench.set_time("2025-03-10T09:00");

    bench.apply(bench.run(R"({"reopen_deadline": {"deadline": "obbligo", "to": "2025-03-31"}})"));

    EXPECT_EQ(bench.deadline("obbligo").occurrence, 2);
    EXPECT_EQ(bench.deadline("obbligo").due_date, "2025-03-31");
}

TEST(DeadlineActions, RemindersComeOnTheMorningOfTheirDay) {
    const Bench bench = started();

    EXPECT_EQ(bench.deadline("obbligo~3").bound, at("2025-03-02T00:00"));
    EXPECT_EQ(bench.deadline("obbligo~10").bound, at("2025-02-23T00:00"));
    EXPECT_EQ(bench.deadline("obbligo~3").reminds_of, "obbligo");
    EXPECT_EQ(bench.deadline("obbligo~3").kind, engine::definition::DeadlineKind::advisory);
}

TEST(DeadlineActions, RemindersFollowTheirTerm) {
    Bench bench = started();

    bench.apply(bench.run(R"({"move_deadline": {"deadline": "obbligo", "to": "2025-03-31"}})"));

    EXPECT_EQ(bench.deadline("obbligo~3").bound, at("2025-03-28T00:00"));
}

TEST(DeadlineActions, AReminderOfADayGoneByIsNotSet) {
    Bench bench;
    bench.definition = parsed(replaced(bench_doing(kStart), R"("days": 30)", R"("days": 8)"));

    bench.apply(bench.decide("agisci"));

    EXPECT_NE(bench.facts.own.record.find_deadline("obbligo~3"), nullptr);
    EXPECT_EQ(bench.facts.own.record.find_deadline("obbligo~10"), nullptr);
}

TEST(DeadlineActions, AReminderWhoseDayWentByWithAResumptionFalls) {
    Bench bench = started();
    bench.apply(bench.run(suspend("legge", R"(, "days": 30)")));  // due 2025-04-04
    bench.set_time("2025-03-02T09:00");

    bench.apply(bench.run(resume("legge", 0)));  // 27 days: due 2025-04-01, reminders 29/3 and 22/3
    bench.set_time("2025-03-25T09:00");
    bench.apply(bench.run(R"({"end_suspension": {"deadline": "obbligo", "ground": "legge",
        "on": "2025-02-04"}})"));

    EXPECT_NE(bench.deadline("obbligo~3").status, DeadlineStatus::running);
}

TEST(DeadlineActions, ATermThatStartsAgainLeavesNoReminderOfTheOldOne) {
    Bench bench = started();
    bench.set_time("2025-02-10T09:00");

    bench.apply(bench.run(kStart));

    const auto& deadlines = bench.facts.own.record.deadlines;
    EXPECT_EQ(deadlines.at({"obbligo", 1}).status, DeadlineStatus::cancelled);
    EXPECT_EQ(deadlines.at({"obbligo~3", 1}).status, DeadlineStatus::cancelled);
    EXPECT_EQ(deadlines.at({"obbligo~3", 2}).status, DeadlineStatus::running);
}

}  // namespace
}  // namespace tests
