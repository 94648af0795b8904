// SPDX-License-Identifier: EUPL-1.2
// What the running program says of itself, and to whom it belongs.
#include <gtest/gtest.h>

#include "engine/accounts.h"
#include "engine/backup.h"
#include "engine/base/random.h"
#include "tests/support/api_world.h"
#include "tests/support/json_probe.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/toy_workflow.h"

namespace tests {
namespace {

class RunningService : public testing::Test {
  protected:
    ApiWorld world;
    engine::base::SystemRandom world_random;
};

TEST_F(RunningService, SayThatTheServiceIsWell) {
    const auto status = world.get("/status", "");

    EXPECT_EQ(status.status, 200);
    EXPECT_EQ(json_at(status.body, "/stato"), "attivo");
    EXPECT_EQ(json_at(status.body, "/ora"), "2025-02-03T09:00:00.000+01:00");
    EXPECT_EQ(json_at(status.body, "/definizioni/0"), "toy.parere.1") << status.body;
    EXPECT_EQ(json_at(status.body, "/ultima_copia"), "null");
}

// Another program takes the backup: who watches is told of it.
TEST_F(RunningService, TellWhenTheLastBackupWasTaken) {
    const TemporaryFolder copies;
    ASSERT_TRUE(engine::back_up(world.folder.path(), copies.path() / "copia", world.clock));

    world.upkeep();

    EXPECT_EQ(json_at(world.get("/status", "").body, "/ultima_copia"),
              "2025-02-03T09:00:00.000+01:00");
}

// Two programs would each keep an order of their own.
TEST_F(RunningService, AreServedByOneProgramAtATime) {
    engine::base::Log log{world.clock, [](std::string_view) {}};
    engine::base::SystemRandom random;
    const auto second = api::service::Service::start({.data_folder = world.folder.path(),
                                                      .catalog = toy_catalog(),
                                                      .checks = toy_checks(),
                                                      .clock = world.clock,
                                                      .random = random,
                                                      .log = log,
                                                      .courier = world.courier});

    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, engine::base::ErrorCode::busy);
}

// A session is of a browser, a token of a program.
TEST_F(RunningService, TakeNoSecretOfASession) {
    auto accounts = engine::open_accounts(world.folder.path(), world.clock, world_random);
    const auto session =
        (*accounts)->create_token({{world.person("anna"), "funzionario", "326", ""},
                                   world.clock.now(),
                                   engine::base::Instant{world.clock.now().utc_ms + 1000},
                                   "",
                                   true});
    ASSERT_TRUE(session.has_value());

    EXPECT_EQ(world.get("/v1/procedure", session->secret).status, 401);
    EXPECT_EQ(world.get("/v1/procedure", world.officer).status, 200);
}

}  // namespace
}  // namespace tests
