// SPDX-License-Identifier: EUPL-1.2
// A procedure at an instant of its past: what was known, and what was in force.
#include "engine/runtime/as_of.h"

#include <gtest/gtest.h>

#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::PastInstance;
using engine::PastPicture;
using engine::base::ErrorCode;
using engine::base::InstanceId;
using engine::machine::Command;
using engine::machine::DeadlineStatus;

PastPicture picture_at(World& world, const InstanceId& id, const std::string& text) {
    const auto picture = world.engine->queries().as_of(id, at(text));
    EXPECT_TRUE(picture.has_value()) << picture.error().message_it;
    return picture ? *picture : PastPicture{{}, {PastInstance{}}};
}

DeadlineStatus closing_at(const PastPicture& picture) {
    const auto* closing = picture.instances.front().record.find_deadline("chiusura");
    EXPECT_NE(closing, nullptr);
    return closing == nullptr ? DeadlineStatus::cancelled
                              : picture.instances.front().status_of(*closing);
}

std::string state_at(World& world, const InstanceId& id, const std::string& text) {
    return picture_at(world, id, text).instances.front().record.instance.state;
}

TEST(AsOf, RefusesAnInstanceThatIsNotThere) {
    World world;

    const auto picture = world.engine->queries().as_of(InstanceId{"niente"}, std::nullopt);

    ASSERT_FALSE(picture.has_value());
    EXPECT_EQ(picture.error().code, ErrorCode::not_found);
}

TEST(AsOf, RefusesTheFuture) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");

    const auto picture = world.engine->queries().as_of(id, at("2025-02-03T09:00:00.001"));

    ASSERT_FALSE(picture.has_value());
    EXPECT_EQ(picture.error().code, ErrorCode::invalid_input);
    EXPECT_TRUE(world.engine->queries().as_of(id, world.clock.now()).has_value());
}

TEST(AsOf, BeforeTheOpeningThereIsNothing) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");

    const auto picture = world.engine->queries().as_of(id, at("2025-02-03T08:59:59.999"));

    ASSERT_FALSE(picture.has_value());
    EXPECT_EQ(picture.error().code, ErrorCode::not_found);
    EXPECT_NE(picture.error().message_it.find("non era ancora aperto"), std::string::npos);
    EXPECT_EQ(state_at(world, id, "2025-02-03T09:00"), "raccolta");
}

TEST(AsOf, ATermIsOverFromItsBound) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.clock.move_to(at("2025-05-17T00:00"));
    ASSERT_TRUE(world.engine->run_due().has_value());

    const auto before = picture_at(world, id, "2025-05-16T23:59:59.999");
    const auto after = picture_at(world, id, "2025-05-17T00:00");

    EXPECT_EQ(closing_at(before), DeadlineStatus::running);
    EXPECT_EQ(before.instances.front().record.instance.state, "raccolta");
    EXPECT_EQ(closing_at(after), DeadlineStatus::expired);
    EXPECT_EQ(after.instances.front().record.instance.state, "deserta");
    EXPECT_TRUE(after.instances.front().later_acts.empty());
}

TEST(AsOf, ALateTimerChangesNothingAndIsTold) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.clock.move_to(at("2025-05-20T09:00"));
    ASSERT_TRUE(world.engine->run_due().has_value());

    const auto picture = picture_at(world, id, "2025-05-18T12:00");

    EXPECT_EQ(closing_at(picture), DeadlineStatus::expired);
    EXPECT_EQ(picture.instances.front().record.instance.state, "deserta");
    ASSERT_EQ(picture.instances.front().later_acts.size(), 1U);
    EXPECT_TRUE(picture.instances.front().later_acts.front().is_in_picture);
    EXPECT_EQ(picture.instances.front().later_acts.front().recorded_at, at("2025-05-20T09:00"));
}

TEST(AsOf, ATermThatNobodyHasNoticedYetIsOverAllTheSame) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.clock.move_to(at("2025-05-20T09:00"));

    const auto picture = picture_at(world, id, "2025-05-18T12:00");

    EXPECT_EQ(closing_at(picture), DeadlineStatus::expired);
    EXPECT_EQ(picture.instances.front().ended_unrecorded.size(), 1U);
    EXPECT_EQ(closing_at(*world.engine->queries().as_of(id, std::nullopt)),
              DeadlineStatus::expired);
    EXPECT_EQ(closing_at(picture_at(world, id, "2025-05-16T12:00")), DeadlineStatus::running);
}

