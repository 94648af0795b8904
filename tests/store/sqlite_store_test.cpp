// SPDX-License-Identifier: EUPL-1.2
// What the store does when the machine, the file or the definitions are not as they should be.
#include "engine/store/sqlite_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "engine/store/migration.h"
#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::base::ErrorCode;

std::string database_path(const TemporaryFolder& folder) {
    return (folder.path() / "coprog.db").string();
}

ErrorCode code_of_opening(const TemporaryFolder& folder) {
    const engine::base::ManualClock clock(at("2025-02-03T09:00"));
    const auto store = engine::open_store(folder.path(), clock);
    EXPECT_FALSE(store.has_value());
    return store ? ErrorCode::internal : store.error().code;
}

TEST(SqliteStore, RefusesAFileThatIsNoDatabase) {
    const TemporaryFolder folder;
    std::ofstream(database_path(folder)) << std::string(8192, 'x');

    EXPECT_EQ(code_of_opening(folder), ErrorCode::storage_corrupt);
}

TEST(SqliteStore, RefusesADatabaseOfAnotherProgramAndLeavesItAlone) {
    const TemporaryFolder folder;
    {
        SQLite::Database other(database_path(folder), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        other.exec("create table ricette (nome text)");
    }

    EXPECT_EQ(code_of_opening(folder), ErrorCode::storage_corrupt);

    SQLite::Database other(database_path(folder), SQLite::OPEN_READONLY);
    EXPECT_EQ(other.execAndGet("select count(*) from sqlite_master").getInt(), 1);
}

TEST(SqliteStore, RefusesADatabaseOfANewerProgram) {
    World world;
    world.engine.reset();
    world.store.reset();
    SQLite::Database database(database_path(world.folder), SQLite::OPEN_READWRITE);
    database.exec(
        "insert into migration select max(number) + 1, 'futuro.sql', 'x', 0"
        " from migration");

    EXPECT_EQ(code_of_opening(world.folder), ErrorCode::storage_corrupt);
}

TEST(SqliteStore, SaysThatAPageIsDamagedAndWritesNothing) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.engine.reset();
    world.store.reset();
    {
        SQLite::Database database(database_path(world.folder), SQLite::OPEN_READWRITE);
        database.exec("pragma wal_checkpoint(truncate)");
    }
    std::fstream file(database_path(world.folder), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(4096 * 3);
    file << std::string(4096L * 20, '\x7f');
    file.close();

    const auto store = engine::open_store(world.folder.path(), world.clock);

    const auto report =
        store ? engine::verify(**store)
              : engine::base::Result<engine::VerifyReport>(engine::base::fail(store.error()));
    const bool is_noticed =
        report ? !report->first_problem.empty() : report.error().code == ErrorCode::storage_corrupt;
    EXPECT_TRUE(is_noticed);
}

TEST(SqliteStore, AFullDiskRefusesTheCommandWholeAndTheEngineGoesOn) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto size = world.journal_size(id);
    world.engine.reset();
    world.store.reset();
    engine::store::SqliteOptions options;
    options.path = database_path(world.folder);
    options.max_pages = 1;  // SQLite keeps it at the present size: the next page is too many
    auto store = engine::store::open_sqlite_store(options, world.clock);
    auto engine = engine::Engine::start(
        {*store, toy_catalog(), toy_checks(), world.contents, world.clock, world.random});
    ASSERT_TRUE(engine.has_value());
    engine::machine::Command command;
    command.instance = id;
    command.event = "chiedi_parere";
    command.actor = world.body;
    command.received_at = world.clock.now();

    std::optional<engine::base::Error> refusal;
    std::size_t accepted = 0;
    while (!refusal && accepted < 10000) {
        auto outcome = (*engine)->execute(command);
        refusal = outcome ? std::nullopt : std::optional(outcome.error());
        accepted += outcome ? 1U : 0U;
    }

    ASSERT_TRUE(refusal.has_value());
    EXPECT_EQ(refusal->code, ErrorCode::storage_full);
    // Two entries for each that was acknowledged: the parent's and the child's. None half written.
    EXPECT_EQ((*engine)->queries().journal(id, 0, 100000)->size(), size + 2 * accepted);
    EXPECT_EQ(engine::verify(*store)->first_problem, "");
    engine->reset();
    store.reset();
    world.reopen();
    EXPECT_TRUE(world.engine->execute(command).has_value());
}

