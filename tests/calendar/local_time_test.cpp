// SPDX-License-Identifier: EUPL-1.2
#include "engine/calendar/local_time.h"

#include <gtest/gtest.h>

namespace {

using engine::base::ErrorCode;
using engine::base::Instant;
using engine::calendar::exclusive_bound;
using engine::calendar::legal_date_of;
using engine::calendar::LegalDate;
using engine::calendar::parse_instant;
using engine::calendar::parse_local_moment;
using engine::calendar::parse_time_of_day;
using engine::calendar::render_instant;
using engine::calendar::render_italian_instant;
using engine::calendar::start_of_day;
using engine::calendar::TimeOfDay;

constexpr std::int64_t kHourMs = 3'600'000;

Instant at(const char* text) {
    return parse_instant(text).value();
}

std::string bound_of(const char* day, const char* hour) {
    const auto date = engine::calendar::parse_legal_date(day).value();
    return render_instant(exclusive_bound(date, parse_time_of_day(hour).value()).value());
}

TEST(ParseLocalMoment, RefusesWhatIsNotAMoment) {
    for (const char* text : {"",
                             "2025-05-16T",
                             "2025-05-16T12",
                             "2025-05-16T12:0",
                             "2025-05-16 12:00",
                             "2025-05-16t12:00",
                             "2025-05-16T12:60",
                             "2025-05-16T24:01",
                             "2025-05-16T24:00:00.001",
                             "2025-05-16T25:00",
                             "2025-05-16T12:00:60",
                             "2025-05-16T12:00:",
                             "2025-05-16T12:00:30.",
                             "2025-05-16T12:00:30.1234",
                             "2025-05-16T12:00+2",
                             "2025-05-16T12:00+02",
                             "2025-05-16T12:00+0200",
                             "2025-05-16T12:00+14:01",
                             "2025-05-16T12:00-15:00",
                             "2025-05-16T12:00z",
                             "2025-05-16T12:00Z ",
                             "2025-05-16Z",
                             "2025-05-16+02:00",
                             "2025-02-29T12:00",
                             "2025-05-16T-1:00",
                             "2025-05-16T12:00.5",
                             "16/05/2025 12:00"}) {
        const auto moment = parse_local_moment(text);

        ASSERT_FALSE(moment) << text;
        EXPECT_EQ(moment.error().code, ErrorCode::malformed) << text;
    }
}

TEST(ParseLocalMoment, RefusesYearsInWhichNothingHappens) {
    for (const char* text : {"1969-12-31T12:00", "2201-01-01", "0205-06-30T12:00"}) {
        const auto moment = parse_local_moment(text);

        ASSERT_FALSE(moment) << text;
        EXPECT_EQ(moment.error().code, ErrorCode::invalid_input) << text;
    }
}

TEST(ParseLocalMoment, KeepsAbsentHourAndOffsetAbsent) {
    const auto moment = parse_local_moment("2025-05-16").value();

    EXPECT_FALSE(moment.time.has_value());
    EXPECT_FALSE(moment.offset_minutes.has_value());
}

TEST(ParseLocalMoment, ReadsEveryPart) {
    const auto moment = parse_local_moment("2025-05-16T12:00:30.250-01:30").value();

    EXPECT_EQ(moment.date, LegalDate::of(2025, 5, 16));
    EXPECT_EQ(moment.time, TimeOfDay{12 * kHourMs + 30'250});
    EXPECT_EQ(moment.offset_minutes, -90);
}

TEST(ParseTimeOfDay, RefusesWhatIsNotAnHour) {
    for (const char* text :
         {"", "12", "12:", "1:00", "12:0", "12:00:5", "24:01", "24:00:01", "25:00", "12:60",
          "12:00:60", "12:00:30.5", "12.00", "12:00 ", "-1:00"}) {
        const auto time = parse_time_of_day(text);

        ASSERT_FALSE(time) << text;
        EXPECT_EQ(time.error().code, ErrorCode::malformed) << text;
    }
}

TEST(ParseTimeOfDay, ReadsMidnightAtBothEnds) {
    EXPECT_EQ(parse_time_of_day("00:00"), TimeOfDay{0});
    EXPECT_EQ(parse_time_of_day("24:00"), TimeOfDay{24 * kHourMs});
}

TEST(ToInstant, RefusesTheHourThatSummerTimeSkips) {
    for (const char* text :
         {"2026-03-29T02:00", "2026-03-29T02:30", "2026-03-29T02:59:59.999", "2040-03-25T02:30"}) {
        const auto instant = parse_instant(text);

        ASSERT_FALSE(instant) << text;
        EXPECT_EQ(instant.error().code, ErrorCode::invalid_input) << text;
    }
}

TEST(ToInstant, RefusesTheHourThatComesTwice) {
    for (const char* text :
         {"2026-10-25T02:00", "2026-10-25T02:30", "2026-10-25T02:59:59.999", "2040-10-28T02:30"}) {
        const auto instant = parse_instant(text);

        ASSERT_FALSE(instant) << text;
        EXPECT_EQ(instant.error().code, ErrorCode::invalid_input) << text;
    }
}

TEST(ToInstant, TellsTheTwoHoursApartByOffset) {
    EXPECT_EQ(at("2026-10-25T02:30+02:00"), at("2026-10-25T00:30Z"));
    EXPECT_EQ(at("2026-10-25T02:30+01:00"), at("2026-10-25T01:30Z"));
}

TEST(ToInstant, TrustsAnOffsetThatIsNotRomes) {
    EXPECT_EQ(render_instant(at("2026-07-01T12:00-05:00")), "2026-07-01T19:00:00.000+02:00");
}

TEST(ToInstant, AcceptsTheEdgesOfTheSkippedAndRepeatedHours) {
    EXPECT_EQ(at("2026-03-29T01:59:59.999").utc_ms + 1, at("2026-03-29T03:00").utc_ms);
    EXPECT_EQ(at("2026-10-25T03:00").utc_ms - at("2026-10-25T01:59:59").utc_ms, 2 * kHourMs + 1000);
}

TEST(ToInstant, CountsFortyEightElapsedHoursAcrossTheChange) {
    const Instant start = at("2026-10-24T12:00");

    EXPECT_EQ(render_instant({start.utc_ms + 48 * kHourMs}), "2026-10-26T11:00:00.000+01:00");
}

TEST(ToInstant, ReadsTwentyFourAsTheNextMidnight) {
    EXPECT_EQ(at("2025-06-30T24:00"), at("2025-07-01"));
    EXPECT_EQ(at("2025-06-30T24:00+02:00"), at("2025-07-01T00:00+02:00"));
}

TEST(StartOfDay, IsTheMidnightOfRome) {
    EXPECT_EQ(start_of_day(LegalDate::of(2025, 7, 1)), at("2025-06-30T22:00Z"));
    EXPECT_EQ(start_of_day(LegalDate::of(2025, 1, 1)), at("2024-12-31T23:00Z"));
}

TEST(StartOfDay, KeepsSummerTimeAfterTheLastListedYear) {
    for (const int year : {2037, 2038, 2044, 2050, 2099, 2100, 2150, 2199}) {
        const auto summer = render_instant(start_of_day(LegalDate::of(year, 7, 1)));
        const auto winter = render_instant(start_of_day(LegalDate::of(year, 12, 1)));

        EXPECT_TRUE(summer.ends_with("T00:00:00.000+02:00")) << summer;
        EXPECT_TRUE(winter.ends_with("T00:00:00.000+01:00")) << winter;
    }
}

TEST(ExclusiveBound, RefusesAnHourThatDoesNotExistOrComesTwice) {
    for (const auto date : {LegalDate::of(2026, 3, 29), LegalDate::of(2026, 10, 25)}) {
        const auto bound = exclusive_bound(date, TimeOfDay{2 * kHourMs + kHourMs / 2});

        ASSERT_FALSE(bound);
        EXPECT_EQ(bound.error().code, ErrorCode::invalid_input);
    }
}

TEST(ExclusiveBound, RefusesAnHourOutsideTheDay) {
    for (const std::int64_t ms : {std::int64_t{-1}, 24 * kHourMs + 1}) {
        const auto bound = exclusive_bound(LegalDate::of(2025, 6, 30), TimeOfDay{ms});

        ASSERT_FALSE(bound);
        EXPECT_EQ(bound.error().code, ErrorCode::invalid_input);
    }
}

TEST(ExclusiveBound, WithoutHourIsTheNextMidnight) {
    const auto bound = exclusive_bound(LegalDate::of(2025, 6, 30), std::nullopt);

    EXPECT_EQ(bound, at("2025-06-30T22:00:00Z"));
}

TEST(ExclusiveBound, IncludesTheStatedSecond) {
    EXPECT_EQ(bound_of("2025-05-16", "12:00"), "2025-05-16T12:00:01.000+02:00");
    EXPECT_EQ(bound_of("2025-05-16", "12:00:30"), "2025-05-16T12:00:31.000+02:00");
    EXPECT_EQ(bound_of("2025-05-16", "23:59:59"), "2025-05-17T00:00:00.000+02:00");
    EXPECT_EQ(bound_of("2025-05-16", "00:00"), "2025-05-16T00:00:01.000+02:00");
}

TEST(ExclusiveBound, OfTwentyFourIsTheNextMidnight) {
    EXPECT_EQ(bound_of("2025-05-16", "24:00"), "2025-05-17T00:00:00.000+02:00");
}

TEST(LegalDateOf, ChangesAtMidnightOfRome) {
    EXPECT_EQ(legal_date_of(at("2025-06-30T21:59:59.999Z")), LegalDate::of(2025, 6, 30));
    EXPECT_EQ(legal_date_of(at("2025-06-30T22:00:00.000Z")), LegalDate::of(2025, 7, 1));
}

TEST(LegalDateOf, KnowsInstantsBeforeTheEpoch) {
    EXPECT_EQ(legal_date_of(Instant{-24 * kHourMs}), LegalDate::of(1969, 12, 31));
}

TEST(RenderInstant, ShowsRomesClockWithItsOffset) {
    EXPECT_EQ(render_instant(at("2025-06-30T21:59:59.999Z")), "2025-06-30T23:59:59.999+02:00");
    EXPECT_EQ(render_instant(Instant{0}), "1970-01-01T01:00:00.000+01:00");
}

TEST(RenderInstant, IsReadBackByParseInstant) {
    // Every hour of the two days on which the clock changes, and every half day of some years.
    for (const auto* day : {"2026-03-28T12:00", "2026-10-24T12:00"}) {
        for (std::int64_t hour = 0; hour < 36; ++hour) {
            const Instant instant{at(day).utc_ms + hour * kHourMs + 1};

            EXPECT_EQ(parse_instant(render_instant(instant)), instant);
        }
    }
    for (const int year : {1986, 2025, 2060, 2199}) {
        const Instant start = start_of_day(LegalDate::of(year, 1, 1));
        for (std::int64_t half_day = 0; half_day < 730; ++half_day) {
            const Instant instant{start.utc_ms + half_day * 12 * kHourMs};

            EXPECT_EQ(parse_instant(render_instant(instant)), instant);
        }
    }
}

TEST(RenderItalianInstant, IsWhatPeopleRead) {
    EXPECT_EQ(render_italian_instant(at("2025-06-30T23:59:59")), "30/06/2025 alle 23:59:59");
}

}  // namespace
