// SPDX-License-Identifier: EUPL-1.2
// A task over HTTP: taken, passed on, given back, ended, and by whom.
#include <gtest/gtest.h>

#include "tests/support/api_world.h"
#include "tests/support/json_probe.h"
#include "tests/support/toy_workflow.h"

namespace tests {
namespace {

using namespace std::string_literals;

/// Address of the examiner's task, which begins when no opinion has come in time.
std::string begin_task(ApiWorld& world, const std::string& pratica) {
    world.act(pratica, "chiedi_parere", world.body);
    world.clock.move_to(at("2025-03-05T09:00"));
    world.upkeep();
    const auto tasks = world.get("/v1/compiti?ruolo=funzionario", world.officer);
    EXPECT_EQ(json_size(tasks.body, "/elementi"), 1U) << tasks.body;
    return "/v1/compiti/" + json_at(tasks.body, "/elementi/0/id");
}

class TaskRoutes : public testing::Test {
  protected:
    ApiWorld world;
    std::string pratica = world.open_raccolta("2025-03-03");
};

TEST_F(TaskRoutes, TakeHandOverAndCompleteATask) {
    world.act(pratica, "chiedi_parere", world.body);
    world.clock.move_to(at("2025-03-05T09:00"));
    const auto parere = json_at(world.get("/v1/procedure/" + pratica + "/figli", world.body).body,
                                "/elementi/0/id");
    world.act(parere, "presenta", world.body, R"({"testo":"tardi"})");  // fires what is over
    const auto tasks = world.get("/v1/compiti?ruolo=funzionario", world.officer);
    ASSERT_EQ(json_size(tasks.body, "/elementi"), 1U) << tasks.body;
    const std::string task = "/v1/compiti/" + json_at(tasks.body, "/elementi/0/id");
    const auto other = world.token({"ugo", "funzionario", "326", ""});

    EXPECT_EQ(world.post(task + "/prendi", world.officer, "").status, 200);
    EXPECT_EQ(json_size(world.get("/v1/compiti?miei=true", world.officer).body, "/elementi"), 1U);
    EXPECT_EQ(world.post(task + "/prendi", other, "").status, 409);
    EXPECT_EQ(world.post(task + "/concludi", other, "").status, 403);
    // Not to who cannot do it: nobody, another role, another office, a body.
    world.token({"vera", "dirigente", "326", ""});
    world.token({"lia", "funzionario", "327", ""});
    for (const std::string& person :
         {"inesistente"s, world.person("vera"), world.person("lia"), world.person("ennio")}) {
        const auto refused =
            world.post(task + "/cedi", world.officer, R"({"assegnatario":")" + person + "\"}");
        EXPECT_EQ(refused.status, 422) << refused.body;
    }
    EXPECT_EQ(world
                  .post(task + "/cedi", world.officer,
                        R"({"assegnatario":")" + world.person("ugo") + "\"}")
                  .status,
              200);
    EXPECT_EQ(json_size(world.get("/v1/compiti?miei=true", world.officer).body, "/elementi"), 0U);
    EXPECT_EQ(world.post(task + "/concludi", other, "").status, 200);
    EXPECT_EQ(json_size(world.get("/v1/compiti", world.officer).body, "/elementi"), 0U);
}

TEST_F(TaskRoutes, NameTheColleaguesOfATaskAndGiveItBack) {
    const std::string task = begin_task(world, pratica);
    const auto other = world.token({"ugo", "funzionario", "326", ""});

    const auto colleagues = world.get(task + "/colleghi", world.officer);
    const auto of_the_chief = world.get(task + "/colleghi", world.director);
    const auto elsewhere = world.get(task + "/colleghi", world.other_officer);
    const auto too_early = world.post(task + "/restituisci", world.officer, "");
    const auto taken = world.post(task + "/prendi", world.officer, "");
    const auto by_another = world.post(task + "/restituisci", other, "");
    const auto given_back = world.post(task + "/restituisci", world.officer, "");
    const auto again = world.post(task + "/prendi", other, "");

    EXPECT_EQ(json_size(colleagues.body, "/elementi"), 2U) << colleagues.body;
    EXPECT_EQ(json_at(colleagues.body, "/elementi/0/nome"), "anna");
    EXPECT_EQ(json_at(colleagues.body, "/elementi/1/persona"), world.person("ugo"));
    EXPECT_EQ(json_size(of_the_chief.body, "/elementi"), 0U) << "it is not theirs to pass on";
    EXPECT_EQ(elsewhere.status, 404);
    EXPECT_EQ(too_early.status, 409);
    EXPECT_EQ(taken.status, 200);
    EXPECT_EQ(by_another.status, 403);
    EXPECT_EQ(given_back.status, 200) << given_back.body;
    EXPECT_EQ(again.status, 200) << "whoever of the role takes it: " << again.body;
}

/// The toy procedure where the act that concludes ends the examiner's task.
engine::definition::Catalog catalog_where_an_act_ends_the_task() {
    engine::definition::Catalog catalog;
    const auto machine = parsed(replaced(toy_pratica(), R"("target": "conclusa",)",
                                         R"("target": "conclusa",
            "do": [ { "complete_task": "istruisci" } ],)"));
    EXPECT_TRUE(catalog.add(machine).has_value());
    EXPECT_TRUE(catalog.add(parsed(toy_parere())).has_value());
    const auto initiative = toy_catalog().find_initiative("prova-2025");
    EXPECT_TRUE(catalog.add(initiative).has_value());
    return catalog;
}

TEST(TaskRoutesOfAnAct, TheTaskIsNotCompletedByHand) {
    ApiWorld world(catalog_where_an_act_ends_the_task(), toy_checks());
    const std::string pratica = world.open_raccolta("2025-03-03");
    const std::string task = begin_task(world, pratica);
    ASSERT_EQ(world.post(task + "/prendi", world.officer, "").status, 200);

    const auto refused = world.post(task + "/concludi", world.officer, "");

    EXPECT_EQ(refused.status, 409) << refused.body;
    EXPECT_EQ(json_at(refused.body, "/codice"), "task_needs_act");
    EXPECT_EQ(json_at(refused.body, "/dettagli/0/codice"), "concludi");
    EXPECT_EQ(json_at(refused.body, "/dettagli/0/messaggio"), "Lo conclude «Concludi».");
    EXPECT_EQ(json_size(world.get("/v1/compiti?miei=true", world.officer).body, "/elementi"), 1U)
        << "the duty is still there";
}

}  // namespace
}  // namespace tests
