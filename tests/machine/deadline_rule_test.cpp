// SPDX-License-Identifier: EUPL-1.2
// What the end of a deadline is computed from, frozen in its row.
#include "engine/machine/deadline_rule.h"

#include <gtest/gtest.h>

#include "tests/machine/bench.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::base::Fields;
using engine::calendar::LegalDate;
using engine::calendar::Suspension;
using engine::calendar::SuspensionGround;
using engine::calendar::TermDirection;
using engine::calendar::TermUnit;
using engine::machine::Deadline;
using engine::machine::DeadlineRule;
using engine::machine::DeadlineStatus;

DeadlineRule counted(int count) {
    DeadlineRule rule;
    rule.term.from = LegalDate::of(2025, 2, 3);
    rule.term.count = count;
    return rule;
}

DeadlineRule fixed(LegalDate day) {
    DeadlineRule rule;
    rule.term.from = LegalDate::of(2025, 2, 3);
    rule.fixed_on = day;
    return rule;
}

Suspension ten_days() {
    return {LegalDate::of(2025, 2, 10), LegalDate::of(2025, 2, 19), SuspensionGround::art_10_bis};
}

void expect_same_again(const char* title, const DeadlineRule& rule) {
    SCOPED_TRACE(title);

    const std::string text = render_deadline_rule(rule);
    const auto again = engine::machine::parse_deadline_rule(text);

    ASSERT_TRUE(again.has_value()) << text;
    EXPECT_EQ(*again, rule) << text;
    EXPECT_EQ(render_deadline_rule(*again), text);
}

TEST(DeadlineRule, SurvivesItsJson) {
    expect_same_again("days", counted(30));
    expect_same_again("fixed", fixed(LegalDate::of(2025, 6, 30)));

    DeadlineRule rule = counted(6);
    rule.term.unit = TermUnit::months;
    expect_same_again("months", rule);
    rule.term.unit = TermUnit::years;
    rule.term.direction = TermDirection::backward;
    expect_same_again("years before", rule);
    rule = counted(5);
    rule.term.day_count = engine::calendar::DayCount::working;
    rule.term.both_ends_clear = true;
    expect_same_again("clear working days", rule);
    rule.term.time = engine::calendar::TimeOfDay{43'200'000};
    expect_same_again("hour", rule);
    rule.term.roll = {false, false, {}};
    expect_same_again("no roll", rule);
    rule.term.roll = {
        true, true, {{std::chrono::month_day{std::chrono::December, std::chrono::day{7}}}}};
    expect_same_again("patron", rule);
    rule.term.suspensions = {ten_days()};
    expect_same_again("suspended", rule);
    rule.suspended_from = LegalDate::of(2025, 3, 1);
    rule.suspended_on = SuspensionGround::art_2_c_7;
    expect_same_again("suspended without an end", rule);
}

TEST(DeadlineRule, RefusesWhatItNeverWrote) {
    const char* const texts[] = {
        "",
        "null",
        "[]",
        "{",
        R"({"roll":{"holiday":true,"saturday":false,"patrons":[]}})",
        R"({"from":"2025-02-03"})",
        R"({"from":"ieri","roll":{"holiday":true,"saturday":false,"patrons":[]}})",
        R"({"from":"2025-02-03","unit":9,"roll":{"holiday":true,"saturday":false,"patrons":[]}})",
        R"({"from":"2025-02-03","unit":-1,"roll":{"holiday":true,"saturday":false,"patrons":[]}})",
        R"({"from":"2025-02-03","suspensions":[{"first":"2025-02-04","last":"2025-02-05",
            "ground":"ferie"}],"roll":{"holiday":true,"saturday":false,"patrons":[]}})",
    };

    for (const char* text : texts) {
        SCOPED_TRACE(text);
        const auto rule = engine::machine::parse_deadline_rule(text);
        ASSERT_FALSE(rule.has_value());
        EXPECT_EQ(rule.error().code, ErrorCode::storage_corrupt);
    }
}

