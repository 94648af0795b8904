// SPDX-License-Identifier: EUPL-1.2
// What the writer remembers from one transaction to the next is what the tables say, also after
// something was undone, and after somebody else has written.
#include <gtest/gtest.h>

#include "engine/runtime/executor.h"
#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::machine::Snapshot;
using engine::store::UnitOfWork;

class SnapshotCacheTest : public testing::Test {
  protected:
    /// Carries out an event inside the transaction; fails the test when it is refused.
    void act(UnitOfWork& unit, const std::string& event, const engine::machine::Actor& actor) {
        const auto done = engine::runtime::execute_command(
            unit, {catalog, toy_checks(), world.clock, world.random},
            command_of(world, id, event, actor));
        EXPECT_TRUE(done.has_value()) << done.error().message_it;
    }
    std::string state_in(UnitOfWork& unit) { return unit.find_snapshot(id)->record.instance.state; }
    /// As it is read where nothing is remembered, when all is committed.
    Snapshot in_tables() { return in_tables_of(*world.store); }
    Snapshot in_tables_of(engine::store::Reader& reader) {
        return engine::store::read_from(
            reader, [&](engine::store::ReadUnit& unit) { return *unit.find_snapshot(id); });
    }

    World world;
    engine::definition::Catalog catalog = toy_catalog();
    engine::base::InstanceId id = world.open_raccolta("2025-05-16");
};

TEST_F(SnapshotCacheTest, SaysWhatTheTablesSayOnceItIsCommitted) {
    std::optional<Snapshot> remembered;

    world.store->commit({[&](UnitOfWork& unit) {
        EXPECT_EQ(state_in(unit), "raccolta");
        act(unit, "sospendi_tutto", world.director);
        remembered = unit.find_snapshot(id);
        return true;
    }});

    const Snapshot stored = in_tables();
    EXPECT_EQ(remembered->record.instance.state, "sospesa");
    EXPECT_EQ(remembered->record, stored.record);
    EXPECT_EQ(remembered->values, stored.values);
    EXPECT_EQ(world.verify(), "");
}

TEST_F(SnapshotCacheTest, ForgetsWhatAnItemOfTheBatchUndid) {
    std::string seen_by_the_next;

    world.store->commit({[&](UnitOfWork& unit) {
                             act(unit, "sospendi_tutto", world.director);
                             return false;
                         },
                         [&](UnitOfWork& unit) {
                             seen_by_the_next = state_in(unit);
                             return true;
                         }});

    EXPECT_EQ(seen_by_the_next, "raccolta");
    EXPECT_EQ(in_tables().record.instance.state, "raccolta");
}

TEST_F(SnapshotCacheTest, ForgetsWhatASavepointUndid) {
    world.store->commit({[&](UnitOfWork& unit) {
        unit.in_savepoint([&] {
            act(unit, "sospendi_tutto", world.director);
            return false;
        });
        EXPECT_EQ(state_in(unit), "raccolta");
        return true;
    }});

    EXPECT_EQ(in_tables().record.instance.state, "raccolta");
}

TEST_F(SnapshotCacheTest, ForgetsATransactionOfWhichNothingWasLeft) {
    const auto fails = [&] {
        world.store->commit({[&](UnitOfWork& unit) {
                                 act(unit, "sospendi_tutto", world.director);
                                 return true;
                             },
                             [](UnitOfWork&) -> bool {
                                 throw engine::store::StoreFailure(
                                     {engine::base::ErrorCode::storage_full, "disco pieno", {}});
                             }});
    };
    EXPECT_THROW(fails(), engine::store::StoreFailure);

    world.store->commit({[&](UnitOfWork& unit) {
        EXPECT_EQ(state_in(unit), "raccolta");
        return true;
    }});
}

TEST_F(SnapshotCacheTest, ReadsAnewWhatAnotherProgramHasWritten) {
    world.store->commit({[&](UnitOfWork& unit) { return state_in(unit) == "raccolta"; }});
    const auto other_store = engine::open_store(world.folder.path(), world.clock);
    ASSERT_TRUE(other_store.has_value());
    const auto other = engine::Engine::start(
        {**other_store, toy_catalog(), toy_checks(), world.contents, world.clock, world.random});
    ASSERT_TRUE(other.has_value());
    ASSERT_TRUE(
        (*other)->execute(command_of(world, id, "sospendi_tutto", world.director)).has_value());

    world.store->commit({[&](UnitOfWork& unit) {
        EXPECT_EQ(state_in(unit), "sospesa");
        EXPECT_EQ(unit.find_snapshot(id)->record, in_tables_of(**other_store).record);
        return true;
    }});
}

TEST_F(SnapshotCacheTest, KnowsInTheNextTransactionWhatTheLastOneWrote) {
    world.store->commit({[&](UnitOfWork& unit) { return !state_in(unit).empty(); }});
    ASSERT_TRUE(world.act(id, "sospendi_tutto", world.director).has_value());

    world.store->commit({[&](UnitOfWork& unit) {
        EXPECT_EQ(state_in(unit), "sospesa");
        return true;
    }});
}

}  // namespace
}  // namespace tests
