// SPDX-License-Identifier: EUPL-1.2
// Terms as the running engine keeps them: bounds, lateness of the timer, moves and suspensions.
#include <gtest/gtest.h>

#include "engine/calendar/term.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::machine::DeadlineStatus;

TEST(Deadlines, TheLastMillisecondIsInTime) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto draft = world.act(id, "chiedi_parere", world.body)->opened.front();
    world.clock.move_to(at("2025-05-16T23:59:59.999"));

    EXPECT_TRUE(world.act(draft, "presenta", world.body, R"({"testo": "x"})").has_value());
}

TEST(Deadlines, TheBoundItselfIsLateWhateverTheTimerDid) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto draft = world.act(id, "chiedi_parere", world.body)->opened.front();
    world.clock.move_to(at("2025-05-17T00:00"));

    const auto outcome = world.act(draft, "presenta", world.body, R"({"testo": "x"})");

    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::guard_failed);
    EXPECT_EQ(outcome.error().details.front().code, "deadline_open");
    EXPECT_EQ(outcome.error().details.front().message_it,
              "È scaduto il termine «Termine per i pareri»: l'ultimo momento utile è stato il "
              "16/05/2025 alle 23:59:59.");
}

TEST(Deadlines, AnActReceivedInTimeCountsEvenWhenTheTimerWasFaster) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto draft = world.act(id, "chiedi_parere", world.body)->opened.front();
    world.file_parere(id, world.other_body);
    world.clock.move_to(at("2025-05-17T08:00"));
    ASSERT_TRUE(world.engine->run_due().has_value());
    engine::machine::Command command;
    command.instance = draft;
    command.event = "presenta";
    command.actor = {"p4", "protocollo", "326", ""};
    command.payload = {{"testo", "\"x\""}};
    command.received_at = world.clock.now();
    command.occurred_at = at("2025-05-16T23:58");

    EXPECT_TRUE(world.engine->execute(command).has_value());
}

TEST(Deadlines, ABodyDoesNotStateWhenItsOwnActTookPlace) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto draft = world.act(id, "chiedi_parere", world.body)->opened.front();
    world.clock.move_to(at("2025-05-17T08:00"));
    engine::machine::Command command;
    command.instance = draft;
    command.event = "presenta";
    command.actor = world.body;
    command.payload = {{"testo", "\"x\""}};
    command.received_at = world.clock.now();
    command.occurred_at = at("2025-05-16T23:58");

    const auto outcome = world.engine->execute(command);

    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::forbidden);
}

TEST(Deadlines, ALateTimerChangesNothing) {
    World punctual;
    World late;
    const auto play = [](World& world, bool is_punctual) {
        const auto id = world.open_raccolta("2025-05-16");
        const auto child = world.file_parere(id, world.body);
        if (is_punctual) {
            world.clock.move_to(at("2025-05-17T00:00"));
            EXPECT_TRUE(world.engine->run_due().has_value());
        }
        world.clock.move_to(at("2025-05-17T09:30"));
        EXPECT_TRUE(world.act(child, "valuta", world.officer).has_value());
        return world.record(id);
    };

    const auto left = play(punctual, true);
    const auto right = play(late, false);

    EXPECT_EQ(left.instance.state, "istruttoria");
    EXPECT_EQ(left.instance.state, right.instance.state);
    EXPECT_EQ(left.find_deadline("conclusione")->due_date,
              right.find_deadline("conclusione")->due_date);
    // From 16/05, the day the term ended: 15/06 is a Sunday.
    EXPECT_EQ(left.find_deadline("conclusione")->due_date, "2025-06-16");
}

TEST(Deadlines, WithoutAnyOpinionTheClosingLeadsElsewhere) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.clock.move_to(at("2025-05-18T00:00"));

    ASSERT_TRUE(world.engine->run_due().has_value());

    EXPECT_EQ(world.state(id), "deserta");
}

TEST(Deadlines, AMissedObligationIsNotedAndStillPossible) {
    World world;
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    world.clock.move_to(at("2025-07-01T00:00"));

    ASSERT_TRUE(world.engine->run_due().has_value());

    const auto missed = world.record(id);
    EXPECT_EQ(missed.find_deadline("trasmissione")->status, DeadlineStatus::missed);
    EXPECT_EQ(missed.instance.state, "aperta");
    EXPECT_EQ(missed.tasks.size(), 1U);
    ASSERT_TRUE(world.attach(id, "verbale", "").has_value());
    ASSERT_TRUE(world.act(id, "trasmetti", world.officer).has_value());
    EXPECT_EQ(world.record(id).find_deadline("trasmissione")->status, DeadlineStatus::met_late);
}

TEST(Deadlines, AnObligationMetInTimeIsNeverMissedAndItsReminderFalls) {
    World world;
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    ASSERT_TRUE(world.attach(id, "verbale", "").has_value());
    ASSERT_TRUE(world.act(id, "trasmetti", world.officer).has_value());
    world.clock.move_to(at("2025-07-02T00:00"));

    EXPECT_EQ(world.engine->run_due()->fired, 0U);
    EXPECT_EQ(world.record(id).find_deadline("trasmissione")->status, DeadlineStatus::met);
    EXPECT_EQ(world.record(id).find_deadline("trasmissione~3")->status, DeadlineStatus::cancelled);
}