TEST(DeadlineRule, AFixedDateIsItself) {
    const auto term = compute_due(fixed(LegalDate::of(2025, 6, 30)));

    ASSERT_TRUE(term.has_value());
    EXPECT_EQ(term->due_date, LegalDate::of(2025, 6, 30));
    EXPECT_EQ(term->bound, at("2025-07-01T00:00"));
}

TEST(DeadlineRule, AFixedDateMovesOnByTheDaysThatDoNotCount) {
    DeadlineRule rule = fixed(LegalDate::of(2025, 6, 20));
    rule.term.suspensions = {ten_days()};

    const auto term = compute_due(rule);

    ASSERT_TRUE(term.has_value());
    EXPECT_EQ(term->due_date, LegalDate::of(2025, 6, 30));
}

TEST(DeadlineRule, AFixedDateOnAHolidayRolls) {
    const auto term = compute_due(fixed(LegalDate::of(2025, 6, 2)));

    ASSERT_TRUE(term.has_value());
    EXPECT_EQ(term->due_date, LegalDate::of(2025, 6, 3));
}

TEST(DeadlineRule, AnOpenSuspensionLeavesNoBound) {
    Deadline deadline;
    ASSERT_TRUE(set_due(deadline, counted(30)).has_value());
    const auto term = deadline.term;
    DeadlineRule rule = counted(30);
    rule.suspended_from = LegalDate::of(2025, 2, 10);

    ASSERT_TRUE(set_due(deadline, rule).has_value());

    EXPECT_EQ(deadline.status, DeadlineStatus::suspended);
    EXPECT_FALSE(deadline.bound.has_value());
    EXPECT_FALSE(deadline.due_date.has_value());
    EXPECT_EQ(deadline.term, term);  // the explanation of before, until there is another
}

TEST(DeadlineRule, ARowHasItsDateItsBoundAndItsExplanation) {
    Deadline deadline;

    ASSERT_TRUE(set_due(deadline, counted(30)).has_value());

    EXPECT_EQ(deadline.status, DeadlineStatus::running);
    EXPECT_EQ(deadline.due_date, "2025-03-05");
    EXPECT_EQ(deadline.bound, at("2025-03-06T00:00"));
    EXPECT_TRUE(engine::calendar::parse_term_json(deadline.term.text).has_value());
    EXPECT_EQ(deadline.rule.text, render_deadline_rule(counted(30)));
}

TEST(DeadlineRule, ATermOfNoDaysIsRefused) {
    Deadline deadline;

    const auto done = set_due(deadline, counted(0));

    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().code, ErrorCode::invalid_input);
}

struct SourceRow {
    const char* due;
    const char* pointer;  ///< of the value that is missing or wrong; empty: it has no pointer
    Fields repair;
    const char* due_date;
};

TEST(DeadlineRule, AnExceptionalLawSuspendsTheTermsOfItsScopeOnly) {
    Bench bench;
    bench.facts.times =
        engine::machine::ActTimes::of_act(at("2020-03-02T10:00"), at("2020-03-02T10:00"));
    engine::definition::DueRule due;
    due.count = {engine::definition::SourceScope::constant, "30"};
    due.from = {engine::definition::SourceScope::now, ""};
    const auto plain = engine::machine::resolve_due(due, bench.facts, {});
    due.suspension_scope = "procedimenti_amministrativi";

    const auto suspended = engine::machine::resolve_due(due, bench.facts, {});

    // DL 18/2020 art. 103: no day counts until 15 May 2020, the thirtieth after it is 14 June,
    // a Sunday.
    EXPECT_EQ(engine::machine::compute_due(*plain)->due_date, LegalDate::of(2020, 4, 1));
    EXPECT_EQ(engine::machine::compute_due(*suspended)->due_date, LegalDate::of(2020, 6, 15));
}

