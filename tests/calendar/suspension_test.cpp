// SPDX-License-Identifier: EUPL-1.2
#include "engine/calendar/suspension.h"

#include <gtest/gtest.h>

namespace {

using engine::base::ErrorCode;
using engine::calendar::add_suspension;
using engine::calendar::find_legal_suspensions;
using engine::calendar::find_suspension;
using engine::calendar::LegalDate;
using engine::calendar::parse_suspension_ground;
using engine::calendar::suspend_for_preavviso;
using engine::calendar::Suspension;
using engine::calendar::suspension_ground_name;
using engine::calendar::suspension_legal_basis;
using engine::calendar::SuspensionGround;

constexpr auto kArt2 = SuspensionGround::art_2_c_7;
constexpr auto kPreavviso = SuspensionGround::art_10_bis;

Suspension days_of_march(unsigned first, unsigned last, SuspensionGround ground) {
    return {LegalDate::of(2026, 3, first), LegalDate::of(2026, 3, last), ground};
}

TEST(AddSuspension, RefusesOneThatEndsBeforeItBegins) {
    const auto added = add_suspension({}, days_of_march(10, 9, kPreavviso));

    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, ErrorCode::invalid_input);
}

TEST(AddSuspension, RefusesMoreThanThirtyDaysUnderArticle2) {
    const auto added = add_suspension({}, days_of_march(1, 31, kArt2));

    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, ErrorCode::guard_failed);
}

TEST(AddSuspension, RefusesASecondOneUnderArticle2) {
    const std::vector existing{days_of_march(1, 2, kArt2)};

    const auto added = add_suspension(existing, days_of_march(10, 11, kArt2));

    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, ErrorCode::guard_failed);
}

TEST(AddSuspension, RefusesOneMoreThanTheLimit) {
    const std::vector existing(engine::calendar::kMaxSuspensions, days_of_march(1, 2, kPreavviso));

    const auto added = add_suspension(existing, days_of_march(10, 11, kPreavviso));

    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, ErrorCode::invalid_input);
}

TEST(AddSuspension, AcceptsExactlyThirtyDaysUnderArticle2) {
    EXPECT_TRUE(add_suspension({}, days_of_march(1, 30, kArt2)));
}

TEST(AddSuspension, LetsDifferentGroundsAddUp) {
    const std::vector existing{days_of_march(1, 30, kArt2)};

    const auto added = add_suspension(existing, days_of_march(5, 31, kPreavviso));

    ASSERT_TRUE(added);
    EXPECT_EQ(added->size(), 2U);
}

TEST(SuspendForPreavviso, EndsTenDaysAfterTheObservations) {
    const auto suspension = suspend_for_preavviso(
        LegalDate::of(2026, 3, 20), LegalDate::of(2026, 3, 27), LegalDate::of(2026, 3, 30));

    EXPECT_EQ(suspension,
              (Suspension{LegalDate::of(2026, 3, 21), LegalDate::of(2026, 4, 6), kPreavviso}));
}

TEST(SuspendForPreavviso, EndsWithTheirTermWithoutObservations) {
    const auto suspension =
        suspend_for_preavviso(LegalDate::of(2026, 3, 20), std::nullopt, LegalDate::of(2026, 3, 30));

    EXPECT_EQ(suspension, days_of_march(21, 30, kPreavviso));
}

TEST(SuspendForPreavviso, CountsObservationsOfTheLastDayAsInTime) {
    const auto suspension = suspend_for_preavviso(
        LegalDate::of(2026, 3, 20), LegalDate::of(2026, 3, 30), LegalDate::of(2026, 3, 30));

    EXPECT_EQ(suspension.last, LegalDate::of(2026, 4, 9));
}

TEST(SuspendForPreavviso, IsNotProlongedByLateObservations) {
    const auto suspension = suspend_for_preavviso(
        LegalDate::of(2026, 3, 20), LegalDate::of(2026, 3, 31), LegalDate::of(2026, 3, 30));

    EXPECT_EQ(suspension.last, LegalDate::of(2026, 3, 30));
}

TEST(FindSuspension, CoversBothItsEndsAndNothingElse) {
    const std::vector suspensions{days_of_march(10, 12, kPreavviso)};

    EXPECT_FALSE(find_suspension(LegalDate::of(2026, 3, 9), suspensions));
    EXPECT_TRUE(find_suspension(LegalDate::of(2026, 3, 10), suspensions));
    EXPECT_TRUE(find_suspension(LegalDate::of(2026, 3, 12), suspensions));
    EXPECT_FALSE(find_suspension(LegalDate::of(2026, 3, 13), suspensions));
}

TEST(FindLegalSuspensions, KnowsNoSummerSuspensionAndNoUnknownScope) {
    EXPECT_TRUE(find_legal_suspensions("").empty());
    EXPECT_TRUE(find_legal_suspensions("processo_civile").empty());
}

TEST(FindLegalSuspensions, KnowsTheOneOf2020ForEveryProcedure) {
    const auto found = find_legal_suspensions("procedimenti_amministrativi");

    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().days,
              (Suspension{LegalDate::of(2020, 2, 23), LegalDate::of(2020, 5, 15),
                          SuspensionGround::legge}));
}

TEST(FindLegalSuspensions, KnowsTheOneOf2022ForRunts) {
    const auto found = find_legal_suspensions("verifica_runts");

    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().days, (Suspension{LegalDate::of(2022, 7, 1), LegalDate::of(2022, 9, 15),
                                              SuspensionGround::legge}));
}

TEST(SuspensionLegalBasis, NamesTheLawOfTheTable) {
    const auto found = find_legal_suspensions("verifica_runts");

    EXPECT_EQ(suspension_legal_basis(found.front().days), "DL 73/2022 art. 25-bis");
}

TEST(SuspensionLegalBasis, IsNeverEmpty) {
    for (const auto ground :
         {kArt2, kPreavviso, SuspensionGround::legge, SuspensionGround::provvedimento}) {
        EXPECT_FALSE(suspension_legal_basis(days_of_march(1, 2, ground)).empty());
    }
}

TEST(ParseSuspensionGround, RefusesAnythingElse) {
    for (const char* text : {"", "art_2", "ART_10_BIS", "legge ", "estate"}) {
        const auto ground = parse_suspension_ground(text);

        ASSERT_FALSE(ground) << text;
        EXPECT_EQ(ground.error().code, ErrorCode::malformed) << text;
    }
}

TEST(ParseSuspensionGround, ReadsEveryName) {
    for (const auto ground :
         {kArt2, kPreavviso, SuspensionGround::legge, SuspensionGround::provvedimento}) {
        EXPECT_EQ(parse_suspension_ground(suspension_ground_name(ground)), ground);
    }
}

}  // namespace
