// SPDX-License-Identifier: EUPL-1.2
// A visit of the demonstration on the real server: who one is, which day it is, beginning again.
#include "api/demo/demonstration.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>

#include "api/cli/workflow_files.h"
#include "api/demo/demo_data.h"
#include "api/demo/demo_pages.h"
#include "api/demo/demo_roles.h"
#include "engine/accounts.h"
#include "engine/calendar/local_time.h"
#include "engine/queries.h"
#include "tests/support/running_demonstration.h"
#include "tests/support/shared_clock.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/visitor.h"
#include "tests/support/world.h"

namespace tests {
namespace {

namespace demo = api::demo;
using api::access::RoleClass;

/// One demonstration for all tests: playing its story takes seconds under the sanitizers. Each test
/// begins by what it needs.
class DemonstrationTest : public testing::Test {
  protected:
    static constexpr const char* kFirstDay = "Oggi è <strong>domenica 22 novembre 2026</strong>";
    static constexpr std::size_t kMany = 10'000;
    static constexpr int kMaxTries = 20'000;
    static constexpr const char* kNoNotices = "non ci sono avvisi aperti";

    static void SetUpTestSuite() { running_ = std::make_unique<RunningDemonstration>(); }
    static void TearDownTestSuite() { running_.reset(); }

    static Visitor visitor() { return Visitor(running_->demonstration->port()); }
    static const std::filesystem::path& folder() { return running_->folder.path(); }

