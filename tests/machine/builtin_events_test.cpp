// SPDX-License-Identifier: EUPL-1.2
// What every machine knows: documents and tasks.
#include "engine/machine/builtin_events.h"

#include <gtest/gtest.h>

#include "tests/machine/bench.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::base::Fields;
using engine::machine::Actor;
using engine::machine::DocumentRecorded;
using engine::machine::kEventCompleteTask;
using engine::machine::kEventHandOverTask;
using engine::machine::kEventRecordDocument;
using engine::machine::kEventReturnTask;
using engine::machine::kEventTakeTask;
using engine::machine::TaskAssigned;
using engine::machine::TaskEnded;
using engine::machine::TaskStatus;

std::string hash_json(char letter, std::size_t size = 64) {
    return '"' + std::string(size, letter) + '"';
}

Bench bench_with_task(TaskStatus status, const std::string& text = bench_text()) {
    Bench bench(text);
    engine::machine::Task task;
    task.id = engine::base::TaskId{"i1.t1"};
    task.name = "lavoro";
    task.role = "funzionario";
    task.status = status;
    bench.facts.own.record.tasks["i1.t1"] = task;
    return bench;
}

TEST(BuiltinEvents, RefuseEverythingOnceTheInstanceHasEnded) {
    for (const char* event : {kEventRecordDocument, kEventTakeTask, kEventHandOverTask,
                              kEventReturnTask, kEventCompleteTask}) {
        SCOPED_TRACE(event);
        Bench bench = bench_with_task(TaskStatus::open);
        bench.facts.own.record.instance.is_final = true;
        const auto plan = bench.decide(
            event,
            {{"documento", R"("atto")"}, {"sha256", hash_json('a')}, {"compito", R"("i1.t1")"}});
        ASSERT_FALSE(plan.has_value());
        EXPECT_EQ(plan.error().code, ErrorCode::event_not_available);
    }
}

TEST(BuiltinEvents, RefuseAnEventOfTheEngineThatIsNoAct) {
    const Bench bench;

    for (const char* event : {"engine:open", "engine:deadline:chiusura", "engine:automatic",
                              "engine:message_sent", "engine:"}) {
        SCOPED_TRACE(event);
        const auto plan = bench.decide(event);
        ASSERT_FALSE(plan.has_value());
        EXPECT_EQ(plan.error().code, ErrorCode::event_not_available);
    }
}

struct DocumentRow {
    const char* title;
    Fields payload;
    Actor actor;
    ErrorCode code;
};

TEST(BuiltinEvents, RefuseADocumentThatIsNotAsForeseen) {
    const Bench bench;
    const DocumentRow rows[] = {
        {"no name", {{"sha256", hash_json('a')}}, bench.officer, ErrorCode::event_not_available},
        {"unknown name",
         {{"documento", R"("lettera")"}, {"sha256", hash_json('a')}},
         bench.officer,
         ErrorCode::event_not_available},
        {"other role",
         {{"documento", R"("atto")"}, {"sha256", hash_json('a')}},
         bench.director,
         ErrorCode::forbidden},
        {"other office",
         {{"documento", R"("atto")"}, {"sha256", hash_json('a')}},
         {"p9", "funzionario", "999", ""},
         ErrorCode::forbidden},
        {"no hash", {{"documento", R"("atto")"}}, bench.officer, ErrorCode::invalid_input},
        {"short hash",
         {{"documento", R"("atto")"}, {"sha256", hash_json('a', 63)}},
         bench.officer,
         ErrorCode::invalid_input},
        {"capital hash",
         {{"documento", R"("atto")"}, {"sha256", hash_json('A')}},
         bench.officer,
         ErrorCode::invalid_input},
        {"hash that is no text",
         {{"documento", R"("atto")"}, {"sha256", "7"}},
         bench.officer,
         ErrorCode::invalid_input},
        {"signature of another role",
         {{"documento", R"("atto")"}, {"sha256", hash_json('a')}, {"firmato_da", R"("ente")"}},
         bench.officer,
         ErrorCode::invalid_input},
        {"signature on what nobody signs",
         {{"documento", R"("verbale")"},
          {"sha256", hash_json('a')},
          {"firmato_da", R"("dirigente")"}},
         bench.officer,
         ErrorCode::invalid_input},
    };

    for (const DocumentRow& row : rows) {
        SCOPED_TRACE(row.title);
        const auto plan = bench.decide(kEventRecordDocument, row.actor, row.payload);
        ASSERT_FALSE(plan.has_value());
        EXPECT_EQ(plan.error().code, row.code);
    }
}

