// SPDX-License-Identifier: EUPL-1.2
// What the running program says of itself, and to whom it belongs.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

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

// B12: who waits for the disk leaves room for who looks.
TEST_F(RunningService, ActsThatWaitForTheWriterDoNotKeepReadsOut) {
    const auto id = world.open_pratica();
    const std::size_t share = api::http::ServerLimits{}.acts_in_flight;
    const auto version = world.get("/v1/procedure/" + id, world.officer).header("etag");
    const std::string path = "/v1/procedure/" + id + "/eventi";
    std::promise<void> opened;
    std::promise<void> reached;
    ASSERT_TRUE(world.program->service().writer().post([&] {
        reached.set_value();
        opened.get_future().wait();
    }));
    reached.get_future().wait();

    std::vector<std::unique_ptr<RawClient>> waiting;
    for (std::size_t i = 0; i < share; ++i) {
        waiting.push_back(std::make_unique<RawClient>(world.program->port()));
        waiting.back()->send(render_request(
            {"POST",
             path,
             world.officer,
             R"({"evento":"archivia"})",
             {{"If-Match", version}, {"Idempotency-Key", fmt::format("atto-{}", i)}}}));
    }
    while (world.program->service().writer().waiting() < share) {
        std::this_thread::yield();  // until the last of them is in the queue
    }
    const auto one_too_many = world.post(path, world.officer, R"({"evento":"archivia"})");
    const auto status = world.get("/status", "");
    const auto view = world.get("/v1/procedure/" + id, world.officer);
    opened.set_value();

    EXPECT_EQ(one_too_many.status, 503);
    EXPECT_NE(one_too_many.header("retry-after"), "");
    EXPECT_EQ(status.status, 200) << status.body;
    EXPECT_EQ(json_at(status.body, "/coda/in_attesa"), std::to_string(share));
    EXPECT_EQ(view.status, 200) << view.body;
    int carried_out = 0;
    for (const auto& client : waiting) {
        const auto answer = client->read_response();
        ASSERT_TRUE(answer.has_value()) << "each is answered";
        carried_out += answer->status == 200 ? 1 : 0;
    }
    EXPECT_EQ(carried_out, 1) << "the others had an old version";
}

}  // namespace
}  // namespace tests
