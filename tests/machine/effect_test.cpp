// SPDX-License-Identifier: EUPL-1.2
// What the journal says is true: every effect survives its JSON, and nothing else is believed.
#include "engine/machine/effect.h"

#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace tests {
namespace {

using namespace engine::machine;
using engine::base::ErrorCode;
using engine::base::InstanceId;
using engine::base::MessageId;
using engine::base::TaskId;

Instance an_instance() {
    Instance instance;
    instance.id = InstanceId{"i1"};
    instance.root = InstanceId{"r1"};
    instance.parent = InstanceId{"p1"};
    instance.family = "toy";
    instance.machine = "parere";
    instance.list = "pareri";
    instance.definition_sha256 = std::string(64, 'd');
    instance.office = "326";
    instance.party = "A";
    instance.initiative_sha256 = std::string(64, 'e');
    instance.state = "bozza";
    instance.previous_state = "prima";
    instance.version = 4;
    instance.opened_at = at("2025-02-03T09:00");
    return instance;
}

Deadline a_deadline() {
    Deadline deadline;
    deadline.name = "chiusura";
    deadline.occurrence = 2;
    deadline.kind = engine::definition::DeadlineKind::recurring;
    deadline.status = DeadlineStatus::suspended;
    deadline.reminds_of = "altro";
    deadline.due_date = "2025-05-16";
    deadline.bound = at("2025-05-17T00:00");
    deadline.rule.text = R"({"from":"2025-02-03"})";
    deadline.term.text = R"({"passi":[]})";
    return deadline;
}

Task a_task() {
    return {TaskId{"i1.t1"},        "lavoro",     "funzionario",         TaskStatus::open, "p9",
            at("2025-02-03T09:00"), "2025-02-24", at("2025-02-25T00:00")};
}

Document a_document() {
    return {"atto",
            1,
            std::string(64, 'a'),
            "dirigente",
            "non_verificata",
            at("2025-02-03T09:00"),
            at("2025-02-04T09:00"),
            true};
}

Message a_message() {
    return {MessageId{"i1.m1"},
            "avviso",
            "comunicazione",
            "party",
            "pec",
            MessageStatus::queued,
            "",
            false};
}

/// One of each, in an order in which each fits the record.
std::vector<Effect> one_of_each() {
    return {InstanceOpened{an_instance()},
            StateEntered{"presentato", true},
            ValueSet{"oggetto", std::string(64, 'f'), "", ""},
            DeadlineSet{"started", a_deadline()},
            DeadlineEnded{"chiusura", 2, DeadlineStatus::met_late},
            TaskOpened{a_task()},
            TaskAssigned{TaskId{"i1.t1"}, "p1"},
            TaskEnded{TaskId{"i1.t1"}, TaskStatus::cancelled},
            DocumentRecorded{a_document()},
            DocumentPublished{"atto", 1, at("2025-02-05T09:00")},
            DocumentFrozen{"atto", 1},
            Registered{{"ingresso", "326", 2025, 12, at("2025-02-03T09:00")}},
            MessageQueued{a_message()},
            MessageSent{MessageId{"i1.m1"}, MessageStatus::failed, std::string(64, 'c')},
            SilenceRecorded{{"chiusura", "assenso", at("2025-05-17T00:00")}},
            Migrated{std::string(64, 'd'), 2, "determina 4/2026"},
            ValueErased{"oggetto", "determina 5/2026", "richiesta"},
            MessageErased{MessageId{"i1.m1"}, "determina 5/2026", "richiesta"}};
}

InstanceRecord fold(const std::vector<Effect>& effects) {
    InstanceRecord record;
    for (const Effect& effect : effects) {
        const auto done = apply_effect(record, effect);
        EXPECT_TRUE(done.has_value()) << effect_name(effect);
    }
    return record;
}

TEST(Effect, TheTableHasOneOfEach) {
    const auto effects = one_of_each();

    ASSERT_EQ(effects.size(), std::variant_size_v<Effect>);
    for (std::size_t index = 0; index < effects.size(); ++index) {
        EXPECT_EQ(effects[index].index(), index);
    }
}

TEST(Effect, ATaskGivenBackWaitsForWhoeverTakesIt) {
    const auto record = fold(
        {TaskOpened{a_task()}, TaskAssigned{a_task().id, "p1"}, TaskAssigned{a_task().id, ""}});

    EXPECT_EQ(record.tasks.at(a_task().id.text).status, TaskStatus::open);
    EXPECT_EQ(record.tasks.at(a_task().id.text).assignee, "");
}

TEST(Effect, EachSurvivesItsJson) {
    const auto effects = one_of_each();
    const std::string text = render_effects(effects);

    const auto again = parse_effects(text);

    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(render_effects(*again), text);
    EXPECT_EQ(fold(*again), fold(effects));
}

TEST(Effect, EachSurvivesItsJsonAlone) {
    const auto effects = one_of_each();

    for (const Effect& effect : effects) {
        SCOPED_TRACE(effect_name(effect));
        const std::string text = render_effects({effect});
        const auto again = parse_effects(text);
        ASSERT_TRUE(again.has_value());
        ASSERT_EQ(again->size(), 1U);
        EXPECT_EQ(again->front().index(), effect.index());
        EXPECT_EQ(render_effects(*again), text);
    }
}

TEST(Effect, WhatIsEmptySurvivesToo) {
    const std::vector<Effect> effects{InstanceOpened{},  DeadlineSet{"suspended", {}},
                                      TaskOpened{{}},    DocumentRecorded{{}},
                                      MessageQueued{{}}, StateEntered{"uno", false}};

    const auto again = parse_effects(render_effects(effects));

    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(fold(*again), fold(effects));
}

TEST(Effect, TheJournalNeverHoldsAValueOrItsSalt) {
    const std::string text = render_effects({ValueSet{"oggetto", "h", R"("segreto")", "sale"}});

    EXPECT_EQ(text, R"([{"effect":"value_set","field":"oggetto","hash":"h"}])");
}

TEST(Effect, MakesTheRecordSo) {
    const auto record = fold(one_of_each());

    EXPECT_EQ(record.instance.state, "presentato");
    EXPECT_EQ(record.instance.previous_state, "bozza");
    EXPECT_TRUE(record.instance.is_final);
    EXPECT_EQ(record.values.at("oggetto").hash, std::string(64, 'f'));
    EXPECT_EQ(record.find_deadline("chiusura")->status, DeadlineStatus::met_late);
    EXPECT_EQ(record.tasks.at("i1.t1").assignee, "p1");
    EXPECT_EQ(record.tasks.at("i1.t1").status, TaskStatus::cancelled);
    EXPECT_EQ(record.find_document("atto")->published_at, at("2025-02-05T09:00"));
    EXPECT_EQ(record.registrations.at("ingresso").number, 12);
    EXPECT_EQ(record.messages.at("i1.m1").status, MessageStatus::failed);
    EXPECT_EQ(record.silences.front().counts_as, "assenso");
    EXPECT_TRUE(record.values.at("oggetto").is_erased);
    EXPECT_TRUE(record.messages.at("i1.m1").is_erased);
}

TEST(Effect, AValueSetAfterAnErasureIsThereAgain) {
    const auto record =
        fold({ValueSet{"oggetto", "h1", "", ""}, ValueErased{"oggetto", "atto", "motivo"},
              ValueSet{"oggetto", "h2", "", ""}});

    EXPECT_EQ(record.values.at("oggetto"), (ValueStamp{"oggetto", "h2", false}));
}

TEST(Effect, ThatDoesNotFitTheRecordIsADamagedJournal) {
    const std::vector<Effect> strays{
        DeadlineEnded{"chiusura", 1, DeadlineStatus::expired},
        TaskAssigned{TaskId{"i1.t1"}, "p1"},
        TaskEnded{TaskId{"i1.t1"}, TaskStatus::done},
        DocumentPublished{"atto", 1, at("2025-02-05T09:00")},
        DocumentFrozen{"atto", 1},
        MessageSent{MessageId{"i1.m1"}, MessageStatus::sent, ""},
        ValueErased{"oggetto", "atto", "motivo"},
        MessageErased{MessageId{"i1.m1"}, "atto", "motivo"},
    };

    for (const Effect& effect : strays) {
        SCOPED_TRACE(effect_name(effect));
        InstanceRecord record;
        const auto done = apply_effect(record, effect);
        ASSERT_FALSE(done.has_value());
        EXPECT_EQ(done.error().code, ErrorCode::storage_corrupt);
    }
}

TEST(Effect, OfAnotherOccurrenceOrVersionDoesNotFit) {
    InstanceRecord record =
        fold({DeadlineSet{"started", a_deadline()}, DocumentRecorded{a_document()}});

    EXPECT_FALSE(apply_effect(record, DeadlineEnded{"chiusura", 1, DeadlineStatus::expired}));
    EXPECT_FALSE(apply_effect(record, DocumentFrozen{"atto", 2}));
}

TEST(Effect, RefusesWhatTheEngineNeverWrote) {
    const char* const texts[] = {
        "",
        "[",
        "null",
        "{}",
        "5",
        "[5]",
        "[{}]",
        R"([{"effect":"state_left","state":"uno"}])",
        R"([{"effect":7}])",
        R"([{"effect":"state_entered","state":7}])",
        R"([{"effect":"deadline_ended","name":"chiusura","occurrence":1,"status":"forgotten"}])",
        R"([{"effect":"deadline_ended","name":"chiusura","occurrence":1}])",
        R"([{"effect":"deadline_set","change":"started","kind":"soft","status":"running"}])",
        R"([{"effect":"task_ended","id":"t","status":"paused"}])",
        R"([{"effect":"message_sent","id":"m","status":"lost"}])",
        R"([{"effect":"document_published","name":"atto","version":"1"}])",
    };

    for (const char* text : texts) {
        SCOPED_TRACE(text);
        const auto effects = parse_effects(text);
        ASSERT_FALSE(effects.has_value());
        EXPECT_EQ(effects.error().code, ErrorCode::storage_corrupt);
    }
}

}  // namespace
}  // namespace tests
