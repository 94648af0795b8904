// SPDX-License-Identifier: EUPL-1.2
// One thing that goes wrong stops nothing else.
#include <gtest/gtest.h>

#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::machine::Command;
using engine::machine::DeadlineStatus;

/// Replaces the world's `pratica` by a changed one.
void change_pratica(World& world, const std::string& from, const std::string& to) {
    engine::definition::Catalog catalog;
    ASSERT_TRUE(catalog.add(parsed(replaced(toy_pratica(), from, to))).has_value());
    ASSERT_TRUE(catalog.add(parsed(toy_parere())).has_value());
    const auto toy = toy_catalog();
    ASSERT_TRUE(catalog.add(toy.find_initiative("prova-2025")).has_value());
    auto engine = engine::Engine::start(
        {*world.store, catalog, toy_checks(), world.contents, world.clock, world.random});
    ASSERT_TRUE(engine.has_value()) << engine.error().message_it;
    world.engine = std::move(*engine);
}

TEST(Robustness, ADeadlineThatCannotBeCarriedOutEndsAndDoesNotStopTheOthers) {
    World world;
    // When the obligation passes, a closing should start whose date nobody has given.
    change_pratica(world, R"("on_due": [ { "start_task": "giustifica" },)",
                   R"("on_due": [ { "start_deadline": "chiusura" },)");
    const auto broken = world.open_pratica(R"({"oggetto": "completo"})");
    const auto whole = world.open_raccolta("2025-07-01");
    world.clock.move_to(at("2025-07-02T00:00"));

    ASSERT_TRUE(world.engine->run_due().has_value());

    EXPECT_EQ(world.record(broken).find_deadline("trasmissione")->status, DeadlineStatus::missed);
    const auto last = world.engine->queries().journal(broken, 0, 100)->back();
    EXPECT_EQ(last.event, "engine:deadline_failed:trasmissione");
    EXPECT_EQ(world.state(whole), "deserta");
    EXPECT_TRUE(world.act(broken, "archivia", world.officer).has_value());
    EXPECT_EQ(world.verify(), "");
}

TEST(Robustness, ADeadlineThatStartsItselfAlreadyOverEnds) {
    World world;
    change_pratica(world, R"("on_due": [ { "start_task": "giustifica" },)",
                   R"("on_due": [ { "start_deadline": "trasmissione" },)");
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    world.clock.move_to(at("2025-07-02T00:00"));

    const auto run = world.engine->run_due();

    ASSERT_TRUE(run.has_value());
    EXPECT_TRUE(run->is_finished);
    EXPECT_EQ(world.engine->queries().journal(id, 0, 100)->back().event,
              "engine:deadline_failed:trasmissione");
    EXPECT_TRUE(world.act(id, "archivia", world.officer).has_value());
}

const std::string kAutomatic = R"({ "title": "Tutti ritirati", "target": "deserta",)";

TEST(Robustness, AnAutomaticTransitionThatCannotBeCarriedOutIsUndoneAlone) {
    World world;
    // When all have withdrawn, it moves a term that has passed: that is refused.
    change_pratica(world, kAutomatic,
                   R"({ "title": "Tutti ritirati", "target": "deserta", "do": [
                      { "start_task": "giustifica" },
                      { "move_deadline": { "deadline": "chiusura", "to": "2030-01-01" } } ],)");
    const auto id = world.open_raccolta("2025-05-16");
    const auto child = world.file_parere(id, world.body);
    world.clock.move_to(at("2025-05-17T09:00"));
    ASSERT_TRUE(world.engine->run_due().has_value());
    ASSERT_EQ(world.state(id), "istruttoria");

    const auto withdrawn = world.act(child, "ritira", world.body);

    ASSERT_TRUE(withdrawn.has_value()) << "the body's right: " << withdrawn.error().message_it;
    EXPECT_EQ(world.state(child), "ritirato");
    EXPECT_EQ(world.state(id), "istruttoria");
    const auto last = world.engine->queries().journal(id, 0, 100)->back();
    EXPECT_EQ(last.event, "engine:automatic_failed");
    EXPECT_EQ(last.instance, id);
    EXPECT_TRUE(last.effects.empty());
    EXPECT_EQ(world.verify(), "");
}

TEST(Robustness, WhatAnAutomaticTransitionOpensIsUndoneWithIt) {
    World world;
    // It opens a child whose value the child's schema refuses.
    change_pratica(world, kAutomatic,
                   R"({ "title": "Tutti ritirati", "target": "deserta", "do": [
                      { "open_child": { "child": "pareri", "with": { "testo": 7 } } } ],)");
    const auto id = world.open_raccolta("2025-05-16");
    const auto child = world.file_parere(id, world.body);
    world.clock.move_to(at("2025-05-17T09:00"));
    ASSERT_TRUE(world.engine->run_due().has_value());

    const auto withdrawn = world.act(child, "ritira", world.body);

    ASSERT_TRUE(withdrawn.has_value()) << withdrawn.error().message_it;
    EXPECT_EQ(world.state(id), "istruttoria") << "its own state goes back, too";
    EXPECT_TRUE(withdrawn->opened.empty());
    EXPECT_EQ(world.engine->queries().children(id)->size(), 1U);
    EXPECT_EQ(world.engine->queries().journal(id, 0, 100)->back().event, "engine:automatic_failed");
    EXPECT_EQ(world.verify(), "");
}

