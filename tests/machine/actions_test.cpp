// SPDX-License-Identifier: EUPL-1.2
// What each action makes true, and when it refuses.
#include <gtest/gtest.h>

#include "tests/machine/bench.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::base::InstanceId;
using engine::machine::Plan;
using engine::machine::Snapshot;
using engine::machine::TaskStatus;

struct ActionRow {
    const char* before;  ///< actions done earlier
    const char* action;
    const char* effects;
};

TEST(Actions, EachMakesItsOwnEffectTrue) {
    const char* const start = R"({"start_deadline": "chiusura"})";
    const ActionRow rows[] = {
        {"", R"({"start_deadline": "chiusura"})", "deadline_set"},
        {start, R"({"start_deadline": "chiusura"})", "deadline_ended deadline_set"},
        {"", R"({"start_deadline": "obbligo"})", "deadline_set deadline_set deadline_set"},
        {start, R"({"move_deadline": {"deadline": "chiusura", "to": "2025-04-30"}})",
         "deadline_set"},
        {R"({"start_deadline": "chiusura"}, {"cancel_deadline": "chiusura"})",
         R"({"reopen_deadline": {"deadline": "chiusura", "to": "2025-04-30"}})", "deadline_set"},
        {start, R"({"cancel_deadline": "chiusura"})", "deadline_ended"},
        {"", R"({"cancel_deadline": "chiusura"})", ""},
        {start,
         R"({"suspend_deadline": {"deadline": "chiusura", "ground": "legge", "after": "now",
             "days": 5}})",
         "deadline_set"},
        {"", R"({"suspend_deadline": {"deadline": "chiusura", "ground": "legge", "after": "now"}})",
         ""},
        {start, R"({"end_suspension": {"deadline": "chiusura", "ground": "legge", "on": "now"}})",
         ""},
        {"", R"({"start_task": "lavoro"})", "task_opened"},
        {R"({"start_task": "lavoro"})", R"({"complete_task": "lavoro"})", "task_ended"},
        {R"({"start_task": "lavoro"}, {"start_task": "lavoro"})", R"({"cancel_task": "lavoro"})",
         "task_ended task_ended"},
        {"", R"({"complete_task": "lavoro"})", ""},
        {"", R"({"open_child": "figli"})", ""},
        {"", R"({"signal": {"to": "parent", "event": "agisci"}})", ""},
        {"", R"({"send": "avviso"})", "message_queued"},
        {"", R"({"publish": "atto"})", "document_published"},
        {"", R"({"freeze": "atto"})", "document_frozen"},
        {"", R"({"assign_number": "ingresso"})", "registered"},
        {"", R"({"set": {"field": "esito", "value": "x"}})", "value_set"},
        {"", R"({"set": {"field": "esito", "value": {"own": "posti"}}})", ""},
        {"", R"({"append": {"field": "esito", "value": "x"}})", "value_set"},
        {"", R"({"append": {"field": "esito", "value": {"own": "posti"}}})", ""},
        {"", R"({"record_silence": {"deadline": "chiusura", "counts_as": "assenso"}})",
         "silence_recorded"},
        {"", R"({"send": "avviso", "when": {"document_signed": "atto"}})", ""},
        {"", R"({"send": "avviso", "when": {"document_present": "atto"}})", "message_queued"},
    };

    for (const ActionRow& row : rows) {
        SCOPED_TRACE(row.action);
        Bench bench;
        bench.facts.own.values["giorno"] = R"("2025-03-31")";
        bench.add_document("atto");
        bench.apply(bench.run(row.before));
        const auto plan = bench.run(row.action);
        ASSERT_TRUE(plan.has_value()) << plan.error().message_it;
        EXPECT_EQ(effect_names(*plan), row.effects);
    }
}

struct RefusalRow {
    const char* before;
    const char* now;
    const char* action;
    ErrorCode code;
    const char* detail;
};

