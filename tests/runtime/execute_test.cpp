// SPDX-License-Identifier: EUPL-1.2
// The one door: what execute does with commands, times, versions and keys.
#include <gtest/gtest.h>

#include "tests/support/store_reads.h"
#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::machine::Command;
using engine::machine::DeadlineStatus;
using engine::machine::TaskStatus;

TEST(Execute, OpensARootWithItsFirstStateAndObligation) {
    World world;

    const auto id = world.open_pratica(R"({"oggetto": "completo"})");

    const auto record = world.record(id);
    EXPECT_EQ(record.instance.state, "aperta");
    EXPECT_EQ(record.instance.version, 1);
    const auto* deadline = record.find_deadline("trasmissione");
    ASSERT_NE(deadline, nullptr);
    EXPECT_EQ(deadline->due_date, "2025-06-30");
    EXPECT_EQ(deadline->bound, at("2025-07-01T00:00"));
    EXPECT_EQ(world.verify(), "");
}

TEST(Execute, RefusesAnUnknownInstance) {
    World world;

    const auto outcome = world.act(engine::base::InstanceId{"nessuna"}, "avvia", world.director);

    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::not_found);
}

TEST(Execute, RefusesAStaleVersion) {
    World world;
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    auto command = command_of(world, id, "archivia", world.officer);
    command.expected_version = 0;

    const auto outcome = world.engine->execute(command);

    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::version_conflict);
    EXPECT_EQ(world.state(id), "aperta");
}

TEST(Execute, AcceptsTheVersionThatWasRead) {
    World world;
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    auto command = command_of(world, id, "archivia", world.officer);
    command.expected_version = 1;

    EXPECT_TRUE(world.engine->execute(command).has_value());
}

TEST(Execute, RefusesAnActThatHappensAfterItIsEntered) {
    World world;
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    auto command = command_of(world, id, "archivia", world.officer);
    command.occurred_at = at("2025-02-03T09:00:00.001");

    const auto outcome = world.engine->execute(command);

    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::invalid_input);
}

TEST(Execute, RefusesAnActThatHappensBeforeTheFileWasOpened) {
    World world;
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    auto command = command_of(world, id, "archivia", world.officer);
    command.occurred_at = at("2025-02-03T08:59:59.999");

    const auto outcome = world.engine->execute(command);

    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(outcome.error().details.front().code, "minimum");
    command.occurred_at = at("2025-02-03T09:00");
    EXPECT_TRUE(world.engine->execute(command).has_value());
}

TEST(Execute, AnOpeningEnteredLateCountsFromWhenItTookPlace) {
    World world;
    Command opening;
    opening.opening = {"toy", "pratica", 1, "326", "prova-2025"};
    opening.event = "open";
    opening.actor = world.officer;
    opening.payload = {{"oggetto", R"("completo")"}};
    opening.received_at = world.clock.now();
    opening.occurred_at = at("2025-01-31T10:00");
    const auto opened = world.engine->execute(opening);
    ASSERT_TRUE(opened.has_value()) << opened.error().message_it;
    auto command = command_of(world, opened->instance, "archivia", world.officer);
    command.occurred_at = at("2025-01-31T09:59");

    EXPECT_FALSE(world.engine->execute(command).has_value());
    command.occurred_at = at("2025-01-31T10:01");
    EXPECT_TRUE(world.engine->execute(command).has_value());
}

TEST(Execute, WhatIsOpenedToEnterAnEarlierActTakesIt) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.clock.move_to(at("2025-05-19T09:00"));
    const auto child = world.engine->execute([&] {
        auto command = command_of(world, id, "chiedi_parere", world.body);
        command.received_at = at("2025-05-16T12:00");
        return command;
    }());
    ASSERT_TRUE(child.has_value());
    auto filed =
        command_of(world, child->opened.front(), "presenta", {"p5", "protocollo", "326", ""});
    filed.payload = {{"testo", R"("per PEC")"}};
    filed.occurred_at = at("2025-05-16T08:00");

    EXPECT_TRUE(world.engine->execute(filed).has_value())
        << "before the child was opened, after the root was";
}

