// SPDX-License-Identifier: EUPL-1.2
// What is kept for a while only.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace tests {
namespace {

engine::machine::Command keyed_command(World& world, const engine::base::InstanceId& id,
                                       const std::string& key) {
    auto command = command_of(world, id, "chiedi_parere", world.body);
    command.idempotency_key = key;
    return command;
}

TEST(ExecutePrune, AnAnswerIsRepeatedForADayAndThenForgotten) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto first = world.engine->execute(keyed_command(world, id, "chiave"));
    ASSERT_TRUE(first.has_value());

    world.clock.move_to(at("2025-02-04T09:00"));
    EXPECT_EQ(world.engine->prune()->pruned, 0U);
    EXPECT_EQ(world.engine->execute(keyed_command(world, id, "chiave"))->opened, first->opened);
    world.clock.move_to(at("2025-02-04T09:00:00.001"));
    const auto run = world.engine->prune();

    ASSERT_TRUE(run.has_value());
    EXPECT_EQ(run->pruned, 1U);
    EXPECT_TRUE(run->is_finished);
    EXPECT_NE(world.engine->execute(keyed_command(world, id, "chiave"))->opened, first->opened)
        << "a key is new again";
    EXPECT_EQ(world.verify(), "");
}

TEST(ExecutePrune, ABacklogTakesSeveralRuns) {
    World world;
    {
        SQLite::Database database((world.folder.path() / "coprog.db").string(),
                                  SQLite::OPEN_READWRITE);
        database.exec(
            "with recursive n (i) as (select 1 union all select i + 1 from n where i < 1500)"
            " insert into idempotency (key, person, request_sha256, answer, created_at)"
            " select i, 'p', 'x', 'y', i from n");
    }

    const auto first = world.engine->prune();
    const auto second = world.engine->prune();

    EXPECT_EQ(first->pruned, 1000U);
    EXPECT_FALSE(first->is_finished);
    EXPECT_EQ(second->pruned, 500U);
    EXPECT_TRUE(second->is_finished);
}

}  // namespace
}  // namespace tests
