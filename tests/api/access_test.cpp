// SPDX-License-Identifier: EUPL-1.2
// Every line of the authorization table × every class of role × own and others' offices and
// bodies, on the real server. A new route is tested without a word here.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "api/access/access_table.h"
#include "api/access/caller.h"
#include "api/routes/routes.h"
#include "engine/queries.h"
#include "tests/support/api_world.h"
#include "tests/support/json_probe.h"
#include "tests/support/toy_workflow.h"

namespace tests {
namespace {

using api::access::Reach;
using api::access::RoleClass;

/// What a route is tried on.
struct Target {
    std::string name;
    std::string office;
    std::string party;
    std::string instance;
    std::string task;               ///< one of its tasks; empty without
    bool is_open = false;           ///< to bodies
    bool is_parent_of_own = false;  ///< something of body A is under it
};

struct Asker {
    RoleClass role_class;
    std::string token;
};

class AccessTest : public testing::Test {
  protected:
    AccessTest() {
        clerk_327 = world.token({"dino", "dirigente", "327", ""});
        add_open("326", world.officer, world.director, world.body, "A");
        add_open("327", world.other_officer, clerk_327, world.other_body, "B");
        add_closed("327");
        add_under_way("326", world.officer, world.director, world.body, "A");
        add_under_way("327", world.other_officer, clerk_327, world.other_body, "B");
        add_suspended("326", world.officer, world.director, world.body, "A");
        add_suspended("327", world.other_officer, clerk_327, world.other_body, "B");
        askers = {{RoleClass::anonymous, ""},
                  {RoleClass::party, world.body},
                  {RoleClass::office, world.officer},
                  {RoleClass::everywhere, world.region},
                  {RoleClass::administrator, world.administrator}};
    }

    std::string open_as(const std::string& clerk, const std::string& chief,
                        const std::string& term) {
        const auto opened =
            world.post("/v1/procedure", clerk,
                       fmt::format(R"({{"famiglia":"toy","macchina":"pratica",)"
                                   R"("dati":{{"oggetto":"completo","termine":"{}"}}}})",
                                   term));
        const auto id = json_at(opened.body, "/id");
        if (!chief.empty()) {
            const auto attached =
                world.post("/v1/procedure/" + id + "/documenti?documento=atto&firmato_da=dirigente",
                           clerk, "L'atto.", {{"Content-Type", "text/plain"}});
            EXPECT_EQ(attached.status, 200) << attached.body;
            EXPECT_EQ(world.act(id, "avvia", chief).status, 200);
        }
        return id;
    }

    std::string file_parere(const std::string& pratica, const std::string& body) {
        const auto opened = world.act(pratica, "chiedi_parere", body);
        EXPECT_EQ(opened.status, 200) << opened.body;
        const auto parere = json_at(opened.body, "/aperte/0");
        EXPECT_EQ(world.act(parere, "presenta", body, R"({"testo":"bene"})").status, 200);
        return parere;
    }

    /// A notice that takes opinions, with one that has come.
    void add_open(const std::string& office, const std::string& clerk, const std::string& chief,
                  const std::string& body, const std::string& party) {
        const auto pratica = open_as(clerk, chief, "2025-12-31");
        targets.push_back({"open " + office, office, "", pratica, "", true, party == "A"});
        targets.push_back(
            {"opinion in " + office, office, party, file_parere(pratica, body), "", false, false});
    }

    /// One that nobody outside its office may know.
    void add_closed(const std::string& office) {
        targets.push_back({"closed " + office, office, "",
                           open_as(world.other_officer, "", "2025-12-31"), "", false, false});
    }

    /// One under examination, with a task of the office.
    void add_under_way(const std::string& office, const std::string& clerk,
                       const std::string& chief, const std::string& body,
                       const std::string& party) {
        const auto pratica = open_as(clerk, chief, "2025-02-10");
        file_parere(pratica, body);
        under_way.push_back({"under way " + office, office, "", pratica, "", true, party == "A"});
    }

    /// One that lets no body act any more, with something of body A under it.
    void add_suspended(const std::string& office, const std::string& clerk,
                       const std::string& chief, const std::string& body,
                       const std::string& party) {
        const auto pratica = open_as(clerk, chief, "2025-12-31");
        file_parere(pratica, body);
        EXPECT_EQ(world.act(pratica, "sospendi_tutto", chief).status, 200);
        targets.push_back({"suspended " + office, office, "", pratica, "", false, party == "A"});
    }

    /// Ends the terms of those under way, so that they have a task.
    void let_terms_end() {
        world.clock.move_to(at("2025-02-11T09:00"));
        world.upkeep();
        for (Target& target : under_way) {
            const auto view =
                world.get("/v1/procedure/" + target.instance,
                          target.office == "326" ? world.officer : world.other_officer);
            target.task = json_at(view.body, "/compiti/0/id");
            EXPECT_NE(target.task, "(assente)") << view.body;
            targets.push_back(target);
        }
    }

