// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "engine/calendar/term.h"
#include "tests/support/command_line_run.h"

namespace {

using tests::run;

constexpr int kOk = 0;
constexpr int kBadInput = 2;

class DeadlineRefuses : public testing::TestWithParam<const char*> {};

TEST_P(DeadlineRefuses, WithOneLineAndNothingOnOut) {
    const auto result = run(GetParam());

    EXPECT_EQ(result.exit_code, kBadInput);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    EXPECT_TRUE(result.err.starts_with("coprog: ")) << result.err;
}

INSTANTIATE_TEST_SUITE_P(
    BadInput, DeadlineRefuses,
    testing::Values(
        "deadline", "deadline --days 30", "deadline --from 2026-09-04", "deadline --from --days 30",
        "deadline --from 2026-09-04 --days", "deadline --from 2026-09-04 2026-09-05 --days 30",
        "deadline --from 2026-02-29 --days 30", "deadline --from 04/09/2026 --days 30",
        "deadline --from 2026-09-04T10:00 --days 30", "deadline --from 1985-12-31 --days 30",
        "deadline --from 2200-01-01 --days 30", "deadline --from 2199-12-30 --days 30",
        "deadline --from 2199-12-30 --years 1", "deadline --from 1986-01-05 --days 30 --backward",
        "deadline --from 2026-09-04 --from 2026-09-05 --days 30",
        "deadline --from 2026-09-04 --days 0", "deadline --from 2026-09-04 --days -5",
        "deadline --from 2026-09-04 --days=-5", "deadline --from 2026-09-04 --days +5",
        "deadline --from 2026-09-04 --days 3.5", "deadline --from 2026-09-04 --days 3x",
        "deadline --from 2026-09-04 --days trenta", "deadline --from 2026-09-04 --days 0x10",
        "deadline --from 2026-09-04 --days 36501", "deadline --from 2026-09-04 --days 2147483648",
        "deadline --from 2026-09-04 --days 99999999999999999999",
        "deadline --from 2026-09-04 --years 36500", "deadline --from 2026-09-04 --months 36500",
        "deadline --from 2026-09-04 --days 3 4", "deadline --from 2026-09-04 --days 3 --days 4",
        "deadline --from 2026-09-04 --days 30 --months 1",
        "deadline --from 2026-09-04 --months 1 --years 1",
        "deadline --from 2026-09-04 --months 1 --working-days",
        "deadline --from 2026-09-04 --years 1 --working-days",
        "deadline --from 2026-09-04 --days 30 --no-roll --saturday-rolls",
        "deadline --from 2026-09-04 --days 30 --no-roll --patron 12-07",
        "deadline --from 2026-09-04 --days 30 --patron 13-01",
        "deadline --from 2026-09-04 --days 30 --patron 12/07",
        "deadline --from 2026-09-04 --days 30 --patron",
        "deadline --from 2026-09-04 --days 30 --suspend 2026-09-20..2026-09-10",
        "deadline --from 2026-09-04 --days 30 --suspend 2026-09-10",
        "deadline --from 2026-09-04 --days 30 --suspend 2026-09-10..",
        "deadline --from 2026-09-04 --days 30 --suspend ..2026-09-10",
        "deadline --from 2026-09-04 --days 30 --suspend 2026-09-10...2026-09-20",
        "deadline --from 2026-09-04 --days 30 --suspend 2026-09-31..2026-10-02",
        "deadline --from 2026-09-04 --days 30 --suspend 2026-09-10..2199-12-31",
        "deadline --from 2026-09-04 --days 30 --suspend",
        "deadline --from 2026-09-04 --days 30 --unknown",
        "deadline --from 2026-09-04 --days 30 extra",
        "deadline --from 2026-13-04 --days 30 --json"));

TEST(DeadlineRefusesInput, ThatHoldsALineBreakWithOneLine) {
    const auto result = tests::run_arguments({"deadline", "--from", "2026\n09-04", "--days", "30"});

    EXPECT_EQ(result.exit_code, kBadInput);
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
}

TEST(DeadlineRefusesInput, OfMoreSuspensionsThanATermCanHave) {
    std::string line = "deadline --from 2026-09-04 --days 30";
    for (std::size_t count = 0; count <= engine::calendar::kMaxSuspensions; ++count) {
        line += " --suspend 2026-09-10..2026-09-11";
    }

    EXPECT_EQ(run(line).exit_code, kBadInput);
}

struct Answer {
    const char* arguments;
    const char* date;
};

class DeadlinePrints : public testing::TestWithParam<Answer> {};

TEST_P(DeadlinePrints, TheDateAndNothingElse) {
    const auto result = run(std::string("deadline ") + GetParam().arguments);

    EXPECT_EQ(result.exit_code, kOk) << result.err;
    EXPECT_EQ(result.out, std::string(GetParam().date) + "\n");
    EXPECT_EQ(result.err, "");
}

INSTANTIATE_TEST_SUITE_P(
    Law, DeadlinePrints,
    testing::Values(
        Answer{"--from 2026-09-04 --days 30", "2026-10-05"},
        Answer{"--from 2027-09-04 --days 30", "2027-10-05"},
        Answer{"--from 2025-04-01 --days 20", "2025-04-22"},
        Answer{"--from 2026-12-05 --days 20", "2026-12-28"},
        Answer{"--from 2027-01-31 --months 1", "2027-03-01"},
        Answer{"--from 2028-02-29 --years 1", "2029-02-28"},
        Answer{"--from 2026-06-17 --days 15 --backward", "2026-06-01"},
        Answer{"--from 2026-05-02 --days 10 --backward --clear", "2026-04-21"},
        Answer{"--from 2026-12-23 --days 5 --working-days", "2026-12-31"},
        Answer{"--from 2026-07-20 --days 30 --suspend 2026-08-01..2026-08-15", "2026-09-03"},
        Answer{"--from 2026-03-02 --days 30 --suspend 2026-03-21..2026-04-06", "2026-04-18"},
        Answer{"--from 2026-03-02 --days 30 --suspend 2026-03-21..2026-04-06 --saturday-rolls",
               "2026-04-20"},
        Answer{"--from 2026-03-02 --days 30 --suspend 2026-03-21..2026-03-30", "2026-04-11"},
        Answer{"--from 2026-03-02 --days 30 --suspend 2026-03-21..2026-03-30 --saturday-rolls",
               "2026-04-13"},
        Answer{"--from 2026-07-20 --days 30 --suspend 2026-08-01..2026-08-10 --suspend "
               "2026-08-06..2026-08-15",
               "2026-09-03"},
        Answer{"--from 2026-09-04 --days 30 --no-roll", "2026-10-04"},
        Answer{"--from 2026-11-07 --days 30", "2026-12-07"},
        Answer{"--from 2026-11-07 --days 30 --patron 12-07", "2026-12-09"},
        Answer{"--from=2026-11-07 --days=30 --patron 05-08 --patron 12-07", "2026-12-09"}));

TEST(DeadlineJson, ExplainsTheTermWithReasonAndLaw) {
    const auto result = run("deadline --from 2026-09-04 --days 30 --json");
    const auto term = engine::calendar::parse_term_json(result.out);

    ASSERT_TRUE(term) << result.out;
    EXPECT_EQ(term->raw_date, engine::calendar::LegalDate::of(2026, 10, 4));
    EXPECT_EQ(term->due_date, engine::calendar::LegalDate::of(2026, 10, 5));
    ASSERT_EQ(term->steps.size(), 3U);
    EXPECT_EQ(term->steps[1].reason_it,
              "domenica 04/10/2026 è festivo (San Francesco, patrono d'Italia): il termine passa a "
              "lunedì 05/10/2026");
}

TEST(DeadlineJson, IsIndented) {
    EXPECT_TRUE(run("deadline --from 2026-09-04 --days 30 --json")
                    .out.starts_with("{\n  \"risultato\": \"2026-10-05\",\n"));
}

TEST(DeadlineHelp, IsInItalian) {
    const auto result = run("deadline --help");

    EXPECT_EQ(result.exit_code, kOk);
    EXPECT_NE(result.out.find("Uso: "), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("Conta a ritroso"), std::string::npos) << result.out;
    EXPECT_EQ(result.out.find("Print this help"), std::string::npos) << result.out;
}

}  // namespace