TEST(Execute, TellsTheNumberThatTheCommandGave) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto child = world.act(id, "chiedi_parere", world.body);
    ASSERT_TRUE(child.has_value());

    const auto filed =
        world.act(child->opened.front(), "presenta", world.body, R"({"testo": "bene"})");
    const auto withdrawn = world.act(child->opened.front(), "ritira", world.body);

    EXPECT_FALSE(child->registration.has_value());
    ASSERT_TRUE(filed.has_value() && filed->registration.has_value());
    EXPECT_EQ(filed->registration->number, 1);
    ASSERT_TRUE(withdrawn.has_value());
    EXPECT_FALSE(withdrawn->registration.has_value()) << "it gave none";
}

TEST(Execute, OfSeveralNumbersTheLastIsTheOneToldEverywhere) {
    engine::machine::InstanceRecord record;
    record.registrations["atti"] = {"atti", "326", 2025, 7, at("2025-02-03T09:00")};
    record.registrations["ingresso"] = {"ingresso", "326", 2025, 3, at("2025-02-01T09:00")};

    EXPECT_EQ(record.find_last_registration()->number, 7);
    record.registrations["ingresso"].registered_at = at("2025-02-04T09:00");
    EXPECT_EQ(record.find_last_registration()->number, 3);
}

TEST(Execute, AnswersARetryWithTheSameOutcomeAndDoesItOnce) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    auto command = command_of(world, id, "chiedi_parere", world.body);
    command.idempotency_key = "chiave-1";
    const auto first = world.engine->execute(command);
    const auto size = world.journal_size(id);
    world.clock.move_to(at("2025-03-01T09:00"));
    command.received_at = world.clock.now();

    const auto second = world.engine->execute(command);

    ASSERT_TRUE(first.has_value() && second.has_value());
    EXPECT_EQ(first->opened, second->opened);
    EXPECT_EQ(first->version, second->version);
    EXPECT_EQ(world.journal_size(id), size);
}

TEST(Execute, RefusesTheSameKeyForAnotherRequest) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    auto command = command_of(world, id, "chiedi_parere", world.body);
    command.idempotency_key = "chiave-1";
    ASSERT_TRUE(world.engine->execute(command).has_value());
    command.event = "ritira";

    const auto outcome = world.engine->execute(command);

    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::invalid_input);
}

TEST(Execute, KeepsNothingOfARefusedCommandUnderItsKey) {
    World world;
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    auto command = command_of(world, id, "avvia", world.director);
    command.idempotency_key = "chiave-1";
    ASSERT_FALSE(world.engine->execute(command).has_value());
    ASSERT_TRUE(world.attach(id, "atto", "dirigente").has_value());
    ASSERT_TRUE(world.act(id, "sospendi_tutto", world.director).has_value());
    ASSERT_TRUE(world.act(id, "riprendi", world.director).has_value());

    const auto outcome = world.engine->execute(command);

    EXPECT_FALSE(outcome.has_value());  // decided anew: the term is still missing
    EXPECT_EQ(outcome.error().code, ErrorCode::invalid_input);
}

TEST(Execute, ARefusedCommandOfABatchIsUndoneAlone) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const std::vector<Command> commands{command_of(world, id, "chiedi_parere", world.body),
                                        command_of(world, id, "concludi", world.director),
                                        command_of(world, id, "chiedi_parere", world.other_body)};

    const auto answers = world.engine->execute_all(commands);

    ASSERT_EQ(answers.size(), 3U);
    EXPECT_TRUE(answers[0].has_value());
    EXPECT_FALSE(answers[1].has_value());
    EXPECT_TRUE(answers[2].has_value());
    EXPECT_EQ(world.engine->queries().children(id)->size(), 2U);
    EXPECT_EQ(world.verify(), "");
}

TEST(Execute, OpeningAChildNeitherNeedsNorBumpsTheParentsVersion) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto version = world.record(id).instance.version;

    world.file_parere(id, world.body);

    EXPECT_EQ(world.record(id).instance.version, version);
}