TEST(SqliteStore, RefusesAnEditedDefinitionThatIsInUse) {
    World world;
    world.open_pratica(R"({"oggetto": "completo"})");
    auto edited = toy_catalog();
    engine::definition::Catalog catalog;
    ASSERT_TRUE(catalog.add(parsed(replaced(toy_pratica(), "Pratica di prova", "Altra"))));
    ASSERT_TRUE(catalog.add(parsed(toy_parere())));

    const auto engine = engine::Engine::start(
        {*world.store, catalog, toy_checks(), world.contents, world.clock, world.random});

    ASSERT_FALSE(engine.has_value());
    EXPECT_EQ(engine.error().code, ErrorCode::invalid_input);
}

TEST(SqliteStore, RunsAnInstanceOnItsOwnVersionAfterANewOneIsPublished) {
    World world;
    const auto id = world.open_pratica(R"({"oggetto": "completo"})");
    engine::definition::Catalog catalog;
    auto second = replaced(toy_pratica(), "\"version\": 1, \"title\": \"Pratica",
                           "\"version\": 2, \"title\": \"Nuova pratica");
    second = replaced(second, "\"archivia\"", "\"cestina\"");
    ASSERT_TRUE(catalog.add(parsed(second)));
    ASSERT_TRUE(catalog.add(parsed(toy_parere())));
    auto engine = engine::Engine::start(
        {*world.store, catalog, toy_checks(), world.contents, world.clock, world.random});
    ASSERT_TRUE(engine.has_value()) << engine.error().message_it;
    world.engine = std::move(*engine);

    EXPECT_TRUE(world.act(id, "archivia", world.officer).has_value());
    EXPECT_EQ(world.engine->catalog().find("toy", "pratica", 0)->version, 2);
}

TEST(SqliteStore, RefusesToStartWithoutACheckThatAStoredDefinitionNeeds) {
    World world;
    const engine::machine::CheckLibrary no_checks;

    const auto engine =
        engine::Engine::start({*world.store, engine::definition::Catalog{}, no_checks,
                               world.contents, world.clock, world.random});

    ASSERT_FALSE(engine.has_value());
    EXPECT_NE(engine.error().message_it.find("completa@1"), std::string::npos);
}

TEST(Migration, CopiesADatabaseWithDataBeforeItChangesIt) {
    World world;
    world.open_pratica(R"({"oggetto": "completo"})");
    world.engine.reset();
    world.store.reset();
    const std::string path = database_path(world.folder);
    auto migrations = engine::store::embedded_migrations();
    migrations.push_back({static_cast<int>(migrations.size()) + 1, "9999_prova.sql",
                          "create table prova (x integer) strict"});
    {
        engine::store::Connection connection(path, SQLite::OPEN_READWRITE, 1000);
        engine::store::migrate(connection, path, migrations, world.clock.now());
    }

    SQLite::Database copy(fmt::format("{}.before-{:04}", path, migrations.size()),
                          SQLite::OPEN_READONLY);
    EXPECT_EQ(copy.execAndGet("select count(*) from instance").getInt(), 1);
    EXPECT_EQ(copy.execAndGet("select count(*) from sqlite_master where name = 'prova'").getInt(),
              0);
}

TEST(Migration, KeepsTheValuesOfADatabaseOfBeforeErasures) {
    const TemporaryFolder folder;
    const std::string path = database_path(folder);
    const auto migrations = engine::store::embedded_migrations();
    engine::store::Connection connection(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 1000);
    engine::store::migrate(connection, path, {migrations.data(), 1}, at("2025-02-03T09:00"));
    connection.database().exec(
        "insert into field_value values ('i', 'testo', 3, 'bene', 'sale', 'impronta')");

    engine::store::migrate(connection, path, migrations, at("2025-02-03T10:00"));

    EXPECT_EQ(connection.database()
                  .execAndGet("select instance_id || field || position || value || salt"
                              " || ifnull(hash, ' made of them') from field_value")
                  .getString(),
              "itesto3benesale made of them");
}

