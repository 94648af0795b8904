// SPDX-License-Identifier: EUPL-1.2
// A feast of a law that came after the act: the term stays, and what it would be today is told.
#include "engine/machine/later_holiday.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/machine/deadline_rule.h"

namespace engine::machine {
namespace {

calendar::LegalDate day(const char* text) {
    return calendar::parse_legal_date(text).value();
}

/// A term fixed by an act of September 2025, before L. 151/2025 was published.
Deadline make_deadline(const char* last, bool holiday_rolls = true) {
    DeadlineRule rule;
    rule.fixed_on = day(last);
    rule.term.from = day("2025-09-01");
    rule.term.roll.holiday_rolls = holiday_rolls;
    rule.term.roll.known_on = day("2025-09-01");
    Deadline deadline;
    deadline.name = "termine";
    EXPECT_TRUE(set_due(deadline, rule).has_value());
    return deadline;
}

TEST(LaterHoliday, IsToldOnceTheLawIsPublished) {
    const Deadline deadline = make_deadline("2027-10-04");
    EXPECT_EQ(deadline.due_date, "2027-10-04");

    EXPECT_EQ(find_later_holiday(deadline, day("2025-10-09")), std::nullopt);
    const auto later = find_later_holiday(deadline, day("2025-10-10"));

    ASSERT_TRUE(later.has_value());
    EXPECT_EQ(later->by_todays_law, day("2027-10-05"));
    EXPECT_THAT(later->legal_basis, testing::Contains("L. 151/2025"));
    EXPECT_THAT(
        describe_later_holiday(deadline, std::nullopt),
        testing::AllOf(testing::HasSubstr("04/10/2027"), testing::HasSubstr("L. 151/2025"),
                       testing::HasSubstr("Lo può spostare solo un atto")));
}

TEST(LaterHoliday, IsNothingForADayThatStays) {
    EXPECT_EQ(describe_later_holiday(make_deadline("2027-10-06"), std::nullopt), "");
}

TEST(LaterHoliday, IsNothingWhereHolidaysDoNotRoll) {
    EXPECT_EQ(find_later_holiday(make_deadline("2027-10-04", false), std::nullopt), std::nullopt);
}

TEST(LaterHoliday, IsNothingForWhatIsOver) {
    Deadline deadline = make_deadline("2027-10-04");
    deadline.status = DeadlineStatus::expired;

    EXPECT_EQ(find_later_holiday(deadline, std::nullopt), std::nullopt);
}

}  // namespace
}  // namespace engine::machine