TEST(Execute, GivesRegistrationNumbersWithoutGapsPerOfficeAndYear) {
    World world;
    const auto id = world.open_raccolta("2026-05-16");
    const auto first = world.file_parere(id, world.body);
    const auto draft = world.act(id, "chiedi_parere", world.other_body)->opened.front();
    ASSERT_FALSE(world.act(draft, "presenta", world.other_body).has_value());  // no text: refused
    world.clock.move_to(at("2025-12-31T23:59:59.999"));
    const auto second = world.file_parere(id, world.other_body);
    world.clock.move_to(at("2026-01-01T00:00"));
    const auto third = world.file_parere(id, {"e3", "ente", "", "C"});

    EXPECT_EQ(world.record(first).registrations.at("ingresso").number, 1);
    EXPECT_EQ(world.record(second).registrations.at("ingresso").number, 2);
    EXPECT_EQ(world.record(second).registrations.at("ingresso").year, 2025);
    EXPECT_EQ(world.record(third).registrations.at("ingresso").number, 1);
    EXPECT_EQ(world.record(third).registrations.at("ingresso").year, 2026);
}

TEST(Execute, ResumesToTheStateBeforeTheSuspensionWithoutRestartingIt) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    ASSERT_TRUE(world.act(id, "sospendi_tutto", world.director).has_value());
    const auto before = world.record(id).deadlines;

    ASSERT_TRUE(world.act(id, "riprendi", world.director).has_value());

    EXPECT_EQ(world.state(id), "raccolta");
    EXPECT_EQ(world.record(id).deadlines, before);
}

TEST(Execute, ASignalReplacesTheEarlierFilingOfTheSameBodyOnly) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto first = world.file_parere(id, world.body);
    const auto other = world.file_parere(id, world.other_body);

    const auto second = world.file_parere(id, world.body);

    EXPECT_EQ(world.state(first), "sostituito");
    EXPECT_EQ(world.state(other), "presentato");
    EXPECT_EQ(world.state(second), "presentato");
}

TEST(Execute, AnAutomaticTransitionFollowsTheLastChildAtOnceAndNamesItsCause) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto child = world.file_parere(id, world.body);
    world.clock.move_to(at("2025-05-17T00:00"));
    ASSERT_TRUE(world.engine->run_due().has_value());
    ASSERT_EQ(world.state(id), "istruttoria");

    ASSERT_TRUE(world.act(child, "ritira", world.body).has_value());

    EXPECT_EQ(world.state(id), "deserta");
    const auto entries = world.engine->queries().journal(id, 0, 1000).value();
    EXPECT_EQ(entries.back().role, "sistema");
    EXPECT_EQ(entries.back().cause, entries.back().position - 1);
    EXPECT_EQ(world.verify(), "");
}

TEST(Execute, AnEndLeavesNoTaskOpenAndNoDeadlineRunning) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto child = world.file_parere(id, world.body);
    world.clock.move_to(at("2025-05-17T00:00"));
    ASSERT_TRUE(world.engine->run_due().has_value());
    ASSERT_TRUE(world.act(child, "ritira", world.body).has_value());

    const auto record = world.record(id);

    for (const auto& [task_id, task] : record.tasks) {
        EXPECT_EQ(task.status, TaskStatus::cancelled) << task.name;
    }
    for (const auto& [key, deadline] : record.deadlines) {
        EXPECT_NE(deadline.status, DeadlineStatus::running) << key.name;
    }
}

TEST(Execute, TheOneWhoValuedDoesNotConclude) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto child = world.file_parere(id, world.body);
    world.clock.move_to(at("2025-05-17T00:00"));
    ASSERT_TRUE(world.act(child, "valuta", world.officer).has_value());
    engine::machine::Actor same_person{"p1", "dirigente", "326", ""};

    const auto refused = world.act(id, "concludi", same_person);
    const auto accepted = world.act(id, "concludi", world.director);

    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().details.front().code, "actor_not_performed");
    EXPECT_TRUE(accepted.has_value());
}

TEST(Execute, SameSeedSameClockGivesTheSameBytes) {
    const auto play = [] {
        World world(42);
        const auto id = world.open_raccolta("2025-05-16");
        world.file_parere(id, world.body);
        std::string text;
        for (const auto& entry : entries_of(*world.store, id)) {
            text += entry.text + entry.hash;
        }
        return text;
    };

    EXPECT_EQ(play(), play());
}

}  // namespace
}  // namespace tests