  private:
    inline static std::unique_ptr<RunningDemonstration> running_;
};

TEST_F(DemonstrationTest, EachRoleEntersWithOneClickAndSeesItsPage) {
    for (const auto& role : demo::demo_roles()) {
        Visitor one = visitor();

        const auto entered = one.enter(std::string(role.name));

        EXPECT_EQ(entered.status, 303) << role.name << entered.body;
        EXPECT_EQ(entered.header("location"), role.first_page);
        const auto page = one.get(std::string(role.first_page));
        EXPECT_EQ(page.status, 200) << role.name;
        EXPECT_TRUE(shows(page, "Accesso come ")) << role.name;
        EXPECT_TRUE(shows(page, "<h1")) << role.name;
    }
}

TEST_F(DemonstrationTest, WhoHasEnteredMayBecomeSomebodyElse) {
    Visitor one = visitor();
    one.enter("ats");

    EXPECT_EQ(one.enter("dg").status, 303);

    EXPECT_TRUE(shows(one.get("/cruscotto"), "Funzionario di esempio (Regione)"));
}

TEST_F(DemonstrationTest, WhatThePersonOfTheStoryDidIsTheVisitors) {
    engine::base::SystemRandom random;
    const SharedClock clock{at("2026-11-22T10:00")};
    const auto people = (*engine::open_accounts(folder(), clock, random))->list_people();
    const auto catalog = demo::load_demo_catalog(*engine::calendar::parse_legal_date("2026-11-22"));
    const auto queries =
        *engine::open_queries(folder(), *catalog, api::cli::workflow_checks(), clock);
    std::set<engine::base::InstanceId> roots;
    const auto ids = queries->find_ids("", kMany);
    for (const auto& id : *ids) {
        roots.insert(queries->view(id)->record.instance.root);
    }
    std::set<std::string> who_acted;
    for (const auto& root : roots) {
        const auto entries = queries->journal(root, 0, kMany);
        for (const auto& entry : *entries) {
            who_acted.insert(entry.person);
        }
    }

    for (const auto& role : demo::demo_roles()) {
        const auto person = std::find_if(people->begin(), people->end(), [&](const auto& one) {
            return one.display_name == role.person_it;
        });
        ASSERT_NE(person, people->end()) << role.name;
        EXPECT_EQ(who_acted.contains(person->id), !role.script_person.empty()) << role.name;
    }
}

TEST_F(DemonstrationTest, TheBannerIsOnEveryPage) {
    Visitor one = visitor();
    one.press("/demo/ricomincia");
    one.enter("dg");

    for (const char* path : {"/", "/demo", "/accedi", "/accessibilita", "/privacy", "/stato",
                             "/cruscotto", "/procedure", "/compiti", "/scadenze", "/non-esiste"}) {
        const auto page = one.get(path);
        EXPECT_TRUE(shows(page, "Enti, persone e fatti sono inventati")) << path;
        EXPECT_TRUE(shows(page, kFirstDay)) << path;
        EXPECT_TRUE(shows(page, R"(action="/demo/orologio")")) << path;
        EXPECT_TRUE(shows(page, R"(action="/demo/ricomincia")")) << path;
    }
}

TEST_F(DemonstrationTest, MovingTheCalendarMakesWhatFellDueHappenBeforeTheAnswer) {
    Visitor one = visitor();
    one.press("/demo/ricomincia");
    one.enter("dg");
    ASSERT_FALSE(shows(one.get("/"), kNoNotices));

    const auto moved = one.press("/demo/orologio", "giorni=30&poi=%2Fscadenze%3Fritardo%3Dsi");

    EXPECT_EQ(moved.status, 303) << moved.body;
    EXPECT_EQ(moved.header("location"), "/scadenze?ritardo=si&esito=giorno");
    const auto home = one.get("/");
    EXPECT_TRUE(shows(home, kNoNotices)) << "the notice of Insubria ended 21 days ago";
    EXPECT_TRUE(shows(home, "Oggi è <strong>martedì 22 dicembre 2026</strong>"));
    EXPECT_EQ(one.get("/cruscotto").status, 200) << "the session outlives the move";
}

TEST_F(DemonstrationTest, BeginningAgainBringsBackDataAndDay) {
    Visitor one = visitor();
    one.enter("dg");
    one.press("/demo/orologio", "giorni=30&poi=%2F");
    ASSERT_TRUE(shows(one.get("/"), kNoNotices));

    const auto begun = one.press("/demo/ricomincia");

    EXPECT_EQ(begun.status, 303) << begun.body;
    EXPECT_EQ(begun.header("location"), "/demo?esito=daccapo");
    const auto page = one.get("/demo?esito=daccapo");
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(shows(page, "Si ricomincia"));
    EXPECT_TRUE(shows(page, kFirstDay));
    EXPECT_FALSE(shows(one.get("/"), kNoNotices));
    EXPECT_EQ(one.get("/cruscotto").status, 303) << "who was there before is nobody now";
    EXPECT_EQ(one.enter("dg").status, 303);
    EXPECT_EQ(one.get("/cruscotto").status, 200);
}

TEST_F(DemonstrationTest, OtherSitesCannotPressItsButtons) {
    Visitor nobody = visitor();
    Visitor one = visitor();
    one.enter("dg");

    for (const char* path : {"/demo/entra/ats", "/demo/orologio", "/demo/ricomincia"}) {
        EXPECT_EQ(nobody.post(path, "giorni=1", "https://altrove.example").status, 403) << path;
        EXPECT_EQ(one.post(path, "giorni=1&sigillo=0", one.origin()).status, 403) << path;
    }
}

TEST_F(DemonstrationTest, WhatIsNotOnTheButtonsIsRefusedWithAReason) {
    Visitor one = visitor();

    EXPECT_EQ(one.enter("nessuno").status, 404);
    EXPECT_EQ(one.press("/demo/orologio", "giorni=-7").status, 422);
    EXPECT_EQ(one.press("/demo/orologio", "giorni=400").status, 422);
    EXPECT_EQ(one.press("/demo/orologio").status, 422);
    one.press("/demo/ricomincia");
    for (int month = 0; month < 24; ++month) {
        one.press("/demo/orologio", "giorni=30&poi=%2F");
    }
    const auto beyond = one.press("/demo/orologio", "giorni=30&poi=%2F");
    EXPECT_EQ(beyond.status, 422);
    EXPECT_TRUE(shows(beyond, "due anni"));
}

TEST_F(DemonstrationTest, TheCalendarLeadsBackOnlyToItsOwnPages) {
    Visitor one = visitor();

    for (const char* place : {"https%3A%2F%2Faltrove.example", "%2F%2Faltrove.example", "x",
                              "%2Fa%0D%0ASet-Cookie%3A%20x%3Dy", ""}) {
        const auto moved = one.press("/demo/orologio", std::string("giorni=1&poi=") + place);
        EXPECT_EQ(moved.header("location"), "/cruscotto?esito=giorno") << place;
    }
}

TEST_F(DemonstrationTest, MessagesAreLaidInItsFolder) {
    Visitor one = visitor();
    one.press("/demo/ricomincia");
    const auto outgoing = folder() / "in-uscita";
    std::filesystem::remove_all(outgoing);
    one.press("/demo/orologio", "giorni=30&poi=%2F");

    for (int tries = 0; tries < kMaxTries && !std::filesystem::exists(outgoing); ++tries) {
        one.get("/stato");  // the timer comes once a second
    }

    EXPECT_TRUE(std::filesystem::exists(outgoing));
}

TEST(DemoAccess, HasALineForEachOfItsRoutesAndTheTableHasNone) {
    const auto routes = demo::demo_routes(nullptr, {});
    ASSERT_EQ(routes.size(), demo::demo_access().size());

    for (const auto& route : routes) {
        EXPECT_FALSE(api::access::find_reach(route.name, RoleClass::administrator)) << route.name;
        EXPECT_TRUE(api::access::find_reach(route.name, RoleClass::anonymous, demo::demo_access()))
            << route.name;
    }
}

TEST(DemoRoles, ArePeopleWithNamesOfTheirOwn) {
    std::set<std::string_view> names;
    for (const auto& role : demo::demo_roles()) {
        EXPECT_TRUE(names.insert(role.person_it).second) << role.person_it;
    }
}

}  // namespace
}  // namespace tests