    /// Whether the caller may reach the target by a route that wants to see that much.
    static bool may_reach(Reach reach, const Target& target, bool wants_contents) {
        switch (reach) {
            case Reach::none: return false;
            case Reach::everyone:
            case Reach::everything: return true;
            case Reach::own_office: return target.office == "326";
            case Reach::own_party:
                if (!target.party.empty()) {
                    return target.party == "A";
                }
                return !wants_contents && (target.is_open || target.is_parent_of_own);
        }
        return false;
    }

    ApiWorld world;
    std::string clerk_327;
    std::vector<Target> targets;
    std::vector<Target> under_way;
    std::vector<Asker> askers;
};

std::string filled(std::string pattern, const Target& target, bool is_task) {
    const auto replace = [&](const std::string& name, const std::string& value) {
        if (const auto at = pattern.find(name); at != std::string::npos) {
            pattern.replace(at, name.size(), value);
        }
    };
    replace("{id}", is_task ? target.task : target.instance);
    replace("{nome}", "atto");
    replace("{versione}", "1");
    return pattern;
}

TEST_F(AccessTest, HoldsForEveryRouteRoleAndTarget) {
    let_terms_end();
    const auto before = world.journal_length();
    int tried = 0;
    for (const auto& route : api::routes::api_routes()) {
        const bool is_task = route.name.starts_with("compito_");
        const bool has_target = route.pattern.find("/v1/procedure/{id}") == 0 || is_task;
        const bool is_document = route.pattern.find("{nome}") != std::string::npos;
        const bool wants_contents = route.name == "giornale_leggi" || is_task;
        for (const Target& target : targets) {
            if ((is_task && target.task.empty()) || (is_document && !target.party.empty()) ||
                (is_document && target.name == "closed 327") ||
                (!has_target && &target != &targets.front())) {
                continue;
            }
            for (const Asker& asker : askers) {
                const auto reach = *api::access::find_reach(route.name, asker.role_class);
                // Nothing that could happen: no key, no version.
                const auto answer = world.ask(
                    {route.method, filled(route.pattern, target, is_task), asker.token, "", {}});
                const std::string what =
                    fmt::format("{} as {} on {}: {} {}", route.name,
                                api::access::role_class_name(asker.role_class), target.name,
                                answer.status, answer.body.substr(0, 300));
                ++tried;
                if (reach == Reach::none) {
                    EXPECT_EQ(answer.status, asker.token.empty() ? 401 : 403) << what;
                } else if (has_target && route.method == "GET") {
                    const bool is_in = may_reach(reach, target, wants_contents);
                    EXPECT_EQ(answer.status, is_in ? 200 : 404) << what;
                } else {
                    EXPECT_NE(answer.status, 401) << what;
                    EXPECT_NE(answer.status, 403) << what;
                    EXPECT_LT(answer.status, 500) << what;
                }
            }
        }
    }
    EXPECT_GT(tried, 200);
    EXPECT_EQ(world.journal_length(), before);
}

/// Acts with all that they need but the right to be there: 404, and nothing happens.
TEST_F(AccessTest, LetsNobodyActOnWhatTheyMayNotKnow) {
    let_terms_end();
    const auto before = world.journal_length();
    for (const Target& target : targets) {
        for (const Asker& asker : askers) {
            const auto reach = *api::access::find_reach("eventi_invia", asker.role_class);
            if (asker.token.empty() || may_reach(reach, target, false)) {
                continue;
            }
            const int expected = reach == Reach::none ? 403 : 404;
            const std::string path = "/v1/procedure/" + target.instance;
            const HeaderLines version{{"If-Match", "\"1\""}};
            const std::string what =
                target.name + " " + std::string(api::access::role_class_name(asker.role_class));

            EXPECT_EQ(world.post(path + "/eventi", asker.token, R"({"evento":"archivia"})", version)
                          .status,
                      expected)
                << what;
            EXPECT_EQ(world
                          .post(path + "/documenti?documento=verbale", asker.token, "testo",
                                {{"Content-Type", "text/plain"}})
                          .status,
                      expected)
                << what;
            if (!target.task.empty()) {
                EXPECT_EQ(
                    world.post("/v1/compiti/" + target.task + "/prendi", asker.token, "").status,
                    expected)
                    << what;
            }
        }
    }
    EXPECT_EQ(world.journal_length(), before);
}

TEST_F(AccessTest, ListsOnlyWhatIsTheirs) {
    let_terms_end();
    const auto all_of = [&](const std::string& path, const std::string& token,
                            const std::string& property) {
        std::vector<std::string> values;
        const auto answer = world.get(path, token);
        EXPECT_EQ(answer.status, 200) << answer.body;
        for (std::size_t i = 0; i < json_size(answer.body, "/elementi"); ++i) {
            values.push_back(json_at(answer.body, fmt::format("/elementi/{}/{}", i, property)));
        }
        return values;
    };
    for (const std::string path : {"/v1/procedure", "/v1/compiti", "/v1/termini"}) {
        const auto offices = all_of(path, world.officer, "amministrazione");
        EXPECT_FALSE(offices.empty()) << path;
        EXPECT_TRUE(std::all_of(offices.begin(), offices.end(), [](const auto& office) {
            return office == "326";
        })) << path;
        const auto parties = all_of(path, world.body, "ente");
        EXPECT_TRUE(std::all_of(parties.begin(), parties.end(), [](const auto& party) {
            return party == "A";
        })) << path;
        EXPECT_GT(all_of(path, world.region, "amministrazione").size(), offices.size()) << path;
    }
    EXPECT_EQ(all_of("/v1/procedure", world.body, "ente").size(), 3U);
}

TEST_F(AccessTest, ShowsABodyTheOutlineOfWhatIsOpenToIt) {
    const auto view = world.get("/v1/procedure/" + targets.front().instance, world.body);

    EXPECT_EQ(view.status, 200);
    EXPECT_EQ(json_at(view.body, "/stato/nome"), "raccolta");
    EXPECT_EQ(json_at(view.body, "/valori"), "(assente)");
    EXPECT_EQ(json_at(view.body, "/compiti"), "(assente)");
    EXPECT_EQ(json_at(view.body, "/eventi/0/evento"), "chiedi_parere");
    EXPECT_EQ(json_size(view.body, "/documenti"), 1U);  // it was published
}

/// Bodies may act while it is held up; what they did not see before they do not see then.
TEST_F(AccessTest, KeepsADraftFromBodiesAlsoWhileItIsHeldUp) {
    const auto definition =
        parsed(replaced(toy_pratica(), R"("riprendi": {)",
                        R"("osserva": { "title": "Osserva", "by": ["ente"] }, "riprendi": {)"));
    const auto queries =
        engine::open_queries(world.folder.path(), world.program->service().catalog(),
                             world.program->service().checks(), world.clock);
    const auto sight_of = [&](const std::string& state, const std::string& previous) {
        engine::InstanceView view;
        view.definition = definition;
        view.record.instance.id = engine::base::InstanceId{"nessuna"};
        view.record.instance.state = state;
        view.record.instance.previous_state = previous;
        return *api::access::find_sight(Reach::own_party, {"e1", "ente", "", "A"}, view, **queries);
    };

    EXPECT_EQ(sight_of("sospesa", "aperta"), api::access::Sight::nothing);
    EXPECT_EQ(sight_of("sospesa", "raccolta"), api::access::Sight::outline);
    EXPECT_EQ(sight_of("raccolta", "aperta"), api::access::Sight::outline) << "it is no pause";
}

TEST_F(AccessTest, ShowsPersonalDataInTheirOwnOfficeOnly) {
    const auto opinion = targets.at(1).instance;

    EXPECT_EQ(
        json_at(world.get("/v1/procedure/" + opinion, world.officer).body, "/valori/testo/valore"),
        "bene");
    EXPECT_EQ(
        json_at(world.get("/v1/procedure/" + opinion, world.body).body, "/valori/testo/valore"),
        "bene");
    const auto outside = world.get("/v1/procedure/" + opinion, world.region);
    EXPECT_EQ(json_at(outside.body, "/valori/testo/personale"), "true");
    EXPECT_EQ(json_at(outside.body, "/valori/testo/valore"), "(assente)");
    EXPECT_EQ(outside.body.find("bene"), std::string::npos);
}

TEST(AccessTable, NamesNoRouteThatIsNotThere) {
    const auto routes = api::routes::api_routes();
    for (const auto& row : api::access::access_table()) {
        const bool is_page = row.route.starts_with("pagina_");
        EXPECT_TRUE(is_page ||
                    std::any_of(routes.begin(), routes.end(),
                                [&](const auto& route) { return route.name == row.route; }))
            << row.route;
    }
}

TEST(RoleClasses, RefuseARoleWithTwoScopes) {
    engine::definition::Catalog catalog;
    ASSERT_TRUE(catalog.add(parsed(toy_parere())).has_value());
    const auto other =
        replaced(replaced(toy_parere(), R"("machine": "parere")", R"("machine": "altro")"),
                 R"("title": "Ente", "scope": "party")", R"("title": "Ente")");
    ASSERT_TRUE(catalog.add(parsed(other)).has_value());

    EXPECT_FALSE(api::access::RoleClasses::of(catalog).has_value());
}

TEST(RoleClasses, GiveNothingToARoleNobodyDeclares) {
    const auto roles = api::access::RoleClasses::of(toy_catalog());
    ASSERT_TRUE(roles.has_value());

    EXPECT_EQ(roles->find("passante"), RoleClass::anonymous);
    EXPECT_EQ(roles->find("ente"), RoleClass::party);
    EXPECT_EQ(roles->find("funzionario"), RoleClass::office);
    EXPECT_EQ(roles->find("regione"), RoleClass::everywhere);
    EXPECT_EQ(roles->find("amministratore"), RoleClass::administrator);
}

}  // namespace
}  // namespace tests