TEST(Robustness, WhatTheActItselfCannotDoRefusesIt) {
    World world;
    change_pratica(world, R"("do": [ { "open_child": "pareri" } ])",
                   R"("do": [ { "open_child": { "child": "pareri", "with": { "testo": 7 } } } ])");
    const auto id = world.open_raccolta("2025-05-16");
    const auto size = world.journal_size(id);

    EXPECT_FALSE(world.act(id, "chiedi_parere", world.body).has_value());
    EXPECT_EQ(world.journal_size(id), size);
}

TEST(Robustness, ASecondNumberInOneRegisterIsRefused) {
    World world;
    change_pratica(world, R"("trasmetti": { "title": "Trasmetti", "by": ["funzionario"],)",
                   R"("trasmetti": { "title": "Trasmetti", "by": ["funzionario"],
                      "do": [ { "assign_number": "ingresso" } ],)");
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    ASSERT_TRUE(world.attach(id, "verbale", "").has_value());
    ASSERT_TRUE(world.act(id, "trasmetti", world.officer).has_value());

    const auto second = world.act(id, "trasmetti", world.officer);

    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().details.front().code, "assign_number");
}

TEST(Robustness, APersonIdThatIsNoTextSpoilsItsOwnCommandOnly) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    auto broken = command_of(world, id, "chiedi_parere", world.body);
    broken.actor.person = "\xff\xfe";
    const std::vector<Command> commands{broken,
                                        command_of(world, id, "chiedi_parere", world.other_body)};

    const auto answers = world.engine->execute_all(commands);

    ASSERT_FALSE(answers[0].has_value());
    EXPECT_EQ(answers[0].error().code, ErrorCode::internal);
    EXPECT_TRUE(answers[1].has_value());
    EXPECT_EQ(world.verify(), "");
}

TEST(Robustness, ADayThatDoesNotExistIsRefused) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.file_parere(id, world.body);
    world.clock.move_to(at("2025-05-17T00:00"));
    ASSERT_TRUE(world.engine->run_due().has_value());

    const auto outcome =
        world.act(id, "sospendi", world.officer, R"({"ricevuta_il": "2025-02-30"})");

    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(outcome.error().details.front().code, "format");
}

TEST(Robustness, AnActOfNobodyIsRefused) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");

    const auto outcome = world.act(id, "chiedi_parere", {"", "ente", "", "A"});

    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::unauthenticated);
}

TEST(Robustness, AMetObligationIsNotMovedBackToLife) {
    World world;
    change_pratica(world, R"("deadline": "chiusura", "to": { "payload": "nuovo_termine" } } } ] })",
                   R"("deadline": "trasmissione", "to": { "payload": "nuovo_termine" } } } ] })");
    const auto id = world.open_raccolta("2025-05-16");
    ASSERT_TRUE(world.attach(id, "verbale", "").has_value());
    ASSERT_TRUE(world.act(id, "trasmetti", world.officer).has_value());

    const auto moved =
        world.act(id, "proroga", world.director, R"({"nuovo_termine": "2025-09-30"})");

    ASSERT_FALSE(moved.has_value());
    EXPECT_EQ(world.record(id).find_deadline("trasmissione")->status, DeadlineStatus::met);
}

TEST(Robustness, ABodyDoesNotBackdateADocumentEither) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto child = world.file_parere(id, world.body);
    world.clock.move_to(at("2025-03-03T10:00"));
    auto command = command_of(world, child, engine::machine::kEventRecordDocument, world.body);
    command.occurred_at = at("2025-02-20T10:00");

    const auto outcome = world.engine->execute(command);

    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::forbidden);
}

TEST(Robustness, ATaskThatSomebodyHasTakenIsConcludedByThem) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.file_parere(id, world.body);
    world.clock.move_to(at("2025-05-17T00:00"));
    ASSERT_TRUE(world.engine->run_due().has_value());
    const auto task_id = world.record(id).tasks.begin()->first;
    const std::string payload = R"({"compito": ")" + task_id + R"("})";
    using engine::machine::kEventCompleteTask;
    ASSERT_TRUE(world.act(id, engine::machine::kEventTakeTask, world.officer, payload));

    const auto other = world.act(id, kEventCompleteTask, world.other_officer, payload);

    ASSERT_FALSE(other.has_value());
    EXPECT_EQ(other.error().code, ErrorCode::forbidden);
    EXPECT_TRUE(world.act(id, kEventCompleteTask, world.officer, payload).has_value());
}

}  // namespace
}  // namespace tests
