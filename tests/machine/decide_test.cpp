// SPDX-License-Identifier: EUPL-1.2
// Whether an act is admitted: state, role, payload, guard, in this order; and what it leads to.
#include "engine/machine/decide.h"

#include <gtest/gtest.h>

#include "tests/machine/bench.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::base::Fields;
using engine::base::InstanceId;
using engine::machine::Actor;
using engine::machine::DeadlineStatus;
using engine::machine::Snapshot;
using engine::machine::StateEntered;
using engine::machine::TaskStatus;

constexpr const char* kSignedAtto = R"({"document_signed": "atto"})";

TEST(Decide, RefusesInTheOrderOfStateRolePayloadAndGuard) {
    Bench bench(bench_guarded(kSignedAtto));
    bench.facts.own.record.instance.state = "due";
    Actor actor = bench.body;
    Fields payload{{"posti", "0"}};

    const auto unknown = bench.decide("agisci", actor, payload);
    bench.facts.own.record.instance.state = "uno";
    const auto forbidden = bench.decide("agisci", actor, payload);
    actor = bench.officer;
    const auto invalid = bench.decide("agisci", actor, payload);
    payload["posti"] = "1";
    const auto guarded = bench.decide("agisci", actor, payload);
    bench.add_document("atto", "dirigente");
    const auto admitted = bench.decide("agisci", actor, payload);

    EXPECT_EQ(unknown.error().code, ErrorCode::event_not_available);
    EXPECT_EQ(forbidden.error().code, ErrorCode::forbidden);
    EXPECT_EQ(invalid.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(guarded.error().code, ErrorCode::guard_failed);
    EXPECT_TRUE(admitted.has_value());
}

TEST(Decide, SaysWhichActsOfTheRoleTheStateKnows) {
    const Bench bench;

    const auto plan = bench.decide("torna");

    ASSERT_FALSE(plan.has_value());
    std::vector<std::string> events;
    for (const auto& detail : plan.error().details) {
        events.push_back(detail.code);
    }
    const std::vector<std::string> expected{"agisci", "adempi", "avanza", "chiudi"};
    EXPECT_EQ(events, expected);  // not "ascolta": only a signal can cause it
}

TEST(Decide, ToAnActUnknownHereAnswersWithNoOtherRolesActs) {
    const Bench bench;

    const auto plan = bench.decide("torna", bench.director, {});

    ASSERT_FALSE(plan.has_value());
    EXPECT_TRUE(plan.error().details.empty());
    EXPECT_NE(plan.error().message_it.find("nessun atto da compiere"), std::string::npos)
        << plan.error().message_it;
}

TEST(Decide, SaysWhyAnActOfTheRoleIsImpossibleNow) {
    const Bench bench(bench_guarded(kSignedAtto));

    const auto plan = bench.decide("torna");

    ASSERT_FALSE(plan.has_value());
    const auto& first = plan.error().details.front();
    EXPECT_EQ(first.code, "agisci");
    EXPECT_TRUE(first.message_it.starts_with("Agisci, ma ora no: ")) << first.message_it;
    EXPECT_EQ(first.legal_basis, std::vector<std::string>{"Legge art. 2"});
    EXPECT_EQ(plan.error().details.back().message_it, "Chiudi");
}

TEST(Decide, RefusesAPersonTheEventOfASignal) {
    const Bench bench;

    const auto plan = bench.decide("ascolta", {{"esito", R"("x")"}});

    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().code, ErrorCode::event_not_available);
}

TEST(Decide, NamesEveryRefusedConditionWithItsNorm) {
    const Bench bench(bench_guarded(R"({"all": [{"document_signed": "atto"},
        {"task_done": "lavoro", "legal_basis": ["Legge art. 9"]}]})"));

    const auto plan = bench.decide("agisci");

    ASSERT_FALSE(plan.has_value());
    ASSERT_EQ(plan.error().details.size(), 2U);
    EXPECT_EQ(plan.error().details[0].legal_basis.front(), "Legge art. 2");
    EXPECT_EQ(plan.error().details[1].legal_basis.front(), "Legge art. 9");
}

TEST(Decide, ListsEveryMistakeOfThePayloadWithItsPointer) {
    const Bench bench(replaced(bench_text(), R"("may_take": ["oggetto", "esito")",
                               R"("takes": ["oggetto"], "may_take": ["esito")"));

    const auto plan = bench.decide(
        "agisci",
        {{"posti", "0"}, {"giorno", R"("12345678901234567")"}, {"ignoto", "1"}, {"esito", "7"}});

    ASSERT_FALSE(plan.has_value());
    std::string mistakes;
    for (const auto& detail : plan.error().details) {
        mistakes += detail.pointer + " " + detail.code + "\n";
    }
    EXPECT_EQ(mistakes,
              "/oggetto required\n/esito type\n/giorno maxLength\n/ignoto additionalProperties\n"
              "/posti minimum\n");
}

