// SPDX-License-Identifier: EUPL-1.2
#include "engine/calendar/rome_moment.h"

#include <gtest/gtest.h>

namespace tests {
namespace {

using namespace engine::calendar;

std::string day_and_offset(const std::string& text) {
    const auto moment = parse_local_moment(text);
    EXPECT_TRUE(moment.has_value()) << text;
    const LocalMoment here = in_rome(*moment);
    return render_legal_date(here.date) + " " + std::to_string(here.time->ms / 60000) + " " +
           (here.offset_minutes ? std::to_string(*here.offset_minutes) : "none");
}

TEST(RomeMoment, OfAnInstantInUtcIsTheDayAndHourInRome) {
    EXPECT_EQ(day_and_offset("2025-06-29T22:30:00.000Z"), "2025-06-30 30 120");
    EXPECT_EQ(day_and_offset("2025-12-31T23:15:00.000Z"), "2026-01-01 15 60");
}

TEST(RomeMoment, OfAnHourThatIsReadTwiceKeepsWhichOne) {
    EXPECT_EQ(day_and_offset("2026-10-25T00:30:00Z"), "2026-10-25 150 120");
    EXPECT_EQ(day_and_offset("2026-10-25T01:30:00Z"), "2026-10-25 150 60");
}

TEST(RomeMoment, WithoutAnOffsetIsRomesAlready) {
    EXPECT_EQ(day_and_offset("2025-06-29T22:30"), "2025-06-29 1350 none");
}

TEST(RomeMoment, StaysWhereRomeHasAYearThatCannotBeWritten) {
    EXPECT_EQ(day_and_offset("1970-01-01T00:30+14:00"), "1970-01-01 30 840");
}

}  // namespace
}  // namespace tests