TEST(AsOf, AMissedObligationThatNobodyHasNoticedIsMissed) {
    World world;
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    world.clock.move_to(at("2025-07-02T09:00"));

    const auto picture = picture_at(world, id, "2025-07-01T00:00");

    const auto& pratica = picture.instances.front();
    EXPECT_EQ(pratica.status_of(*pratica.record.find_deadline("trasmissione")),
              DeadlineStatus::missed);
}

TEST(AsOf, APecEnteredLaterIsNotSeenBeforeAndIsTold) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto opened = world.act(id, "chiedi_parere", world.body);
    ASSERT_TRUE(opened.has_value());
    world.clock.move_to(at("2025-05-19T09:00"));
    Command command;
    command.instance = opened->opened.front();
    command.event = "presenta";
    command.actor = {"p5", "protocollo", "326", ""};
    command.payload = {{"testo", R"("bene")"}};
    command.received_at = world.clock.now();
    command.occurred_at = at("2025-05-16T22:00");
    ASSERT_TRUE(world.engine->execute(command).has_value());

    const auto before = picture_at(world, id, "2025-05-18T12:00");
    const auto after = picture_at(world, id, "2025-05-19T09:00");

    ASSERT_EQ(before.instances.size(), 2U);
    EXPECT_EQ(before.instances[1].record.instance.state, "bozza");
    ASSERT_EQ(before.instances[1].later_acts.size(), 1U);
    EXPECT_FALSE(before.instances[1].later_acts.front().is_in_picture);
    EXPECT_EQ(before.instances[1].later_acts.front().took_place_at, at("2025-05-16T22:00"));
    EXPECT_EQ(after.instances[1].record.instance.state, "presentato");
    EXPECT_TRUE(after.instances[1].later_acts.empty());
}

TEST(AsOf, ATermIsAsItWasBeforeItWasMoved) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.clock.move_to(at("2025-05-10T09:00"));
    ASSERT_TRUE(
        world.act(id, "proroga", world.director, R"({"nuovo_termine": "2025-05-30"})").has_value());

    const auto before = picture_at(world, id, "2025-05-10T08:59:59.999").instances.front();
    const auto after = picture_at(world, id, "2025-05-10T09:00").instances.front();

    EXPECT_EQ(before.record.find_deadline("chiusura")->due_date, "2025-05-16");
    EXPECT_FALSE(before.values.contains("nuovo_termine"));
    EXPECT_EQ(after.record.find_deadline("chiusura")->due_date, "2025-05-30");
    EXPECT_EQ(after.values.at("nuovo_termine"), R"("2025-05-30")");
}

TEST(AsOf, AValueIsAsItWas) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    for (const char* day : {"2025-05-20", "2025-05-30"}) {
        world.clock.move_to(engine::base::Instant{world.clock.now().utc_ms + 1000});
        ASSERT_TRUE(world
                        .act(id, "proroga", world.director,
                             std::string(R"({"nuovo_termine": ")") + day + R"("})")
                        .has_value());
    }

    const auto first = picture_at(world, id, "2025-02-03T09:00:01").instances.front();
    const auto second = picture_at(world, id, "2025-02-03T09:00:02").instances.front();

    EXPECT_EQ(first.values.at("nuovo_termine"), R"("2025-05-20")");
    EXPECT_EQ(second.values.at("nuovo_termine"), R"("2025-05-30")");
}

TEST(AsOf, TheHourThatComesTwiceIsTwoHours) {
    World world;
    world.clock.move_to(at("2025-10-26T01:00"));
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    world.clock.move_to(at("2025-10-26T02:10+01:00"));
    ASSERT_TRUE(world.attach(id, "atto", "dirigente").has_value());

    const auto summer = picture_at(world, id, "2025-10-26T02:30+02:00").instances.front();
    const auto winter = picture_at(world, id, "2025-10-26T02:10+01:00").instances.front();

    EXPECT_TRUE(summer.record.documents.empty());
    EXPECT_EQ(winter.record.documents.size(), 1U);
}

TEST(AsOf, AClockPutBackHidesNothingAndInventsNothing) {
    World world;
    world.clock.move_to(at("2025-03-10T09:00"));
    const auto id = world.open_pratica(R"({"oggetto": "completo", "termine": "2025-05-16"})");
    world.clock.move_to(at("2025-03-20T09:00"));
    ASSERT_TRUE(world.attach(id, "atto", "dirigente").has_value());
    Command command;
    command.instance = id;
    command.event = "avvia";  // needs the document above
    command.actor = world.director;
    command.received_at = at("2025-03-12T09:00");
    ASSERT_TRUE(world.engine->execute(command).has_value());

    const auto between = picture_at(world, id, "2025-03-15T09:00").instances.front();
    const auto after = picture_at(world, id, "2025-03-20T09:00").instances.front();

    EXPECT_EQ(between.record.instance.state, "aperta");
    EXPECT_TRUE(between.record.documents.empty());
    EXPECT_EQ(after.record.instance.state, "raccolta");
    EXPECT_TRUE(after.record.find_document("atto")->published_at.has_value());
}