TEST(Actions, RefuseWhatTheLawOrTheFactsDoNotAllow) {
    const char* const start = R"({"start_deadline": "chiusura"})";
    const char* const suspend = R"({"suspend_deadline": {"deadline": "chiusura",
        "ground": "art_2_c_7", "after": "now", "days": 30}})";
    const std::string started = std::string(start) + ", " + suspend;
    const RefusalRow rows[] = {
        {"", "2025-02-04T09:00", R"({"publish": "verbale"})", ErrorCode::guard_failed,
         "document_present"},
        {"", "2025-02-04T09:00", R"({"freeze": "verbale"})", ErrorCode::guard_failed,
         "document_present"},
        {"", "2025-02-04T09:00",
         R"({"move_deadline": {"deadline": "chiusura", "to": "2025-04-30"}})",
         ErrorCode::guard_failed, "deadline_open"},
        {start, "2025-04-01T00:00",
         R"({"move_deadline": {"deadline": "chiusura", "to": "2025-04-30"}})",
         ErrorCode::guard_failed, "deadline_open"},
        {start, "2025-02-04T09:00",
         R"({"move_deadline": {"deadline": "chiusura", "to": "2025-03-01"}})",
         ErrorCode::guard_failed, "deadline_open"},
        {start, "2025-02-04T09:00",
         R"({"move_deadline": {"deadline": "chiusura", "to": {"payload": "esito"}}})",
         ErrorCode::invalid_input, "required"},
        {"", "2025-02-04T09:00",
         R"({"reopen_deadline": {"deadline": "chiusura", "to": "2025-04-30"}})",
         ErrorCode::guard_failed, "deadline_passed"},
        {start, "2025-02-04T09:00",
         R"({"reopen_deadline": {"deadline": "chiusura", "to": "2025-04-30"}})",
         ErrorCode::guard_failed, "deadline_passed"},
        {start, "2025-04-02T09:00",
         R"({"reopen_deadline": {"deadline": "chiusura", "to": "2025-04-01"}})",
         ErrorCode::guard_failed, "deadline_open"},
        {started.c_str(), "2025-02-04T09:00", suspend, ErrorCode::guard_failed,
         "suspension_unused"},
        {start, "2025-02-04T09:00",
         R"({"suspend_deadline": {"deadline": "chiusura", "ground": "art_2_c_7", "after": "now",
             "days": 31}})",
         ErrorCode::guard_failed, "suspension_unused"},
        {"", "2025-02-04T09:00", R"({"start_deadline": "preavviso"})", ErrorCode::invalid_input,
         "required"},
    };

    for (const RefusalRow& row : rows) {
        SCOPED_TRACE(row.action);
        Bench bench;
        bench.facts.own.values["giorno"] = R"("2025-03-31")";
        bench.apply(bench.run(row.before));
        bench.facts.own.values.erase("giorno");
        bench.set_time(row.now);
        const auto plan = bench.run(row.action);
        ASSERT_FALSE(plan.has_value());
        EXPECT_EQ(plan.error().code, row.code) << plan.error().message_it;
        ASSERT_EQ(plan.error().details.size(), 1U);
        EXPECT_EQ(plan.error().details.front().code, row.detail);
        EXPECT_FALSE(plan.error().message_it.empty());
    }
}

TEST(Actions, ARefusedActionCarriesTheNormOfTheTransition) {
    Bench bench;

    const auto plan = bench.run(R"({"publish": "verbale"})");

    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().details.front().legal_basis.front(), "Legge art. 2");
}

TEST(Actions, WhatIsPublishedKeepsItsFirstDay) {
    Bench bench;
    bench.add_document("atto");
    bench.apply(bench.run(R"({"publish": "atto"})"));

    const auto again = bench.run(R"({"publish": "atto"})");

    ASSERT_TRUE(again.has_value()) << again.error().message_it;
    for (const auto& effect : again->effects) {
        EXPECT_FALSE(std::holds_alternative<engine::machine::DocumentPublished>(effect));
    }
}

TEST(Actions, EachSeesWhatTheOnesBeforeMadeTrue) {
    Bench bench;

    const auto plan = bench.run(R"({"set": {"field": "giorno", "value": "2025-03-31"}},
        {"start_deadline": "chiusura"},
        {"set": {"field": "esito", "value": {"deadline": "chiusura"}}})");
    bench.apply(plan);

    EXPECT_EQ(bench.facts.own.values["esito"], R"("2025-03-31")");
}