// A reason of nothing but spaces is no reason, and nobody can read what cannot be seen.
TEST(Decide, RefusesTextsThatNobodyCouldRead) {
    const Bench bench(replaced(bench_text(), R"("may_take": ["oggetto", "esito")",
                               R"("takes": ["oggetto"], "may_take": ["esito")"));

    for (const char* text : {R"("   ")", R"("\u0000a")", R"("a\u202eb")"}) {
        const auto plan = bench.decide("agisci", {{"oggetto", text}});
        ASSERT_FALSE(plan.has_value()) << text;
        EXPECT_EQ(plan.error().details.front().pointer, "/oggetto");
        EXPECT_EQ(plan.error().details.front().code, "text");
    }
    EXPECT_TRUE(bench.decide("agisci", {{"oggetto", R"("due\nrighe")"}}).has_value());
}

TEST(Decide, RefusesAFieldThatIsKnownButNotOfThisEvent) {
    const Bench bench;

    const auto plan = bench.decide("adempi", {{"oggetto", R"("x")"}});

    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().details.front().pointer, "/oggetto");
}

TEST(Decide, KeepsThePayload) {
    Bench bench;

    bench.apply(bench.decide("agisci", {{"oggetto", R"("x")"}, {"posti", "3"}}));

    EXPECT_EQ(bench.facts.own.values["oggetto"], R"("x")");
    EXPECT_EQ(bench.facts.own.values["posti"], "3");
}

// ---- roles ----------------------------------------------------------------------------------

struct ScopeRow {
    const char* role;
    const char* office;
    const char* party;
    bool is_allowed;
};

TEST(Decide, LetsARoleActWhereItsScopeReaches) {
    const std::string anybody =
        replaced(bench_text(), R"("by": ["funzionario"], "legal_basis")",
                 R"("by": ["funzionario", "ente", "regione"], "legal_basis")");
    const ScopeRow rows[] = {
        {"dirigente", "326", "", false},   {"ignoto", "326", "", false},
        {"funzionario", "327", "", false}, {"funzionario", "", "", false},
        {"funzionario", "326", "", true},  {"ente", "326", "B", false},
        {"ente", "", "", false},           {"ente", "", "A", true},
        {"regione", "999", "", true},      {"regione", "", "", true},
    };

    for (const ScopeRow& row : rows) {
        SCOPED_TRACE(std::string(row.role) + " " + row.office + " " + row.party);
        Bench bench(anybody);
        bench.facts.own.record.instance.party = "A";
        const auto plan = bench.decide("agisci", {"p", row.role, row.office, row.party}, {});
        EXPECT_EQ(plan.has_value(), row.is_allowed);
        EXPECT_TRUE(plan.has_value() || plan.error().code == ErrorCode::forbidden);
    }
}

TEST(Decide, LetsAnyBodyActOnWhatIsOfNoBody) {
    const Bench bench(replaced(bench_text(), R"("by": ["funzionario"], "legal_basis")",
                               R"("by": ["ente"], "legal_basis")"));

    const auto nobody = bench.decide("agisci", {"e1", "ente", "", ""}, {});
    const auto some = bench.decide("agisci", bench.body, {});

    EXPECT_FALSE(nobody.has_value());
    EXPECT_TRUE(some.has_value());
}

// ---- states ---------------------------------------------------------------------------------

TEST(Decide, EntersAStateAndStartsWhatItStarts) {
    Bench bench;
    bench.apply(bench.decide("avanza"));

    bench.apply(bench.decide("torna"));

    EXPECT_EQ(bench.facts.own.record.instance.state, "uno");
    EXPECT_EQ(bench.facts.own.record.instance.previous_state, "due");
    EXPECT_TRUE(bench.facts.own.record.tasks.empty());  // coming back resumes: nothing restarts
}

TEST(Decide, ASelfTransitionRestartsNothing) {
    Bench bench(bench_doing(R"({"set": {"field": "esito", "value": "fatto"}})"));

    const auto plan = bench.decide("agisci");

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(effect_names(*plan), "value_set");
}

TEST(Decide, ATransitionToTheSameStateByNameStartsItAgain) {
    Bench bench(replaced(bench_text(), R"("do": [])", R"("target": "uno")"));

    const auto plan = bench.decide("agisci");

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(effect_names(*plan), "state_entered task_opened");
}

TEST(Decide, AnEndClosesTasksAndTerms) {
    Bench bench(bench_doing(R"({"start_task": "lavoro"}, {"start_deadline": "obbligo"})"));
    bench.apply(bench.decide("agisci"));

    bench.apply(bench.decide("chiudi"));

    EXPECT_TRUE(bench.facts.own.record.instance.is_final);
    EXPECT_EQ(bench.facts.own.record.tasks.begin()->second.status, TaskStatus::cancelled);
    for (const auto& [key, deadline] : bench.facts.own.record.deadlines) {
        EXPECT_EQ(deadline.status, DeadlineStatus::cancelled) << key.name;
    }
}