TEST(Deadlines, NoClosingOvertakesACommandThatWaits) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.clock.move_to(at("2025-05-17T08:00"));

    EXPECT_EQ(world.engine->run_due_until(at("2025-05-16T23:59:59.999"))->fired, 0U);
    EXPECT_EQ(world.state(id), "raccolta");
    EXPECT_EQ(world.engine->run_due_until(at("2025-06-01T00:00"))->fired, 1U);
    EXPECT_EQ(world.state(id), "deserta");
}

TEST(Deadlines, AReminderComesOnItsMorning) {
    World world;
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    world.clock.move_to(at("2025-06-26T23:59:59.999"));
    ASSERT_EQ(world.engine->run_due()->fired, 0U);
    world.clock.move_to(at("2025-06-27T00:00"));

    EXPECT_EQ(world.engine->run_due()->fired, 1U);
    EXPECT_EQ(world.record(id).messages.size(), 1U);
}

TEST(Deadlines, AnExtensionMovesTheEndBeforeItOnly) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");

    const auto shorter =
        world.act(id, "proroga", world.director, R"({"nuovo_termine": "2025-05-15"})");
    const auto longer =
        world.act(id, "proroga", world.director, R"({"nuovo_termine": "2025-06-02"})");

    ASSERT_FALSE(shorter.has_value());
    EXPECT_EQ(shorter.error().code, ErrorCode::guard_failed);
    ASSERT_TRUE(longer.has_value());
    // 2 June is a holiday.
    EXPECT_EQ(world.record(id).find_deadline("chiusura")->due_date, "2025-06-03");
    EXPECT_EQ(world.record(id).find_deadline("chiusura")->occurrence, 1);
}

TEST(Deadlines, AReopeningIsANewOccurrenceBesideTheOld) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.file_parere(id, world.body);
    world.clock.move_to(at("2025-05-20T10:00"));
    ASSERT_TRUE(
        world.act(id, "riapri", world.director, R"({"nuovo_termine": "2025-06-05"})").has_value());

    const auto record = world.record(id);

    EXPECT_EQ(record.instance.state, "raccolta");
    EXPECT_EQ(record.deadlines.at({"chiusura", 1}).status, DeadlineStatus::expired);
    EXPECT_EQ(record.deadlines.at({"chiusura", 2}).due_date, "2025-06-05");
}

TEST(Deadlines, AReopeningIntoThePastIsRefused) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.file_parere(id, world.body);
    world.clock.move_to(at("2025-05-20T10:00"));

    const auto outcome =
        world.act(id, "riapri", world.director, R"({"nuovo_termine": "2025-05-19"})");

    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::guard_failed);
    EXPECT_EQ(world.state(id), "istruttoria");
}

TEST(Deadlines, ASuspensionAddsTheDaysThatDoNotCountAndHappensOnce) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.file_parere(id, world.body);
    world.clock.move_to(at("2025-05-20T10:00"));
    ASSERT_TRUE(world.engine->run_due().has_value());
    ASSERT_EQ(world.record(id).find_deadline("conclusione")->due_date, "2025-06-16");

    ASSERT_TRUE(
        world.act(id, "sospendi", world.officer, R"({"ricevuta_il": "2025-05-20"})").has_value());
    EXPECT_EQ(world.record(id).find_deadline("conclusione")->due_date, "2025-07-15");
    world.clock.move_to(at("2025-05-30T10:00"));
    ASSERT_TRUE(world.act(id, "integra", world.officer).has_value());
    EXPECT_EQ(world.record(id).find_deadline("conclusione")->due_date, "2025-06-25");

    const auto second =
        world.act(id, "sospendi", world.officer, R"({"ricevuta_il": "2025-05-30"})");
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().details.front().code, "suspension_unused");
    EXPECT_EQ(world.verify(), "");
}

TEST(Deadlines, EachKeepsItsExplanationAndItsCalendar) {
    World world;
    const auto id = world.open_raccolta("2025-06-02");

    const auto record = world.record(id);
    const auto term =
        engine::calendar::parse_term_json(record.find_deadline("chiusura")->term.text);

    ASSERT_TRUE(term.has_value());
    EXPECT_EQ(engine::calendar::render_legal_date(term->raw_date), "2025-06-02");
    EXPECT_EQ(engine::calendar::render_legal_date(term->due_date), "2025-06-03");
    EXPECT_EQ(term->calendar_version, engine::calendar::kCalendarVersion);
    EXPECT_FALSE(term->steps.empty());
}

TEST(Deadlines, AfterADowntimeEverythingFiresOnceInLegalOrder) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.file_parere(id, world.body);
    world.clock.move_to(at("2025-08-01T09:00"));
    world.reopen();

    ASSERT_TRUE(world.engine->run_due().has_value());
    EXPECT_EQ(world.engine->run_due()->fired, 0U);

    std::vector<std::string> fired;
    const auto entries = world.engine->queries().journal(id, 0, 1000);
    ASSERT_TRUE(entries.has_value());
    for (const auto& entry : *entries) {
        if (entry.event.starts_with("engine:deadline")) {
            fired.push_back(entry.event.substr(16));
        }
    }
    EXPECT_EQ(fired, (std::vector<std::string>{"chiusura", "conclusione", "trasmissione~3",
                                               "trasmissione"}));
}

}  // namespace
}  // namespace tests
