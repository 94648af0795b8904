// SPDX-License-Identifier: EUPL-1.2
// What comes first: acts in order of receipt, terms before acts, messages as they were queued.
#include <gtest/gtest.h>

#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::machine::Command;

Command command_of(const engine::base::InstanceId& id, const engine::machine::Actor& actor,
                   const std::string& received_at) {
    Command command;
    command.instance = id;
    command.event = "chiedi_parere";
    command.actor = actor;
    command.received_at = at(received_at);
    return command;
}

TEST(Order, OfReceiptCountsWhateverTheQueueDid) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.clock.move_to(at("2025-05-17T00:00:01"));
    const std::vector<Command> commands{command_of(id, world.other_body, "2025-05-17T00:00"),
                                        command_of(id, world.body, "2025-05-16T23:59:59.999")};

    const auto answers = world.engine->execute_all(commands);

    EXPECT_FALSE(answers[0].has_value());
    EXPECT_TRUE(answers[1].has_value());
    EXPECT_EQ(world.state(id), "istruttoria");
}

/// The toy whose obligation, when missed, opens a `parere` that is a root with a term of one day.
engine::definition::Catalog catalog_with_roots() {
    engine::definition::Catalog catalog;
    EXPECT_TRUE(catalog
                    .add(parsed(replaced(toy_pratica(), R"("on_due": [ { "start_task")",
                                         R"("on_due": [ { "open_child": "pareri" },
                                               { "start_task")")))
                    .has_value());
    const std::string root =
        replaced(toy_parere(), R"("initial": "bozza",)",
                 R"("initial": "bozza", "root": true, "deadlines": { "bozza": { "title": "Bozza",
           "kind": "closing", "due": { "days": 1, "after": "now" }, "legal_basis": ["Avviso"] } },
           "after": { "bozza": [ { "target": "ritirato" } ] },)");
    EXPECT_TRUE(catalog
                    .add(parsed(replaced(root, R"("title": "Bozza",
      "on")",
                                         R"("title": "Bozza",
      "entry": [ { "start_deadline": "bozza" } ], "on")")))
                    .has_value());
    EXPECT_TRUE(catalog.add(toy_catalog().find_initiative("prova-2025")).has_value());
    return catalog;
}

TEST(Order, TermsOfARootThatATermOpenedEndBeforeTheActToo) {
    World world;
    auto started = engine::Engine::start({*world.store, catalog_with_roots(), toy_checks(),
                                          world.contents, world.clock, world.random});
    ASSERT_TRUE(started.has_value()) << started.error().message_it;
    world.engine = std::move(*started);
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    world.clock.move_to(at("2025-07-10T09:00"));

    const auto outcome = world.act(id, "archivia", world.officer);

    ASSERT_TRUE(outcome.has_value()) << outcome.error().message_it;
    const auto children = world.engine->queries().children(id).value();
    ASSERT_EQ(children.size(), 1U);
    EXPECT_EQ(world.state(children.front()), "ritirato");
}

std::vector<std::string> parties_of(const TestCourier& courier) {
    std::vector<std::string> parties;
    for (const auto& envelope : courier.envelopes) {
        parties.push_back(envelope.party);
    }
    return parties;
}

/// Twenty receipts, each to a body of its own, in the order of the acts.
std::vector<std::string> queue_receipts(World& world, const engine::base::InstanceId& id) {
    std::vector<std::string> queued;
    for (int number = 0; number < 20; ++number) {
        queued.push_back("E" + std::to_string(number));
        world.file_parere(id, {"e1", "ente", "", queued.back()});
    }
    return queued;
}

TEST(Order, MessagesLeaveAsTheyWereQueued) {
    World world;
    const auto queued = queue_receipts(world, world.open_raccolta("2025-05-16"));

    ASSERT_TRUE(world.engine->run_outbox(world.courier).has_value());

    EXPECT_EQ(parties_of(world.courier), queued);
}

TEST(Order, MessagesWhoseLeaseRanOutLeaveAsTheyWereQueued) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    auto queued = queue_receipts(world, id);
    ASSERT_EQ(world.store->lease_messages(world.clock.now(), 1000, 100).size(), 20U);
    world.clock.move_to({world.clock.now().utc_ms + 60'000});
    world.file_parere(id, {"e1", "ente", "", "la prima che parte"});
    queued.insert(queued.begin(), "la prima che parte");

    ASSERT_TRUE(world.engine->run_outbox(world.courier).has_value());

    EXPECT_EQ(parties_of(world.courier), queued);
}

}  // namespace
}  // namespace tests
