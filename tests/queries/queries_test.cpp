// SPDX-License-Identifier: EUPL-1.2
// What readers beside the writer see, and when.
#include "engine/queries.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "engine/store/sqlite_store.h"
#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::Queries;
using engine::base::ErrorCode;

std::unique_ptr<Queries> open_beside(World& world) {
    auto queries = engine::open_queries(world.folder.path(), world.engine->catalog(), toy_checks(),
                                        world.clock);
    EXPECT_TRUE(queries.has_value()) << queries.error().message_it;
    return std::move(*queries);
}

TEST(Queries, SeeWhatWasCommittedBeforeTheyAreAsked) {
    World world;
    const auto queries = open_beside(world);

    const auto id = world.open_pratica(R"({"oggetto": "completo"})");

    const auto view = queries->view(id);
    ASSERT_TRUE(view.has_value());
    EXPECT_EQ(view->record, world.record(id));
    EXPECT_EQ(view->values.at("oggetto"), R"("completo")");
    EXPECT_EQ(view->definition->title, "Pratica di prova");
    EXPECT_EQ(queries->journal(id, 0, 10)->size(), 1U);
    EXPECT_EQ(queries->available(id, world.director)->size(), 3U);
    EXPECT_TRUE(world.act(id, "archivia", world.officer).has_value());
    EXPECT_EQ(queries->view(id)->record.instance.state, "archiviata");
}

TEST(Queries, SeeNothingOfAWriteThatIsUnderWayAndDoNotWaitForIt) {
    World world;
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    const auto queries = open_beside(world);
    std::string state_meanwhile;

    world.store->commit({[&](engine::store::UnitOfWork& unit) {
        auto record = unit.find_snapshot(id)->record;
        record.instance.state = "archiviata";
        engine::machine::JournalEntry entry;
        entry.root = id;
        entry.instance = id;
        unit.append(entry, record);
        state_meanwhile = queries->view(id)->record.instance.state;
        return false;
    }});

    EXPECT_EQ(state_meanwhile, "aperta");
}

TEST(Queries, ForeseeTheWayThatAnActTakesAndDoNothing) {
    const std::string ways = R"("archivia": { "title": "Archivia", "by": ["funzionario"],
        "takes": ["posti"], "branches": [
          { "title": "Un posto solo", "target": "archiviata",
            "guard": { "value_in": { "value": { "payload": "posti" }, "options": [1] } } },
          { "title": "Pochi posti", "target": "sospesa",
            "guard": { "value_in": { "value": { "payload": "posti" }, "options": [2, 3] } } } ] })";
    const std::string only_way = R"("archivia": { "title": "Archivia", )"
                                 R"("by": ["funzionario", "dirigente"], "target": "archiviata" })";
    engine::definition::Catalog catalog;
    ASSERT_TRUE(catalog.add(parsed(replaced(toy_pratica(), only_way, ways))));
    ASSERT_TRUE(catalog.add(parsed(toy_parere())));
    ASSERT_TRUE(catalog.add(toy_catalog().find_initiative("prova-2025")));
    World world;
    world.reopen(catalog);
    const auto queries = open_beside(world);
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    const auto foresee = [&](const std::string& places) {
        auto command = command_of(world, id, "archivia", world.officer);
        command.payload = {{"posti", places}};
        return queries->foresee(command);
    };

    const auto one = foresee("1");
    const auto few = foresee("3");
    const auto many = foresee("9");
    const auto wrong = foresee("0");

    ASSERT_TRUE(one.has_value() && few.has_value());
    EXPECT_EQ((*one)->title, "Un posto solo");
    EXPECT_EQ((*few)->target, "sospesa");
    ASSERT_FALSE(many.has_value() || wrong.has_value());
    EXPECT_EQ(many.error().code, ErrorCode::guard_failed);
    EXPECT_EQ(wrong.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(queries->view(id)->record.instance.state, "aperta");
    EXPECT_EQ(queries->journal(id, 0, 10)->size(), 1U);
}

TEST(Queries, SayThatAnInstanceIsNotThere) {
    World world;
    const auto queries = open_beside(world);
    const engine::base::InstanceId nobody{"niente"};

    EXPECT_EQ(queries->view(nobody).error().code, ErrorCode::not_found);
    EXPECT_EQ(queries->available(nobody, world.officer).error().code, ErrorCode::not_found);
    EXPECT_EQ(queries->as_of(nobody, std::nullopt).error().code, ErrorCode::not_found);
    EXPECT_TRUE(queries->children(nobody)->empty());
}

TEST(Queries, NeedADatabaseThatIsThere) {
    const TemporaryFolder folder;
    const engine::base::ManualClock clock(at("2025-02-03T09:00"));
    const auto catalog = toy_catalog();

    const auto queries = engine::open_queries(folder.path(), catalog, toy_checks(), clock);

    ASSERT_FALSE(queries.has_value());
    EXPECT_EQ(queries.error().code, ErrorCode::not_found);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << "reading makes nothing";
}

/// Each picture is of one moment: a procedure and its opinions, whatever the writer does.
TEST(Queries, ReadOneMomentWhileAnotherThreadWrites) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    constexpr std::size_t kActs = 60;
    std::atomic<bool> is_done{false};
    std::size_t readings = 0;
    std::string problem;

    std::thread reader([&] {
        const auto queries = open_beside(world);
        while (!is_done || readings == 0) {
            const auto picture = queries->as_of(id, std::nullopt);
            const auto report = picture ? "" : picture.error().message_it;
            problem = problem.empty() ? report : problem;
            // Every opinion is opened by an entry of the root: picture and rows agree.
            for (std::size_t one = 1; picture && one < picture->instances.size(); ++one) {
                problem = picture->instances[one].record.instance.state.empty() ? "half" : problem;
            }
            ++readings;
        }
    });
    for (std::size_t act = 0; act < kActs; ++act) {
        EXPECT_TRUE(world.act(id, "chiedi_parere", world.body).has_value());
    }
    is_done = true;
    reader.join();

    EXPECT_EQ(problem, "");
    EXPECT_GT(readings, 0U);
    EXPECT_EQ(world.engine->queries().children(id)->size(), kActs);
}

TEST(Queries, FindIdsByTheirBeginning) {
    World world;
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    world.open_pratica(R"({"oggetto": "completo"})");

    const auto found = world.engine->queries().find_ids(id.text.substr(0, 12), 5);

    ASSERT_EQ(found->size(), 1U);
    EXPECT_EQ(found->front(), id);
    EXPECT_TRUE(world.engine->queries().find_ids(id.text + "0", 5)->empty());
    EXPECT_EQ(world.engine->queries().find_ids("", 5)->size(), 2U);
}

}  // namespace
}  // namespace tests
