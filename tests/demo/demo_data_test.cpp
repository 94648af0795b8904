// SPDX-License-Identifier: EUPL-1.2
// The story of the demonstration, told as of many days: it never stumbles, and the eight ATS are in
// the eight phases that product and README promise.
#include "api/demo/demo_data.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <sstream>
#include <vector>

#include "api/cli/workflow_files.h"
#include "api/demo/demo_clock.h"
#include "api/demo/demo_roles.h"
#include "engine/base/codice_fiscale.h"
#include "engine/base/embedded.h"
#include "engine/calendar/local_time.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

namespace demo = api::demo;
using engine::calendar::LegalDate;

LegalDate day(const char* text) {
    return *engine::calendar::parse_legal_date(text);
}

std::string story() {
    for (const auto& file : engine::base::embedded_files()) {
        if (file.path == "api/demo/demo.copione") {
            return std::string(file.bytes);
        }
    }
    return "";
}

/// Plays the story; gives the lines that did not go as written.
std::string play(LegalDate today, const TemporaryFolder& folder) {
    const auto catalog = demo::load_demo_catalog(today);
    if (!catalog) {
        return catalog.error().message_it;
    }
    const auto report =
        demo::play_demo(folder.path(), *catalog, api::cli::workflow_checks(), today, {});
    if (!report) {
        return report.error().message_it;
    }
    std::string failures;
    for (const std::string& failure : report->failures) {
        failures += failure + "\n";
    }
    return failures;
}

/// Days that terms stumble on: a leap day, the nights of the clock change, the ends of years,
/// Easter and the days around it, Christmas, weekends, bridges.
class DemoToday : public testing::TestWithParam<const char*> {};

TEST_P(DemoToday, GoesAsWritten) {
    const TemporaryFolder folder;

    EXPECT_EQ(play(day(GetParam()), folder), "");
}

/// Three of them always; all in the slow lane (COPROG_SLOW_LANES, as .ci/run does): each takes the
/// whole story.
std::vector<const char*> days() {
    std::vector<const char*> days{"2026-10-25", "2027-01-01", "2028-02-29"};
    if (std::getenv("COPROG_SLOW_LANES") != nullptr) {
        days.insert(
            days.end(),
            {"2026-12-25", "2027-03-28", "2027-08-15", "2026-11-01", "2026-11-22", "2026-12-07",
             "2026-12-31", "2027-01-06", "2027-01-16", "2027-02-28", "2027-03-29", "2027-04-25",
             "2027-05-01", "2027-06-02", "2027-10-31", "2027-11-30", "2027-12-08", "2027-12-26",
             "2027-12-31", "2028-01-02", "2028-03-26", "2028-04-16", "2028-04-17", "2028-05-02",
             "2028-06-03", "2028-08-16", "2028-10-29", "2028-12-24"});
    }
    return days;
}

INSTANTIATE_TEST_SUITE_P(Days, DemoToday, testing::ValuesIn(days()));

/// The engine on a played folder, at a moment.
class Played {
  public:
    explicit Played(LegalDate today)
        : clock_(engine::calendar::start_of_day(today)),
          catalog_(*demo::load_demo_catalog(today)),
          failures(play(today, folder_)),
          contents_(folder_.path() / "contenuti"),
          store_(*engine::open_store(folder_.path(), clock_)),
          engine_(*engine::Engine::start(
              {*store_, catalog_, api::cli::workflow_checks(), contents_, clock_, random_})) {}

    engine::Engine& engine() { return *engine_; }
    /// Lets the days pass, with all that falls due.
    void pass_days(int days) {
        clock_.move_to({clock_.now().utc_ms + days * std::int64_t{86'400'000}});
        bool is_finished = false;
        while (!is_finished) {
            const auto run = engine_->run_due();
            ASSERT_TRUE(run.has_value()) << run.error().message_it;
            is_finished = run->is_finished;
        }
    }

  private:
    TemporaryFolder folder_;
    engine::base::ManualClock clock_;
    engine::definition::Catalog catalog_;

  public:
    const std::string failures;

  private:
    engine::base::SeededRandom random_{1};
    engine::documents::ContentStore contents_;
    std::unique_ptr<engine::store::Store> store_;
    std::unique_ptr<engine::Engine> engine_;
};

TEST(Demo, ThirtyDaysFireDeadlinesAndBreakNothing) {
    const LegalDate today = day("2026-11-22");
    const auto later = engine::calendar::start_of_day(today.plus_days(30));
    Played played(today);
    ASSERT_EQ(played.failures, "");
    const auto before = *played.engine().queries().next_bound();

    played.pass_days(30);

    const auto after = *played.engine().queries().next_bound();
    ASSERT_TRUE(before && after);
    EXPECT_LT(*before, later);
    EXPECT_GT(*after, later);
}

TEST(Demo, WhatAnOfficeOpensBelongsToNoBody) {
    Played played(day("2026-11-22"));
    ASSERT_EQ(played.failures, "");

    for (const char* machine : {"procedimento", "seduta", "elenco", "trasmissione", "tavolo"}) {
        engine::InstanceFilter filter;
        filter.visible.scope = engine::Visibility::Scope::everything;
        filter.machine = machine;
        filter.only_live = false;
        const auto rows = played.engine().queries().list_instances(filter, {"", 200});
        ASSERT_TRUE(rows && !rows->items.empty()) << machine;
        for (const auto& row : rows->items) {
            EXPECT_EQ(row.party, "") << machine << " " << row.id.text;
        }
    }
}

TEST(Demo, EveryBodyHasItsOwnInventedCodeInTheRangeOfScenarios) {
    std::set<std::string> codes;
    std::istringstream lines(story());

    for (std::string word, alias, code; lines >> word;) {
        if (word == "ente" && lines >> alias >> code && code.starts_with("9900002")) {
            EXPECT_TRUE(engine::base::parse_tax_code(code).has_value()) << code;
            EXPECT_TRUE(codes.insert(code).second) << code;
        }
    }

    EXPECT_EQ(codes.size(), 40U);
}

TEST(Demo, RolesAreThoseOfTheStory) {
    for (const auto& role : demo::demo_roles()) {
        const std::string person(role.script_person);
        const std::string alias = person.substr(person.find(':') + 1);
        if (!role.party.empty()) {
            EXPECT_NE(story().find("ente " + alias + " " + std::string(role.party)),
                      std::string::npos)
                << role.name;
        } else if (!person.empty() && role.office != "regione") {
            EXPECT_TRUE(alias.ends_with(role.office)) << role.name;
        }
    }
}

TEST(DemoClock, GoesForwardByWholeDaysAndNeverBack) {
    const engine::base::ManualClock real({1'000});
    demo::DemoClock clock(real);

    EXPECT_FALSE(clock.move_forward(0));
    EXPECT_FALSE(clock.move_forward(-1));
    EXPECT_FALSE(clock.move_forward(demo::DemoClock::kMaxDaysAhead + 1));
    EXPECT_TRUE(clock.move_forward(7));
    EXPECT_FALSE(clock.move_forward(demo::DemoClock::kMaxDaysAhead - 6));

    EXPECT_EQ(clock.now().utc_ms, 1'000 + 7 * 86'400'000);
}

}  // namespace
}  // namespace tests