TEST(DeadlineRule, NamesTheValueThatIsMissing) {
    const SourceRow rows[] = {
        {R"({"on": {"own": "giorno"}})", "/giorno", {{"giorno", R"("2025-03-31")"}}, "2025-03-31"},
        {R"({"days": {"own": "posti"}, "after": "now"})",
         "/posti",
         {{"posti", "10"}},
         "2025-02-13"},
        {R"({"days": 10, "after": {"own": "giorno"}})",
         "/giorno",
         {{"giorno", R"("2025-03-03")"}},
         "2025-03-13"},
        {R"({"days": 10, "before": {"deadline": "chiusura"}})", "/chiusura", {}, nullptr},
        {R"({"days": 10, "after": {"initiative": "inizio"}})", "/inizio", {}, nullptr},
        {R"({"days": 10, "after": {"parent": "inizio"}})", "/inizio", {}, nullptr},
    };

    for (const SourceRow& row : rows) {
        SCOPED_TRACE(row.due);
        Bench bench(replaced(bench_text(), R"({ "days": 30, "after": "now" })", row.due));
        const auto& due = bench.definition->deadlines.find("obbligo")->due;
        const auto before = resolve_due(due, bench.facts, {});
        ASSERT_FALSE(before.has_value());
        EXPECT_EQ(before.error().code, ErrorCode::invalid_input);
        EXPECT_EQ(before.error().details.front().pointer, row.pointer);
        if (row.due_date == nullptr) {
            continue;
        }
        bench.facts.own.values = row.repair;
        const auto after = resolve_due(due, bench.facts, {});
        ASSERT_TRUE(after.has_value());
        EXPECT_EQ(render_legal_date(compute_due(*after)->due_date), row.due_date);
    }
}

TEST(DeadlineRule, RefusesADateThatIsNone) {
    Bench bench;
    bench.facts.own.values["giorno"] = R"("2025-02-30")";

    const auto rule =
        resolve_due(bench.definition->deadlines.find("chiusura")->due, bench.facts, {});

    ASSERT_FALSE(rule.has_value());
    EXPECT_EQ(rule.error().code, ErrorCode::malformed);
}

TEST(DeadlineRule, TakesWhatTheNoticeSaysOnHolidaysAndTheHour) {
    Bench bench(replaced(bench_text(), R"({ "days": 30, "after": "now" })",
                         R"({"days": 5, "after": "now", "roll_saturday": {"own": "sabato"},
                             "patron": {"own": "patrono"}, "time": {"own": "ora"}})"));
    const auto& due = bench.definition->deadlines.find("obbligo")->due;

    const auto plain = compute_due(*resolve_due(due, bench.facts, {}));
    bench.facts.own.values = {{"sabato", "true"}, {"ora", R"("12:00")"}};
    const auto rolled = compute_due(*resolve_due(due, bench.facts, {}));

    EXPECT_EQ(plain->bound, at("2025-02-09T00:00"));  // Saturday the 8th
    EXPECT_EQ(rolled->bound, at("2025-02-10T12:00:01"));
}

/// A feast of a law published after the act: suspended later, the term still counts as it was
/// fixed.
TEST(DeadlineRule, KeepsTheHolidaysOfTheDayOfItsAct) {
    auto rule = fixed(LegalDate::of(2027, 10, 4));
    rule.term.roll.known_on = LegalDate::of(2025, 5, 5);

    const auto kept = engine::machine::parse_deadline_rule(render_deadline_rule(rule));

    ASSERT_TRUE(kept.has_value()) << kept.error().message_it;
    EXPECT_EQ(*kept, rule);
    EXPECT_EQ(compute_due(*kept)->due_date, LegalDate::of(2027, 10, 4));
    rule.term.roll.known_on.reset();
    EXPECT_EQ(compute_due(rule)->due_date, LegalDate::of(2027, 10, 5));
}

TEST(DeadlineRule, RefusesAnHourOrAPatronThatIsNone) {
    for (const auto& [field, json] : {std::pair{"ora", R"("25:00")"}, {"patrono", R"("32-13")"}}) {
        SCOPED_TRACE(field);
        Bench bench(replaced(bench_text(), R"({ "days": 30, "after": "now" })",
                             R"({"days": 5, "after": "now", "patron": {"own": "patrono"},
                                 "time": {"own": "ora"}})"));
        bench.facts.own.values[field] = json;
        EXPECT_FALSE(
            resolve_due(bench.definition->deadlines.find("obbligo")->due, bench.facts, {}));
    }
}

}  // namespace
}  // namespace tests
