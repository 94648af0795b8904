// SPDX-License-Identifier: EUPL-1.2
#include "engine/calendar/holidays.h"

#include <gtest/gtest.h>

#include <array>

namespace {

using engine::base::ErrorCode;
using engine::calendar::easter_sunday;
using engine::calendar::find_holiday;
using engine::calendar::find_holiday_known_on;
using engine::calendar::LegalDate;
using engine::calendar::parse_legal_date;
using engine::calendar::parse_patron_day;
using engine::calendar::PatronDay;

std::string holiday_name(LegalDate date) {
    const auto holiday = find_holiday(date, {});
    return holiday ? holiday->name_it : "";
}

TEST(ParseLegalDate, RefusesWhatIsNotADate) {
    for (const char* text :
         {"", "2026", "2026-9-04", "2026-09-4", "04/09/2026", "2026-09-04 ", " 2026-09-04",
          "2026-13-01", "2026-00-10", "2026-02-29", "2026-04-31", "2026-01-00", "2026-01-32",
          "-026-01-01", "2026-09-04T00:00", "２０２６-09-04", "20260904", "2026_09_04"}) {
        const auto date = parse_legal_date(text);

        ASSERT_FALSE(date) << text;
        EXPECT_EQ(date.error().code, ErrorCode::malformed) << text;
    }
}

TEST(ParseLegalDate, RefusesYearsWhoseHolidaysAreUnknown) {
    for (const char* text : {"1985-12-31", "2200-01-01", "0001-01-01", "9999-12-31"}) {
        const auto date = parse_legal_date(text);

        ASSERT_FALSE(date) << text;
        EXPECT_EQ(date.error().code, ErrorCode::invalid_input) << text;
    }
}

TEST(ParseLegalDate, NeverRepeatsUnprintableInput) {
    const auto date = parse_legal_date("2026-\xff\n09");

    ASSERT_FALSE(date);
    EXPECT_TRUE(date.error().message_it.starts_with("«…» non è una data"))
        << date.error().message_it;
}

TEST(ParseLegalDate, ReadsTheFirstLastAndLeapDays) {
    EXPECT_EQ(parse_legal_date("1986-01-01"), LegalDate::of(1986, 1, 1));
    EXPECT_EQ(parse_legal_date("2028-02-29"), LegalDate::of(2028, 2, 29));
    EXPECT_EQ(parse_legal_date("2199-12-31"), LegalDate::of(2199, 12, 31));
}

TEST(RenderLegalDate, WritesWhatParseReads) {
    EXPECT_EQ(render_legal_date(LegalDate::of(2025, 4, 2)), "2025-04-02");
}

TEST(RenderItalianDate, NamesTheWeekday) {
    EXPECT_EQ(render_italian_date(LegalDate::of(2025, 4, 22)), "martedì 22/04/2025");
}

TEST(RenderItalianPeriod, NamesASingleDayOnce) {
    const auto day = LegalDate::of(2026, 8, 1);

    EXPECT_EQ(render_italian_period(day, day), "sabato 01/08/2026");
}

TEST(RenderItalianPeriod, NamesBothEnds) {
    EXPECT_EQ(render_italian_period(LegalDate::of(2026, 8, 1), LegalDate::of(2026, 8, 15)),
              "da sabato 01/08/2026 a sabato 15/08/2026");
}

TEST(EasterSunday, PutsEasterMondayWhereTheLawTableHasIt) {
    const std::array mondays{LegalDate::of(2025, 4, 21), LegalDate::of(2026, 4, 6),
                             LegalDate::of(2027, 3, 29), LegalDate::of(2028, 4, 17),
                             LegalDate::of(2029, 4, 2),  LegalDate::of(2030, 4, 22)};
    for (const auto monday : mondays) {
        EXPECT_EQ(easter_sunday(monday.year()).plus_days(1), monday);
        EXPECT_EQ(holiday_name(monday), "lunedì dell'Angelo");
    }
}

TEST(EasterSunday, FallsOnTheEarliestAndLatestDaysItCan) {
    EXPECT_EQ(easter_sunday(2008), LegalDate::of(2008, 3, 23));
    EXPECT_EQ(easter_sunday(2038), LegalDate::of(2038, 4, 25));
}

TEST(FindHoliday, IgnoresFeastsNotInForceThatYear) {
    // All of these are weekdays.
    for (const auto date : {LegalDate::of(2000, 6, 2), LegalDate::of(2021, 10, 4),
                            LegalDate::of(2022, 10, 4), LegalDate::of(2024, 10, 4)}) {
        EXPECT_EQ(holiday_name(date), "") << render_legal_date(date);
    }
}

TEST(FindHoliday, IgnoresFeastsAbolishedIn1977AndLocalOnes) {
    for (const auto date : {LegalDate::of(2026, 3, 19),     // San Giuseppe
                            LegalDate::of(2026, 5, 14),     // Ascensione
                            LegalDate::of(2026, 6, 4),      // Corpus Domini
                            LegalDate::of(2026, 6, 29),     // Santi Pietro e Paolo, only in Rome
                            LegalDate::of(2026, 11, 4),     // Unità nazionale
                            LegalDate::of(2026, 12, 7)}) {  // Sant'Ambrogio, only in Milan
        EXPECT_EQ(holiday_name(date), "") << render_legal_date(date);
    }
}

TEST(FindHoliday, LeavesSaturdayAWorkingDay) {
    EXPECT_EQ(holiday_name(LegalDate::of(2026, 4, 18)), "");
}

TEST(FindHoliday, KnowsEveryNationalFeastOf2027) {
    struct Row {
        unsigned month;
        unsigned day;
        const char* name;
    };
    for (const Row& row :
         {Row{1, 1, "Capodanno"}, Row{1, 6, "Epifania"}, Row{4, 25, "Festa della Liberazione"},
          Row{5, 1, "Festa del lavoro"}, Row{6, 2, "Festa della Repubblica"},
          Row{8, 15, "Assunzione"}, Row{10, 4, "San Francesco, patrono d'Italia"},
          Row{11, 1, "Ognissanti"}, Row{12, 8, "Immacolata Concezione"}, Row{12, 25, "Natale"},
          Row{12, 26, "Santo Stefano"}}) {
        EXPECT_EQ(holiday_name(LegalDate::of(2027, row.month, row.day)), row.name);
    }
}

TEST(FindHoliday, StartsFeastsInTheirFirstYear) {
    EXPECT_EQ(holiday_name(LegalDate::of(1986, 1, 6)), "Epifania");
    EXPECT_EQ(holiday_name(LegalDate::of(2001, 6, 2)), "Festa della Repubblica");
    EXPECT_EQ(holiday_name(LegalDate::of(2026, 10, 4)), "San Francesco, patrono d'Italia");
}

TEST(FindHoliday, KnowsALawOnlyFromItsPublication) {
    const auto francis = LegalDate::of(2027, 10, 4);

    EXPECT_FALSE(find_holiday_known_on(francis, {}, LegalDate::of(2025, 10, 9)));
    EXPECT_TRUE(find_holiday_known_on(francis, {}, LegalDate::of(2025, 10, 10)));
    EXPECT_TRUE(find_holiday_known_on(francis, {}, std::nullopt));
    EXPECT_TRUE(find_holiday_known_on(LegalDate::of(2025, 12, 25), {}, LegalDate::of(2025, 1, 1)));
}

TEST(FindHoliday, KnowsSundays) {
    EXPECT_EQ(holiday_name(LegalDate::of(2026, 10, 11)), "domenica");
}

TEST(FindHoliday, GivesTheNormOfEveryHolidayOfFortyYears) {
    for (auto date = LegalDate::of(1990, 1, 1); date.year() < 2030; date = date.plus_days(1)) {
        const auto holiday = find_holiday(date, {});

        EXPECT_TRUE(!holiday || !holiday->legal_basis.empty()) << render_legal_date(date);
    }
}

TEST(ParsePatronDay, RefusesWhatIsNotADay) {
    for (const char* text : {"", "12", "12-7", "1-07", "13-01", "00-10", "02-30", "12/07", "12-07 ",
                             "2026-12-07", "ab-cd"}) {
        const auto patron = parse_patron_day(text);

        ASSERT_FALSE(patron) << text;
        EXPECT_EQ(patron.error().code, ErrorCode::malformed) << text;
    }
}

TEST(FindHoliday, CountsOnlyTheDeclaredPatron) {
    const std::array<PatronDay, 1> milano{*parse_patron_day("12-07")};

    EXPECT_TRUE(find_holiday(LegalDate::of(2026, 12, 7), milano));
    EXPECT_FALSE(find_holiday(LegalDate::of(2026, 5, 8), milano));
}

TEST(FindHoliday, AcceptsAPatronOfLeapDay) {
    const std::array<PatronDay, 1> leap{*parse_patron_day("02-29")};

    EXPECT_TRUE(find_holiday(LegalDate::of(2028, 2, 29), leap));
    EXPECT_FALSE(find_holiday(LegalDate::of(2027, 3, 1), leap));
}

}  // namespace