TEST(AsOf, ADeadlineThatWasOverWhenItBeganDoesNotBringItsActForward) {
    World world;
    world.clock.move_to(at("2025-06-02T09:00"));
    const auto id = world.open_raccolta("2025-05-16");
    ASSERT_TRUE(world.engine->run_due().has_value());
    ASSERT_EQ(world.state(id), "deserta") << "the deadline's entry has its bound as its instant";

    const auto picture = world.engine->queries().as_of(id, at("2025-05-20T09:00"));

    ASSERT_FALSE(picture.has_value());
    EXPECT_EQ(picture.error().code, ErrorCode::not_found);
}

TEST(AsOf, AMessageThatLeftBeforeALateTimerDoesNotDelayTheTerm) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.file_parere(id, world.body);
    world.clock.move_to(at("2025-05-18T12:00"));
    ASSERT_EQ(world.engine->run_outbox(world.courier)->sent, 1U);
    ASSERT_TRUE(world.engine->run_due().has_value());

    const auto picture = picture_at(world, id, "2025-05-18T06:00");

    EXPECT_EQ(picture.instances[0].record.instance.state, "istruttoria");
    EXPECT_EQ(picture.instances[1].record.messages.begin()->second.content_sha256, "");
}

TEST(AsOf, ShowsThoseWhoWereUnderItThen) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.clock.move_to(at("2025-03-01T09:00"));
    world.file_parere(id, world.body);
    world.clock.move_to(at("2025-03-02T09:00"));
    const auto second = world.file_parere(id, world.other_body);
    world.clock.move_to(at("2025-03-03T09:00"));
    ASSERT_TRUE(world.act(second, "ritira", world.other_body).has_value());

    const auto one = picture_at(world, id, "2025-03-01T12:00");
    const auto two = picture_at(world, id, "2025-03-02T12:00");
    const auto alone = picture_at(world, second, "2025-03-03T09:00");

    ASSERT_EQ(one.instances.size(), 2U);
    EXPECT_EQ(one.instances[1].record.instance.party, "A");
    ASSERT_EQ(two.instances.size(), 3U);
    EXPECT_EQ(two.instances[2].record.instance.party, "B");
    EXPECT_EQ(two.instances[2].record.instance.state, "presentato");
    ASSERT_EQ(alone.instances.size(), 1U);
    EXPECT_EQ(alone.instances[0].record.instance.state, "ritirato");
}

TEST(AsOf, FollowsThoseWhoHaveAChainOfTheirOwn) {
    World world;
    engine::definition::Catalog catalog;
    ASSERT_TRUE(catalog.add(parsed(toy_pratica())).has_value());
    ASSERT_TRUE(catalog.add(parsed(
        replaced(toy_parere(), R"("initial": "bozza")", R"("root": true, "initial": "bozza")"))));
    ASSERT_TRUE(catalog.add(toy_catalog().find_initiative("prova-2025")).has_value());
    auto engine = engine::Engine::start(
        {*world.store, catalog, toy_checks(), world.contents, world.clock, world.random});
    ASSERT_TRUE(engine.has_value()) << engine.error().message_it;
    world.engine = std::move(*engine);
    const auto id = world.open_raccolta("2025-05-16");
    world.clock.move_to(at("2025-03-01T09:00"));
    const auto parere = world.file_parere(id, world.body);
    ASSERT_EQ(world.record(parere).instance.root, parere);

    EXPECT_EQ(picture_at(world, id, "2025-02-28T09:00").instances.size(), 1U);
    const auto picture = picture_at(world, id, "2025-03-01T09:00");
    ASSERT_EQ(picture.instances.size(), 2U);
    EXPECT_EQ(picture.instances[1].record.instance.state, "presentato");
}

TEST(AsOf, NowIsWhatTheTablesHold) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto parere = world.file_parere(id, world.body);
    world.clock.move_to(at("2025-05-20T09:00"));
    ASSERT_TRUE(world.engine->run_due().has_value());

    const auto now = world.engine->queries().as_of(id, std::nullopt);

    ASSERT_TRUE(now.has_value());
    EXPECT_EQ(now->instances[0].record, world.record(id));
    EXPECT_EQ(now->instances[1].record, world.record(parere));
    EXPECT_EQ(now->instances[1].values, world.engine->queries().view(parere)->values);
}

}  // namespace
}  // namespace tests