TEST(Actions, WhatIsAppendedComesAfterWhatWasThere) {
    Bench bench;

    bench.apply(bench.run(R"({"append": {"field": "esito", "value": "uno"}},
        {"append": {"field": "esito", "value": {"own": "posti"}}},
        {"append": {"field": "esito", "value": "due"}})"));

    EXPECT_EQ(bench.facts.own.values["esito"], R"(["uno","due"])");
}

TEST(Actions, AComputationIsKept) {
    Bench bench(bench_doing(R"({"compute": {"name": "somma", "version": 2, "into": "esito"}})"));
    engine::machine::CheckLibrary checks;
    checks.add_computation("somma", 2, [](const engine::machine::CheckContext& context) {
        return R"({"posti":)" + context.payload.at("posti") + "}";
    });
    engine::machine::Command command;
    command.event = "agisci";
    command.actor = bench.officer;
    command.payload = {{"posti", "3"}};

    bench.apply(decide_event({*bench.definition, bench.facts, checks}, command));

    EXPECT_EQ(bench.facts.own.values["esito"], R"({"posti":3})");
}

TEST(Actions, ATaskHasItsTerm) {
    Bench bench;

    bench.apply(bench.run(R"({"start_task": "lavoro"})"));

    const auto& task = bench.facts.own.record.tasks.at("i1.t1");
    EXPECT_EQ(task.due_date, "2025-02-24");  // 20 days end on Sunday the 23rd
    EXPECT_EQ(task.bound, at("2025-02-25T00:00"));
    EXPECT_EQ(task.role, "funzionario");
    EXPECT_EQ(task.status, TaskStatus::open);
}

TEST(Actions, TheYearOfARegistrationIsRomesAtTheReceipt) {
    Bench bench;
    bench.facts.times =
        engine::machine::ActTimes::of_act(at("2025-12-31T23:00"), at("2026-01-01T00:00"));

    const auto plan = bench.run(R"({"assign_number": "ingresso"})");

    ASSERT_TRUE(plan.has_value());
    const auto& registered = std::get<engine::machine::Registered>(plan->effects.front());
    EXPECT_EQ(registered.registration.year, 2026);
    EXPECT_EQ(registered.registration.office, "326");
}

TEST(Actions, AnOpenedChildIsOfTheActorAndOfTheOfficeUnlessTold) {
    Bench bench;
    bench.officer.party = "Z";
    bench.facts.own.values["esito"] = R"("B")";

    const auto plan = bench.run(R"({"open_child": "figli"},
        {"open_child": {"child": "figli", "event": "presenta", "party": {"own": "esito"},
            "office": "999"}})");

    ASSERT_TRUE(plan.has_value());
    ASSERT_EQ(plan->openings.size(), 2U);
    EXPECT_EQ(plan->openings[0].party, "Z");
    EXPECT_EQ(plan->openings[0].office, "326");
    EXPECT_EQ(plan->openings[1].party, "B");
    EXPECT_EQ(plan->openings[1].office, "999");
    EXPECT_EQ(plan->openings[1].event, "presenta");
}

std::string targets(const Plan& plan) {
    std::string ids;
    for (const auto& signal : plan.signals) {
        ids += signal.target.text + " ";
    }
    return ids;
}

TEST(Actions, ASignalReachesTheRelativesItNames) {
    Bench bench;
    bench.facts.own.record.instance.list = "figli";
    bench.facts.own.record.instance.party = "A";
    bench.facts.own.record.instance.parent = InstanceId{"p"};
    bench.facts.parent = Snapshot{};
    bench.add_child("c1", "bozza", "A");
    bench.add_child("c2", "presentato", "B");
    bench.facts.siblings = {
        {InstanceId{"i1"}, InstanceId{"p"}, "figli", "figli", "x", "A", false, ""},
        {InstanceId{"s1"}, InstanceId{"p"}, "figli", "figli", "x", "A", false, ""},
        {InstanceId{"s2"}, InstanceId{"p"}, "figli", "figli", "y", "B", false, ""},
        {InstanceId{"s3"}, InstanceId{"p"}, "altri", "altri", "x", "A", false, ""}};
    const auto reached = [&](const std::string& signal) {
        return targets(bench.run(R"({"signal": {"event": "agisci", )" + signal + "}}").value());
    };

    EXPECT_EQ(reached(R"("to": "parent")"), "p ");
    EXPECT_EQ(reached(R"("to": "children", "path": "figli")"), "c1 c2 ");
    EXPECT_EQ(reached(R"("to": "children", "path": "figli", "in": ["bozza"])"), "c1 ");
    EXPECT_EQ(reached(R"("to": "children", "path": "altri")"), "");
    EXPECT_EQ(reached(R"("to": "siblings")"), "s1 s2 ");
    EXPECT_EQ(reached(R"("to": "siblings", "same_party": true)"), "s1 ");
    EXPECT_EQ(reached(R"("to": "siblings", "in": ["y"])"), "s2 ");
}

TEST(Actions, ASignalOfARootToItsParentReachesNobody) {
    Bench bench;

    const auto plan = bench.run(R"({"signal": {"to": "parent", "event": "agisci"}})");

    ASSERT_TRUE(plan.has_value());
    EXPECT_TRUE(plan->signals.empty());
}

TEST(Actions, SilenceIsRecordedWithWhatTheNoticeDeclared) {
    Bench bench;
    bench.facts.own.values["esito"] = R"("assenso")";

    bench.apply(bench.run(R"({"record_silence": {"deadline": "chiusura",
        "counts_as": {"own": "esito"}}},
        {"record_silence": {"deadline": "obbligo", "counts_as": {"own": "oggetto"}}})"));

    const auto& silences = bench.facts.own.record.silences;
    ASSERT_EQ(silences.size(), 2U);
    EXPECT_EQ(silences[0].counts_as, "assenso");
    EXPECT_EQ(silences[0].recorded_at, at("2025-02-03T09:00"));
    EXPECT_EQ(silences[1].counts_as, "nulla");  // the notice declared nothing
}

TEST(Actions, MessagesOfOneActHaveIdsOfTheirOwn) {
    Bench bench;

    bench.apply(bench.run(R"({"send": "avviso"}, {"send": "avviso"})"));

    EXPECT_EQ(bench.facts.own.record.messages.size(), 2U);
    EXPECT_EQ(bench.facts.own.record.messages.begin()->second.channel, "pec");
}

}  // namespace
}  // namespace tests