TEST(BuiltinEvents, ADocumentWithoutSignatureIsRecordedAsSuch) {
    const Bench bench;

    const auto plan = bench.decide(kEventRecordDocument,
                                   {{"documento", R"("atto")"}, {"sha256", hash_json('b')}});

    ASSERT_TRUE(plan.has_value());
    const auto& document = std::get<DocumentRecorded>(plan->effects.front()).document;
    EXPECT_EQ(document.version, 1);
    EXPECT_EQ(document.sha256, std::string(64, 'b'));
    EXPECT_EQ(document.signature_status, "assente");
    EXPECT_EQ(document.recorded_at, at("2025-02-03T09:00"));
}

TEST(BuiltinEvents, ASignatureIsNeverBelieved) {
    const Bench bench;

    const auto plan = bench.decide(
        kEventRecordDocument,
        {{"documento", R"("atto")"}, {"sha256", hash_json('b')}, {"firmato_da", R"("dirigente")"}});

    ASSERT_TRUE(plan.has_value());
    const auto& document = std::get<DocumentRecorded>(plan->effects.front()).document;
    EXPECT_EQ(document.signed_by, "dirigente");
    EXPECT_EQ(document.signature_status, "non_verificata");
}

TEST(BuiltinEvents, ANewTextOfADocumentIsItsNextVersion) {
    Bench bench;
    bench.add_document("atto", "dirigente");

    bench.apply(bench.decide(kEventRecordDocument,
                             {{"documento", R"("atto")"}, {"sha256", hash_json('b')}}));

    const auto* latest = bench.facts.own.record.find_document("atto");
    ASSERT_NE(latest, nullptr);
    EXPECT_EQ(latest->version, 2);
    EXPECT_EQ(latest->signed_by, "");  // the signature was of the text before
}

struct TaskRow {
    const char* title;
    const char* event;
    TaskStatus status;
    Fields payload;
    const char* role;
    ErrorCode code;
};

TEST(BuiltinEvents, RefuseATaskThatCannotBeMoved) {
    const Fields task{{"compito", R"("i1.t1")"}};
    const TaskRow rows[] = {
        {"no task",
         kEventTakeTask,
         TaskStatus::open,
         {},
         "funzionario",
         ErrorCode::event_not_available},
        {"unknown task",
         kEventTakeTask,
         TaskStatus::open,
         {{"compito", R"("i1.t9")"}},
         "funzionario",
         ErrorCode::event_not_available},
        {"done", kEventCompleteTask, TaskStatus::done, task, "funzionario",
         ErrorCode::event_not_available},
        {"cancelled", kEventHandOverTask, TaskStatus::cancelled, task, "funzionario",
         ErrorCode::event_not_available},
        {"other role", kEventCompleteTask, TaskStatus::open, task, "dirigente",
         ErrorCode::forbidden},
        {"already taken", kEventTakeTask, TaskStatus::taken, task, "funzionario",
         ErrorCode::event_not_available},
        {"given back by who has not taken it", kEventReturnTask, TaskStatus::open, task,
         "funzionario", ErrorCode::event_not_available},
        {"given back by a colleague", kEventReturnTask, TaskStatus::taken, task, "funzionario",
         ErrorCode::forbidden},
        {"given back by another role", kEventReturnTask, TaskStatus::taken, task, "dirigente",
         ErrorCode::forbidden},
        {"to nobody", kEventHandOverTask, TaskStatus::taken, task, "funzionario",
         ErrorCode::invalid_input},
    };

    for (const TaskRow& row : rows) {
        SCOPED_TRACE(row.title);
        const Bench bench = bench_with_task(row.status);
        const auto plan = bench.decide(row.event, {"p1", row.role, "326", ""}, row.payload);
        ASSERT_FALSE(plan.has_value());
        EXPECT_EQ(plan.error().code, row.code);
    }
}