TEST(Decide, TakesTheFirstBranchThatHolds) {
    const std::string text = replaced(bench_text(), R"("do": [])",
                                      R"("branches": [
            {"title": "Primo", "guard": {"document_signed": "atto"}, "target": "fine"},
            {"title": "Secondo", "guard": {"document_present": "atto"}, "target": "due"},
            {"title": "Terzo"}])");
    Bench bench(text);

    const auto third = bench.decide("agisci");
    bench.add_document("atto");
    const auto second = bench.decide("agisci");
    bench.add_document("atto", "dirigente");
    const auto first = bench.decide("agisci");

    EXPECT_EQ(third->title, "Terzo");
    EXPECT_EQ(second->title, "Secondo");
    EXPECT_EQ(first->title, "Primo");
}

TEST(Decide, MeetsAnObligationInTimeOrLate) {
    Bench in_time;
    Bench late;
    in_time.add_deadline("obbligo", "2025-02-03T09:00:00.001");
    late.add_deadline("obbligo", "2025-02-03T09:00", DeadlineStatus::missed);

    in_time.apply(in_time.decide("adempi"));
    late.apply(late.decide("adempi"));

    EXPECT_EQ(in_time.deadline("obbligo").status, DeadlineStatus::met);
    EXPECT_EQ(late.deadline("obbligo").status, DeadlineStatus::met_late);
}

// ---- opening, signals, automatic transitions ------------------------------------------------

engine::machine::Command opening_by(const Actor& actor, const Fields& payload) {
    engine::machine::Command command;
    command.actor = actor;
    command.payload = payload;
    return command;
}

TEST(Decide, RefusesAnOpeningByRoleThenByPayload) {
    const Bench bench;

    const auto forbidden = decide_opening(bench.context(), opening_by(bench.director, {}), true);
    const auto invalid = decide_opening(bench.context(), opening_by(bench.officer, {}), true);

    EXPECT_EQ(forbidden.error().code, ErrorCode::forbidden);
    EXPECT_EQ(invalid.error().code, ErrorCode::invalid_input);
}

TEST(Decide, OpensWithValuesAndTheFirstState) {
    const Bench bench;
    const auto command = opening_by(bench.officer, {{"oggetto", R"("x")"}});

    const auto plan = decide_opening(bench.context(), command, true);

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(effect_names(*plan), "instance_opened value_set state_entered task_opened");
}

TEST(Decide, AChildKeepsOnlyTheFieldsItKnows) {
    const Bench bench;
    const auto command = opening_by(bench.body, {{"oggetto", R"("x")"}, {"altrui", "1"}});

    const auto plan = decide_opening(bench.context(), command, false);

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(effect_names(*plan), "instance_opened value_set state_entered task_opened");
}

TEST(Decide, ASignalThatTheStateDoesNotKnowLeavesItAsItIs) {
    Bench bench;
    bench.facts.own.record.instance.state = "due";

    const auto plan = decide_signal(bench.context(), "ascolta", {}, bench.officer);

    ASSERT_TRUE(plan.has_value());
    EXPECT_FALSE(plan->has_value());
}

TEST(Decide, ASignalThatTheGuardRefusesLeavesItAsItIs) {
    const Bench bench(bench_guarded(kSignedAtto));

    const auto plan = decide_signal(bench.context(), "agisci", {}, bench.officer);

    ASSERT_TRUE(plan.has_value());
    EXPECT_FALSE(plan->has_value());
}

TEST(Decide, OfASignalOnlyWhatTheTransitionTakesCrosses) {
    const Bench bench;
    const Fields payload{{"esito", R"("x")"}, {"oggetto", R"("y")"}};

    const auto plan = decide_signal(bench.context(), "ascolta", payload, bench.officer);

    ASSERT_TRUE(plan.has_value() && plan->has_value());
    EXPECT_EQ(effect_names(**plan), "value_set state_entered");
}

TEST(Decide, AnAutomaticTransitionWaitsForItsGuard) {
    Bench bench(replaced(bench_text(), R"("due": { "title": "Due", "on")",
                         R"("due": { "title": "Due", "automatic": [ { "target": "fine",
                            "guard": { "document_present": "atto" } } ], "on")"));
    const auto elsewhere = decide_automatic(bench.context());
    bench.facts.own.record.instance.state = "due";

    const auto waiting = decide_automatic(bench.context());
    bench.add_document("atto");
    const auto ready = decide_automatic(bench.context());

    EXPECT_FALSE(elsewhere->has_value());
    EXPECT_FALSE(waiting->has_value());
    ASSERT_TRUE(ready->has_value());
    EXPECT_TRUE(std::get<StateEntered>((*ready)->effects.front()).is_final);
}

TEST(Decide, TheEventsOfARoleComeWithWhatStandsInTheirWay) {
    Bench bench(bench_guarded(kSignedAtto));

    const auto before = available_events(bench.context(), bench.officer);
    bench.add_document("atto", "dirigente");
    const auto after = available_events(bench.context(), bench.officer);

    ASSERT_EQ(before.size(), 4U);
    EXPECT_EQ(before.front().event, "agisci");
    EXPECT_EQ(before.front().refusals.size(), 1U);
    EXPECT_TRUE(after.front().refusals.empty());
    EXPECT_TRUE(available_events(bench.context(), bench.body).empty());
}

}  // namespace
}  // namespace tests
