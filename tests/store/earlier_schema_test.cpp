// SPDX-License-Identifier: EUPL-1.2
// Databases as earlier versions of the program made them: each migrates and verifies.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "engine/store/migration.h"
#include "tests/support/source_dir.h"
#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::base::ErrorCode;

engine::TaskFilter tasks_for(const engine::Visibility& visible) {
    engine::TaskFilter filter;
    filter.visible = visible;
    return filter;
}

engine::DeadlineFilter deadlines_for(const engine::Visibility& visible) {
    engine::DeadlineFilter filter;
    filter.visible = visible;
    return filter;
}

/// Makes the database that a dump describes.
std::string load_dump(const TemporaryFolder& folder, const std::string& name) {
    std::ifstream file(source_dir() + "/tests/store/databases/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_FALSE(text.str().empty()) << name;
    const std::string path = (folder.path() / "coprog.db").string();
    SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(text.str());
    return path;
}

/// An old database with an engine on it.
struct OldScene {
    TemporaryFolder folder;
    std::string path = load_dump(folder, "0002.dump");
    engine::base::ManualClock clock{at("2025-07-02T09:00")};
    engine::base::SeededRandom random{7};
    engine::documents::ContentStore contents{folder.path() / "contenuti"};
    std::unique_ptr<engine::store::Store> store;
    std::unique_ptr<engine::Engine> engine;

    void open() {
        auto opened = engine::open_store(folder.path(), clock);
        ASSERT_TRUE(opened.has_value()) << opened.error().message_it;
        store = std::move(*opened);
        auto started =
            engine::Engine::start({*store, toy_catalog(), toy_checks(), contents, clock, random});
        ASSERT_TRUE(started.has_value()) << started.error().message_it;
        engine = std::move(*started);
    }
};

TEST(StoreSchema, ADatabaseOf0002MigratesVerifiesAndIsListed) {
    OldScene scene;

    scene.open();

    EXPECT_EQ(engine::verify(*scene.store)->first_problem, "");
    const engine::Visibility office{engine::Visibility::Scope::office, "326", ""};
    const auto tasks = scene.engine->queries().list_tasks(tasks_for(office), {});
    ASSERT_EQ(tasks->items.size(), 2U);
    EXPECT_EQ(tasks->items[0].name, "istruisci");
    EXPECT_EQ(tasks->items[0].assignee, "p1");
    EXPECT_EQ(tasks->items[1].name, "giustifica");
    const auto deadlines = scene.engine->queries().list_deadlines(deadlines_for(office), {});
    ASSERT_EQ(deadlines->items.size(), 2U);
    EXPECT_TRUE(deadlines->items[0].is_overdue);
}

TEST(StoreSchema, AMigratedDatabaseGoesOn) {
    OldScene scene;
    scene.open();
    const engine::Visibility everything{engine::Visibility::Scope::everything, "", ""};
    const auto task = scene.engine->queries().list_tasks(tasks_for(everything), {})->items.front();
    engine::machine::Command command;
    command.instance = task.instance;
    command.event = engine::machine::kEventCompleteTask;
    command.actor = {"p1", "funzionario", "326", ""};
    command.payload = {{"compito", '"' + task.id.text + '"'}};
    command.received_at = scene.clock.now();

    EXPECT_TRUE(scene.engine->execute(command).has_value());

    EXPECT_EQ(scene.engine->queries().list_tasks(tasks_for(everything), {})->items.size(), 1U);
    EXPECT_EQ(engine::verify(*scene.store)->first_problem, "");
}

TEST(StoreSchema, ACopyOfTheOldOneIsKeptBesideAlsoAfterAnInterruptedStart) {
    OldScene scene;
    std::ofstream(scene.path + ".before-0003") << "una copia interrotta a metà";
    std::ofstream(scene.path + ".before-0003.incompleta") << "un'altra";

    scene.open();

    SQLite::Database copy(scene.path + ".before-0003", SQLite::OPEN_READONLY);
    EXPECT_EQ(copy.execAndGet("select max(number) from migration").getInt(), 2);
    EXPECT_EQ(copy.execAndGet("select count(*) from instance").getInt(), 5);
    EXPECT_FALSE(std::filesystem::exists(scene.path + ".before-0003.incompleta"));
}

TEST(StoreSchema, ReadersLeaveAnOldDatabaseAsItIs) {
    OldScene scene;
    const auto catalog = toy_catalog();

    const auto queries =
        engine::open_queries(scene.folder.path(), catalog, toy_checks(), scene.clock);

    ASSERT_FALSE(queries.has_value());
    EXPECT_EQ(queries.error().code, ErrorCode::storage_corrupt);
    EXPECT_NE(queries.error().message_it.find("versione precedente"), std::string::npos);
}

TEST(StoreSchema, VerifySaysThatARowIsListedElsewhere) {
    for (const char* tampering :
         {"update task set office = '321'", "update task set root_id = 'x'",
          "update deadline set party = 'B'", "update deadline set root_id = 'x'"}) {
        OldScene scene;
        scene.open();
        scene.engine.reset();
        scene.store.reset();
        {
            SQLite::Database database(scene.path, SQLite::OPEN_READWRITE);
            EXPECT_GT(database.exec(tampering), 0);
        }
        scene.open();

        const auto report = engine::verify(*scene.store);

        ASSERT_TRUE(report.has_value());
        EXPECT_NE(report->first_problem.find("non è elencato sotto il suo procedimento"),
                  std::string::npos)
            << tampering << ": " << report->first_problem;
    }
}

}  // namespace
}  // namespace tests
