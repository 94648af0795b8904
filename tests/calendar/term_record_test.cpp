// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "engine/calendar/term.h"
#include "tests/calendar/term_rules.h"

namespace {

using engine::base::ErrorCode;
using engine::calendar::compute_term;
using engine::calendar::extend_term;
using engine::calendar::find_holiday;
using engine::calendar::fix_term;
using engine::calendar::LegalDate;
using engine::calendar::parse_term_json;
using engine::calendar::render_legal_date;
using engine::calendar::render_term_json;
using engine::calendar::Suspension;
using engine::calendar::Term;
using engine::calendar::TermRule;
using engine::calendar::TimeOfDay;
using tests::at;
using tests::backwards;
using tests::day;
using tests::days_from;
using tests::kNoRoll;
using tests::months_from;
using tests::saturday_rolls;
using tests::suspended;
using tests::working;

std::vector<std::string> step_codes(const TermRule& rule) {
    std::vector<std::string> codes;
    const Term term = compute_term(rule).value();
    for (const auto& step : term.steps) {
        codes.push_back(step.code);
    }
    return codes;
}

std::string reason_of(const TermRule& rule, const std::string& code) {
    const Term term = compute_term(rule).value();
    for (const auto& step : term.steps) {
        if (step.code == code) {
            return step.reason_it;
        }
    }
    return "";
}

TEST(FixTerm, RefusesADateOutsideTheTable) {
    const auto term = fix_term(LegalDate::of(2200, 1, 1), std::nullopt, {});

    ASSERT_FALSE(term);
    EXPECT_EQ(term.error().code, ErrorCode::invalid_input);
}

TEST(ExtendTerm, RefusesAtTheVeryBound) {
    const Term term = fix_term(day("2025-06-30"), std::nullopt, {}).value();
    const Term later = fix_term(day("2025-07-15"), std::nullopt, {}).value();

    const auto extended = extend_term(term, later, at("2025-07-01T00:00"));

    ASSERT_FALSE(extended);
    EXPECT_EQ(extended.error().code, ErrorCode::guard_failed);
}

TEST(ExtendTerm, RefusesAnEndThatIsNotLater) {
    const Term term = fix_term(day("2025-06-30"), std::nullopt, {}).value();

    const auto extended = extend_term(term, term, at("2025-06-01"));

    ASSERT_FALSE(extended);
    EXPECT_EQ(extended.error().code, ErrorCode::invalid_input);
}

TEST(ParseTermJson, RefusesWhatRenderTermJsonDoesNotWrite) {
    const std::string good = render_term_json(compute_term(days_from("2026-09-04", 30)).value());
    const auto changed = [&good](const std::string& from, const std::string& to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        return text;
    };
    for (const auto& text :
         {std::string(), std::string("[]"), std::string("{}"), good + "x",
          changed("risultato", "result"), changed("\"2026-10-05\"", "\"2026-10-35\""),
          changed("\"2026-10-04\"", "7"), changed("T00:00:00.000", "T99:00:00.000"),
          changed("\"codice\":", "\"extra\":1,\"codice\":"),
          changed("\"fonti\":[", "\"fonti\":[3,"), changed("\"passi\":[", "\"passi\":[null,"),
          changed("\"motivo\"", "\"codice\"")}) {
        const auto term = parse_term_json(text);

        ASSERT_FALSE(term) << text;
        EXPECT_EQ(term.error().code, ErrorCode::malformed) << text;
    }
}

// ---- bound, explanation, json ------------------------------------------------------------------

TEST(ComputeTerm, BoundsTheWholeLastDay) {
    EXPECT_EQ(compute_term(days_from("2026-09-04", 30)).value().bound, at("2026-10-06T00:00"));
}

TEST(ComputeTerm, BoundsTheStatedHourIncluded) {
    TermRule rule = days_from("2026-09-04", 30);
    rule.time = TimeOfDay{12 * 3'600'000};

    EXPECT_EQ(compute_term(rule).value().bound, at("2026-10-05T12:00:01"));
}

TEST(ComputeTerm, ExplainsEveryStepInOrder) {
    const auto rule = suspended(months_from("2027-01-31", 1), "2027-02-01", "2027-02-05");

    EXPECT_EQ(step_codes(rule),
              (std::vector<std::string>{"count", "last_day_of_month", "suspend", "keep", "bound"}));
}

TEST(ComputeTerm, GivesReasonsAnOfficerCanCopy) {
    EXPECT_EQ(reason_of(days_from("2026-09-04", 30), "count"),
              "30 giorni a partire da venerdì 04/09/2026, che non si conta: si arriva a domenica "
              "04/10/2026");
    EXPECT_EQ(reason_of(days_from("2026-12-05", 20), "roll"),
              "venerdì 25/12/2026 è festivo (Natale); sabato 26/12/2026 è festivo (Santo Stefano); "
              "domenica 27/12/2026 è festivo: il termine passa a lunedì 28/12/2026");
    EXPECT_EQ(reason_of(days_from("2026-04-08", 10), "keep"),
              "sabato 18/04/2026 non è festivo ai fini dei termini: il termine resta in quel "
              "giorno");
    EXPECT_EQ(reason_of(backwards(days_from("2026-06-17", 15)), "roll"),
              "martedì 02/06/2026 è festivo (Festa della Repubblica): il termine è anticipato a "
              "lunedì 01/06/2026");
    EXPECT_EQ(
        reason_of(suspended(days_from("2026-07-20", 30), "2026-08-01", "2026-08-15"), "suspend"),
        "il tempo della sospensione (da sabato 01/08/2026 a sabato 15/08/2026; sospensione "
        "disposta con provvedimento) non si conta: il termine passa a giovedì 03/09/2026");
}

TEST(FixTerm, RollsLikeAnyTermUnlessTheActSaysNo) {
    EXPECT_EQ(fix_term(day("2026-10-04"), std::nullopt, {}).value().due_date, day("2026-10-05"));
    EXPECT_EQ(fix_term(day("2026-10-04"), std::nullopt, kNoRoll).value().due_date,
              day("2026-10-04"));
}

TEST(ExtendTerm, MovesTheEndAndKeepsTheStory) {
    const Term term = fix_term(day("2025-06-30"), std::nullopt, {}).value();
    const Term later = fix_term(day("2025-07-15"), std::nullopt, {}).value();

    const Term extended = extend_term(term, later, at("2025-06-30T23:59:59.999")).value();

    EXPECT_EQ(extended.bound, later.bound);
    EXPECT_EQ(extended.due_date, later.due_date);
    ASSERT_EQ(extended.steps.size(), term.steps.size() + 1 + later.steps.size());
    EXPECT_EQ(extended.steps[term.steps.size()].code, "extend");
}

TEST(ParseTermJson, ReadsBackWhatRenderTermJsonWrites) {
    TermRule rule = suspended(months_from("2027-01-31", 1), "2027-02-01", "2027-02-05");
    rule.time = TimeOfDay{43'200'000};
    const Term term = compute_term(rule).value();

    EXPECT_EQ(parse_term_json(render_term_json(term)), term);
    EXPECT_EQ(parse_term_json(render_readable_term_json(term)), term);
}

TEST(ParseTermJson, ReadsBackTheLastTermOfTheTable) {
    const Term term = fix_term(LegalDate::of(2199, 12, 31), std::nullopt, {}).value();

    EXPECT_EQ(parse_term_json(render_term_json(term)), term);
}

// ---- properties --------------------------------------------------------------------------------

/// Every start of 2025–2028 with the usual lengths.
template <class Check>
void for_every_term(const Check& check) {
    for (auto from = day("2025-01-01"); from.year() <= 2028; from = from.plus_days(1)) {
        for (const int count : {1, 5, 10, 30}) {
            TermRule rule;
            rule.from = from;
            rule.count = count;
            check(rule);
        }
    }
}

void expect_sound_steps(const Term& term) {
    for (const auto& step : term.steps) {
        EXPECT_FALSE(step.reason_it.empty() || step.legal_basis.empty()) << step.code;
    }
}

TEST(EveryTerm, EndsOnOrAfterItsRawDateAndOnNoHoliday) {
    for_every_term([](const TermRule& rule) {
        const Term term = compute_term(rule).value();

        EXPECT_EQ(term.raw_date, rule.from.plus_days(rule.count));
        EXPECT_GE(term.due_date, term.raw_date);
        EXPECT_FALSE(find_holiday(term.due_date, {})) << render_legal_date(term.due_date);
        EXPECT_EQ(term.bound, engine::calendar::start_of_day(term.due_date.plus_days(1)));
        expect_sound_steps(term);
    });
}

TEST(EveryTerm, BackwardsEndsOnOrBeforeItsRawDateAndOnNoHoliday) {
    for_every_term([](const TermRule& rule) {
        const Term term = compute_term(backwards(rule)).value();

        EXPECT_EQ(term.raw_date, rule.from.plus_days(-rule.count));
        EXPECT_LE(term.due_date, term.raw_date);
        EXPECT_FALSE(find_holiday(term.due_date, {})) << render_legal_date(term.due_date);
        expect_sound_steps(term);
    });
}

TEST(EveryTerm, ThatRollsSaturdaysEndsOnNone) {
    for_every_term([](const TermRule& rule) {
        const Term term = compute_term(saturday_rolls(rule)).value();

        EXPECT_NE(term.due_date.weekday(), std::chrono::Saturday);
        EXPECT_FALSE(find_holiday(term.due_date, {})) << render_legal_date(term.due_date);
    });
}

TEST(EveryTerm, OfWorkingDaysIsNotRolled) {
    for_every_term([](const TermRule& rule) {
        const Term term = compute_term(working(rule)).value();

        EXPECT_EQ(term.due_date, term.raw_date);
        EXPECT_NE(term.due_date.weekday(), std::chrono::Saturday);
    });
}

TEST(EveryTerm, InMonthsIsSuspendedByTheDaysItSwallowed) {
    const Suspension august{day("2026-08-01"), day("2026-08-15")};
    for (auto from = day("2026-06-01"); from < day("2026-07-31"); from = from.plus_days(1)) {
        TermRule rule = months_from("2026-06-01", 2);
        rule.from = from;
        const Term plain = compute_term(rule).value();
        rule.suspensions = {august};
        const Term moved = compute_term(rule).value();

        const int swallowed = plain.raw_date < august.first ? 0 : 15;
        EXPECT_EQ(moved.raw_date, plain.raw_date.plus_days(swallowed));
    }
}

}  // namespace
