// SPDX-License-Identifier: EUPL-1.2
#include "engine/calendar/term.h"

#include <gtest/gtest.h>

#include "tests/calendar/term_rules.h"

namespace {

using engine::base::ErrorCode;
using engine::calendar::compute_term;
using engine::calendar::LegalDate;
using engine::calendar::render_legal_date;
using engine::calendar::TermRule;
using engine::calendar::TermUnit;
using engine::calendar::TimeOfDay;
using tests::backwards;
using tests::clear;
using tests::day;
using tests::days_from;
using tests::kNoRoll;
using tests::months_from;
using tests::saturday_rolls;
using tests::suspended;
using tests::working;

/// The last useful day, or the refusal.
std::string due(const TermRule& rule) {
    const auto term = compute_term(rule);
    return term ? render_legal_date(term->due_date) : term.error().message_it;
}

// ---- refusals ----------------------------------------------------------------------------------

TEST(ComputeTerm, RefusesRulesItCannotCount) {
    TermRule too_many_patrons = days_from("2026-09-04", 30);
    too_many_patrons.roll.patrons.assign(17, {std::chrono::month_day{std::chrono::May / 8}});
    TermRule too_many_suspensions = days_from("2026-09-04", 30);
    too_many_suspensions.suspensions.assign(engine::calendar::kMaxSuspensions + 1,
                                            {day("2026-09-10"), day("2026-09-11")});
    TermRule only_saturday = saturday_rolls(days_from("2026-09-04", 30));
    only_saturday.roll.holiday_rolls = false;
    TermRule years = months_from("2026-09-04", 36500);
    years.unit = TermUnit::years;
    TermRule outside = days_from("2026-09-04", 30);
    outside.from = LegalDate::of(1985, 12, 31);
    TermRule skipped_hour = days_from("2026-03-20", 9);
    skipped_hour.roll = kNoRoll;
    skipped_hour.time = TimeOfDay{9'000'000};  // 02:30 of the night that has none
    const std::vector<TermRule> refused{
        days_from("2026-09-04", 0),
        days_from("2026-09-04", -1),
        days_from("2026-09-04", 36501),
        days_from("2199-12-30", 2),
        backwards(days_from("1986-01-02", 2)),
        backwards(days_from("1986-01-02", 1)),  // a holiday, and before it our table ends
        months_from("2199-12-01", 1),
        months_from("2026-09-04", 36500),
        backwards(months_from("2026-09-04", 36500)),
        working(months_from("2026-09-04", 1)),
        suspended(days_from("2026-09-04", 30), "2026-09-11", "2026-09-10"),
        suspended(days_from("2026-09-04", 30), "2026-09-10", "2199-12-31"),
        too_many_patrons,
        too_many_suspensions,
        only_saturday,
        years,
        outside,
        skipped_hour,
    };
    for (std::size_t index = 0; index < refused.size(); ++index) {
        const auto term = compute_term(refused[index]);

        ASSERT_FALSE(term) << "row " << index;
        EXPECT_EQ(term.error().code, ErrorCode::invalid_input) << "row " << index;
    }
}

// ---- the law's vectors -------------------------------------------------------------------------

TEST(ComputeTerm, RollsAHolidayToTheNextDayThatIsNone) {
    EXPECT_EQ(due(days_from("2026-09-04", 30)), "2026-10-05");
    EXPECT_EQ(due(days_from("2027-09-04", 30)), "2027-10-05");
    EXPECT_EQ(due(days_from("2025-04-01", 20)), "2025-04-22");
    EXPECT_EQ(due(days_from("2026-12-05", 20)), "2026-12-28");
}

TEST(ComputeTerm, KeepsTheRawDateBesideTheRolledOne) {
    EXPECT_EQ(compute_term(days_from("2026-12-05", 20)).value().raw_date, day("2026-12-25"));
}

TEST(ComputeTerm, LeavesSaturdayUnlessTheNoticeRollsIt) {
    const TermRule rule = days_from("2026-04-08", 10);

    EXPECT_EQ(due(rule), "2026-04-18");
    EXPECT_EQ(due(saturday_rolls(rule)), "2026-04-20");
}

TEST(ComputeTerm, LeavesTheSaturdayReachedByRollingUnlessTheNoticeRollsIt) {
    const TermRule rule = days_from("2027-12-04", 2);  // Monday
    TermRule to_friday_feast = days_from("2026-12-05", 20);
    to_friday_feast.from = day("2026-04-05");
    to_friday_feast.count = 26;  // Friday 1 May 2026

    EXPECT_EQ(due(rule), "2027-12-06");
    EXPECT_EQ(due(to_friday_feast), "2026-05-02");
    EXPECT_EQ(due(saturday_rolls(to_friday_feast)), "2026-05-04");
}

TEST(ComputeTerm, RollsADeclaredPatronOnly) {
    TermRule rule = days_from("2026-11-07", 30);
    EXPECT_EQ(due(rule), "2026-12-07");

    rule.roll.patrons = {{std::chrono::month_day{std::chrono::December / 7}}};
    EXPECT_EQ(due(rule), "2026-12-09");
}

TEST(ComputeTerm, KeepsAHolidayWhenTheActExcludesRolling) {
    TermRule rule = days_from("2026-09-04", 30);
    rule.roll = kNoRoll;

    EXPECT_EQ(due(rule), "2026-10-04");
}

TEST(ComputeTerm, CountsMonthsByTheCalendarNumber) {
    EXPECT_EQ(due(months_from("2026-03-16", 1)), "2026-04-16");
    EXPECT_EQ(due(months_from("2026-11-16", 2)), "2027-01-16");
    EXPECT_EQ(due(months_from("2027-01-31", 1)), "2027-03-01");  // raw: Sunday 28 February
    EXPECT_EQ(due(months_from("2028-01-31", 1)), "2028-02-29");
}

TEST(ComputeTerm, CountsYearsByTheCalendarNumber) {
    TermRule rule = days_from("2028-02-29", 1);
    rule.unit = TermUnit::years;

    EXPECT_EQ(due(rule), "2029-02-28");
}

TEST(ComputeTerm, CountsMonthsBackwards) {
    EXPECT_EQ(due(backwards(months_from("2026-03-31", 1))), "2026-02-28");
    EXPECT_EQ(due(backwards(months_from("2026-01-15", 1))), "2025-12-15");
}

TEST(ComputeTerm, RollsBackwardTermsToThePreviousDay) {
    EXPECT_EQ(due(backwards(days_from("2026-06-17", 15))), "2026-06-01");
    EXPECT_EQ(due(backwards(days_from("2026-04-25", 7))), "2026-04-18");
    EXPECT_EQ(due(saturday_rolls(backwards(days_from("2026-04-25", 7)))), "2026-04-17");
}

TEST(ComputeTerm, ExcludesBothEndsOfClearDays) {
    EXPECT_EQ(due(clear(backwards(days_from("2026-05-02", 10)))), "2026-04-21");
    EXPECT_EQ(due(clear(days_from("2026-03-02", 10))), "2026-03-13");
    EXPECT_EQ(due(clear(months_from("2026-03-16", 1))), "2026-04-17");
}

TEST(ComputeTerm, CountsWorkingDaysOnly) {
    EXPECT_EQ(due(working(days_from("2026-12-23", 5))), "2026-12-31");
    EXPECT_EQ(due(working(backwards(days_from("2026-04-08", 3)))), "2026-04-02");
    EXPECT_EQ(due(clear(working(days_from("2026-04-02", 2)))), "2026-04-08");
}

TEST(ComputeTerm, NeverCountsSuspendedDays) {
    EXPECT_EQ(due(suspended(days_from("2026-07-20", 30), "2026-08-01", "2026-08-15")),
              "2026-09-03");
}

TEST(ComputeTerm, CountsOverlappingSuspensionsOnce) {
    const auto rule = suspended(suspended(days_from("2026-07-20", 30), "2026-08-06", "2026-08-15"),
                                "2026-08-01", "2026-08-10");

    EXPECT_EQ(due(rule), "2026-09-03");
}

TEST(ComputeTerm, IgnoresSuspensionsOutsideTheTerm) {
    const auto rule = suspended(suspended(days_from("2026-07-20", 10), "2026-07-01", "2026-07-20"),
                                "2026-07-31", "2026-08-15");

    EXPECT_EQ(due(rule), "2026-07-30");
}

TEST(ComputeTerm, SwallowsASuspensionMetOnlyBecauseOfAnotherOne) {
    const auto rule = suspended(suspended(days_from("2026-07-01", 10), "2026-07-05", "2026-07-09"),
                                "2026-07-14", "2026-07-15");

    EXPECT_EQ(due(rule), "2026-07-18");
}

TEST(ComputeTerm, CountsTheFirstDayAfterASuspensionThatSwallowedTheStart) {
    EXPECT_EQ(due(suspended(days_from("2026-08-05", 1), "2026-08-01", "2026-08-17")), "2026-08-18");
    EXPECT_EQ(due(suspended(days_from("2020-03-01", 30), "2020-02-23", "2020-05-15")),
              "2020-06-15");  // raw: Sunday 14 June
}

TEST(ComputeTerm, MovesTheEndOfMonthsOnByTheSuspendedDays) {
    EXPECT_EQ(due(suspended(months_from("2026-07-15", 1), "2026-08-01", "2026-08-10")),
              "2026-08-25");
    EXPECT_EQ(due(suspended(months_from("2026-07-15", 1), "2026-08-10", "2026-08-20")),
              "2026-08-26");
}

TEST(ComputeTerm, MovesBackwardTermsEarlierByTheSuspendedDays) {
    EXPECT_EQ(due(suspended(backwards(days_from("2026-09-10", 5)), "2026-09-06", "2026-09-08")),
              "2026-09-02");
}

TEST(ComputeTerm, RollsOnWhenTheRolledDayIsSuspended) {
    // Sunday 2 August is the last day; Monday to Friday are suspended; Saturday may be an end.
    const auto rule = suspended(days_from("2026-07-23", 10), "2026-08-03", "2026-08-07");

    EXPECT_EQ(due(rule), "2026-08-08");
}

TEST(ComputeTerm, SuspendsForThePreavvisoAndResumes) {
    TermRule rule = days_from("2026-03-02", 30);
    rule.suspensions = {engine::calendar::suspend_for_preavviso(
        day("2026-03-20"), day("2026-03-27"), day("2026-03-30"))};

    EXPECT_EQ(due(rule), "2026-04-18");
    EXPECT_EQ(due(saturday_rolls(rule)), "2026-04-20");
}

TEST(ComputeTerm, ResumesAtTheEndOfTheirTermWithoutObservations) {
    TermRule rule = days_from("2026-03-02", 30);
    rule.suspensions = {engine::calendar::suspend_for_preavviso(day("2026-03-20"), std::nullopt,
                                                                day("2026-03-30"))};

    EXPECT_EQ(due(rule), "2026-04-11");
    EXPECT_EQ(due(saturday_rolls(rule)), "2026-04-13");
}

TEST(ComputeTerm, EndsTheRuntsVerificationOf2022OnItsSaturday) {
    // 180 days whose first is 22 February 2022, suspended by DL 73/2022 art. 25-bis.
    TermRule rule = days_from("2022-02-21", 180);
    rule.suspensions = {engine::calendar::find_legal_suspensions("verifica_runts").front().days};

    EXPECT_EQ(due(rule), "2022-11-05");
    EXPECT_EQ(due(saturday_rolls(rule)), "2022-11-07");
}

}  // namespace