TEST(BuiltinEvents, ATaskIsTakenByTheOneWhoAsks) {
    const Bench bench = bench_with_task(TaskStatus::open);

    const auto plan = bench.decide(kEventTakeTask, {{"compito", R"("i1.t1")"}});

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(std::get<TaskAssigned>(plan->effects.front()).assignee, "p1");
}

TEST(BuiltinEvents, ATaskIsHandedToTheOneNamed) {
    const Bench bench = bench_with_task(TaskStatus::taken);

    const auto plan =
        bench.decide(kEventHandOverTask, {{"compito", R"("i1.t1")"}, {"assegnatario", R"("p7")"}});

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(std::get<TaskAssigned>(plan->effects.front()).assignee, "p7");
}

TEST(BuiltinEvents, ATaskIsGivenBackByWhoHasIt) {
    Bench bench = bench_with_task(TaskStatus::taken);
    bench.facts.own.record.tasks["i1.t1"].assignee = "p1";

    const auto plan = bench.decide(kEventReturnTask, {{"compito", R"("i1.t1")"}});

    ASSERT_TRUE(plan.has_value()) << plan.error().message_it;
    EXPECT_EQ(std::get<TaskAssigned>(plan->effects.front()).assignee, "");
}

TEST(BuiltinEvents, ATaskIsCompleted) {
    const Bench bench = bench_with_task(TaskStatus::open);

    const auto plan = bench.decide(kEventCompleteTask, {{"compito", R"("i1.t1")"}});

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(std::get<TaskEnded>(plan->effects.front()).status, TaskStatus::done);
}

TEST(BuiltinEvents, ATaskThatAnActEndsIsNotClosedByHand) {
    const Bench bench =
        bench_with_task(TaskStatus::open, bench_doing(R"({ "complete_task": "lavoro" })"));

    const auto by_hand = bench.decide(kEventCompleteTask, {{"compito", R"("i1.t1")"}});
    const auto by_act = bench.decide("agisci");

    ASSERT_FALSE(by_hand.has_value());
    EXPECT_EQ(by_hand.error().code, ErrorCode::task_needs_act);
    EXPECT_EQ(by_hand.error().message_it,
              "«Lavoro» non si chiude a mano: si conclude con l'atto «Agisci». Quando è fatto, il "
              "compito si chiude da sé.");
    ASSERT_EQ(by_hand.error().details.size(), 1U);
    EXPECT_EQ(by_hand.error().details.front().code, "agisci");
    ASSERT_TRUE(by_act.has_value());
    EXPECT_EQ(std::get<TaskEnded>(by_act->effects.front()).status, TaskStatus::done);
}

TEST(RecordDocument, RefusesAVersionAfterTheFinalOne) {
    Bench bench(replaced(bench_text(),
                         R"("verbale": { "title": "Verbale", "by": ["funzionario"] })",
                         R"("verbale": { "title": "Verbale", "by": ["funzionario"],
                            "final_once_frozen": true })"));
    bench.add_document("verbale");
    const engine::base::Fields payload{{"documento", R"("verbale")"},
                                       {"sha256", '"' + std::string(64, 'b') + '"'}};

    const auto before = bench.decide(kEventRecordDocument, payload);
    bench.facts.own.record.documents.begin()->second.is_frozen = true;
    const auto after = bench.decide(kEventRecordDocument, payload);

    EXPECT_TRUE(before.has_value());
    ASSERT_FALSE(after.has_value());
    EXPECT_EQ(after.error().code, engine::base::ErrorCode::event_not_available);
}

TEST(RecordDocument, RefusesADocumentInAnotherState) {
    Bench bench(replaced(bench_text(),
                         R"("verbale": { "title": "Verbale", "by": ["funzionario"] })",
                         R"("verbale": { "title": "Verbale", "by": ["funzionario"],
                            "in": ["due"] })"));
    const engine::base::Fields payload{{"documento", R"("verbale")"},
                                       {"sha256", '"' + std::string(64, 'b') + '"'}};

    const auto in_one = bench.decide(kEventRecordDocument, payload);
    bench.facts.own.record.instance.state = "due";
    const auto in_two = bench.decide(kEventRecordDocument, payload);

    ASSERT_FALSE(in_one.has_value());
    EXPECT_EQ(in_one.error().code, engine::base::ErrorCode::event_not_available);
    EXPECT_TRUE(in_two.has_value());
}

}  // namespace
}  // namespace tests
