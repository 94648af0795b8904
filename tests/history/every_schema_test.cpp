// SPDX-License-Identifier: EUPL-1.2
// A database of every schema there ever was: each migrates, with a copy beside it, verifies, and
// goes on. Whoever adds a migration records the database of the schema before it was released:
// COPROG_RECORD_HISTORY=1 writes those that are missing, and no other. 0002 is as the program of
// then wrote it; the others hold rows of a later one in the tables of then.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <numeric>
#include <sstream>

#include "engine/data_files.h"
#include "engine/store/migration.h"
#include "tests/history/database_dump.h"
#include "tests/history/stories.h"
#include "tests/support/shared_clock.h"
#include "tests/support/source_dir.h"
#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

namespace tests::history {
namespace {

std::size_t last_schema() {
    return engine::store::embedded_migrations().size();
}

std::filesystem::path dump_of(std::size_t schema) {
    return source_dir() + fmt::format("/tests/store/databases/{:04}.dump", schema);
}

void record(std::size_t schema) {
    const TemporaryFolder folder;
    const auto played = folder.path() / "dati";
    database_story().play(played);
    const auto lowered = folder.path() / "abbassato.db";
    lower_schema(played / engine::kDatabaseName, lowered, schema);
    std::ofstream(dump_of(schema)) << "-- SPDX-License-Identifier: EUPL-1.2\n"
                                   << "-- The toy workflow (invented data) under the migrations up"
                                   << fmt::format(" to {:04}.\n", schema)
                                   << "-- Recorded once, never edited: later schemas migrate it.\n"
                                   << dump_database(lowered);
}

/// A data folder with a database of that schema.
class EverySchema : public testing::TestWithParam<std::size_t> {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(dump_of(GetParam())) &&
            std::getenv("COPROG_RECORD_HISTORY") != nullptr) {
            record(GetParam());
        }
        std::ifstream file(dump_of(GetParam()));
        ASSERT_TRUE(file) << "no database of schema " << GetParam()
                          << ": COPROG_RECORD_HISTORY=1 makes it";
        std::ostringstream text;
        text << file.rdbuf();
        load_dump(text.str(), database_);
    }
    void open() {
        auto opened = engine::open_store(folder_.path(), clock_);
        ASSERT_TRUE(opened.has_value()) << opened.error().message_it;
        store_ = std::move(*opened);
        auto started = engine::Engine::start(
            {*store_, toy_catalog(), toy_checks(), contents_, clock_, random_});
        ASSERT_TRUE(started.has_value()) << started.error().message_it;
        engine_ = std::move(*started);
    }
    std::string problem() const { return engine::verify(*store_)->first_problem; }
    std::filesystem::path copy_before(std::size_t schema) const {
        return database_.string() + fmt::format(".before-{:04}", schema);
    }

    TemporaryFolder folder_;
    std::filesystem::path database_ = folder_.path() / engine::kDatabaseName;
    SharedClock clock_{at("2025-07-02T10:00")};
    engine::base::SeededRandom random_{7};
    engine::documents::ContentStore contents_{folder_.path() / engine::kContentFolder};
    std::unique_ptr<engine::store::Store> store_;
    std::unique_ptr<engine::Engine> engine_;
};

TEST_P(EverySchema, MigratesWithACopyBesideItAndVerifies) {
    const std::size_t schema = GetParam();

    ASSERT_NO_FATAL_FAILURE(open());

    EXPECT_EQ(problem(), "");
    EXPECT_FALSE(std::filesystem::exists(copy_before(schema)));
    for (std::size_t next = schema + 1; next <= last_schema(); ++next) {
        SQLite::Database copy(copy_before(next).string());
        EXPECT_EQ(copy.execAndGet("select max(number) from migration").getUInt(), next - 1);
        EXPECT_GT(copy.execAndGet("select count(*) from journal").getInt(), 0);
    }
}

TEST_P(EverySchema, GoesOn) {
    ASSERT_NO_FATAL_FAILURE(open());

    clock_.move_to(at("2025-11-03T09:00"));
    const auto run = engine_->run_due();

    ASSERT_TRUE(run.has_value()) << run.error().message_it;
    EXPECT_GT(run->fired, 0U);
    EXPECT_EQ(problem(), "");
}

std::vector<std::size_t> schemas() {
    std::vector<std::size_t> numbers(last_schema());
    std::iota(numbers.begin(), numbers.end(), 1);
    return numbers;
}

INSTANTIATE_TEST_SUITE_P(Schema, EverySchema, testing::ValuesIn(schemas()),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace tests::history