TEST(Migration, KeepsTheQueueOfMessagesInItsOrder) {
    const TemporaryFolder folder;
    const std::string path = database_path(folder);
    const auto migrations = engine::store::embedded_migrations();
    engine::store::Connection connection(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 1000);
    engine::store::migrate(connection, path, {migrations.data(), 8}, at("2025-02-03T09:00"));
    const auto add = [&](const std::string& id, const std::string& status,
                         const std::string& until) {
        connection.database().exec(
            "insert into outbox (id, instance_id, name, template_name, recipient, channel, status,"
            " content_sha256, attempts, leased_until, fence) values ('" +
            id + "', 'i', 'n', 't', 'r', 'c', '" + status + "', '', 0, " + until + ", 0)");
    };
    add("z.m1-0", "queued", "0");
    add("m.m1-0", "queued", "1700000000000");
    add("b.m1-0", "sent", "0");
    add("a.m2-0", "queued", "0");

    engine::store::migrate(connection, path, migrations, at("2025-02-03T10:00"));

    EXPECT_EQ(connection.database()
                  .execAndGet("select group_concat(id) from (select id from outbox"
                              " where status = 'queued' order by leased_until)")
                  .getString(),
              "z.m1-0,a.m2-0,m.m1-0");
    EXPECT_EQ(connection.database()
                  .execAndGet("select leased_until from outbox where status = 'sent'")
                  .getInt(),
              0);
}

TEST(Migration, KeepsTheHashOfWhatWasErasedAlone) {
    const TemporaryFolder folder;
    const std::string path = database_path(folder);
    const auto migrations = engine::store::embedded_migrations();
    engine::store::Connection connection(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 1000);
    engine::store::migrate(connection, path, {migrations.data(), 8}, at("2025-02-03T09:00"));
    connection.database().exec(
        "insert into field_value values ('i', 'testo', 3, null, null, 'impronta'),"
        " ('i', 'testo', 4, 'bene', 'sale', 'altra')");

    engine::store::migrate(connection, path, migrations, at("2025-02-03T10:00"));

    EXPECT_EQ(connection.database()
                  .execAndGet("select group_concat(position || ifnull(hash, '')) from"
                              " (select position, hash from field_value order by position)")
                  .getString(),
              "3impronta,4");
}

TEST(SqliteStore, SaysThatItsLogCouldNotBeEmptiedWhileAnotherReads) {
    World world;
    world.open_pratica(R"({"oggetto": "completo"})");
    world.engine.reset();
    world.store.reset();
    engine::store::SqliteOptions options;
    options.path = database_path(world.folder);
    options.busy_timeout_ms = 1;
    const auto store = engine::store::open_sqlite_store(options, world.clock);
    {
        SQLite::Database other(options.path, SQLite::OPEN_READONLY);
        other.exec("begin");
        ASSERT_GT(other.execAndGet("select count(*) from instance").getInt(), 0);

        EXPECT_FALSE(store->scrub());
    }
    EXPECT_TRUE(store->scrub());
}

TEST(Migration, AFailedStepChangesNothing) {
    World world;
    world.engine.reset();
    world.store.reset();
    const std::string path = database_path(world.folder);
    auto migrations = engine::store::embedded_migrations();
    migrations.push_back({static_cast<int>(migrations.size()) + 1, "9999_prova.sql",
                          "create table prova (x integer) strict; questo non è sql"});
    engine::store::Connection connection(path, SQLite::OPEN_READWRITE, 1000);

    EXPECT_THROW(engine::store::migrate(connection, path, migrations, world.clock.now()),
                 SQLite::Exception);
    EXPECT_EQ(connection.database()
                  .execAndGet("select count(*) from sqlite_master where name = 'prova'")
                  .getInt(),
              0);
}

}  // namespace
}  // namespace tests
