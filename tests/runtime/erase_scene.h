// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/engine.h"
#include "tests/support/world.h"

// A database with one person's story in it, for tests of what is left when it goes.

namespace tests {

inline const std::string kSecret = "storia di Ada Inventata, nata a Cremona";

inline engine::ErasureRequest request_for(const engine::base::InstanceId& id) {
    engine::ErasureRequest request;
    request.instance = id;
    request.fields = {"testo"};
    request.act = "determina n. 5 del 3/3/2026";
    request.reason = "richiesta dell'interessata";
    request.actor = {"p9", engine::machine::kEraserRole, "326", ""};
    return request;
}

/// Files an opinion that holds the secret, under an idempotency key.
inline engine::base::InstanceId file_secret(World& world, const engine::base::InstanceId& pratica,
                                            const engine::machine::Actor& actor) {
    const auto opened = world.act(pratica, "chiedi_parere", actor);
    EXPECT_TRUE(opened.has_value());
    engine::machine::Command command;
    command.instance = opened->opened.front();
    command.event = "presenta";
    command.actor = actor;
    command.payload = {{"testo", '"' + kSecret + '"'}};
    command.received_at = world.clock.now();
    command.idempotency_key = "chiave";
    EXPECT_TRUE(world.engine->execute(command).has_value());
    return command.instance;
}

/// The world with one opinion that holds the secret, its receipt sent.
struct Scene {
    World world;
    engine::base::InstanceId pratica = world.open_raccolta("2025-05-16");
    engine::base::InstanceId parere = file_secret(world, pratica, world.body);

    Scene() { EXPECT_EQ(world.engine->run_outbox(world.courier)->sent, 1U); }

    /// Two later terms, one after the other: two versions of the same value.
    void extend_twice() {
        for (const char* day : {"2025-05-20", "2025-05-30"}) {
            EXPECT_TRUE(world
                            .act(pratica, "proroga", world.director,
                                 std::string(R"({"nuovo_termine": ")") + day + R"("})")
                            .has_value());
        }
    }
    engine::base::Result<engine::ErasureReport> erase(const engine::ErasureRequest& request) {
        return world.engine->erase(request);
    }
    /// The report of an erasure that does something; fails the test otherwise.
    engine::ErasureReport erased(const engine::ErasureRequest& request) {
        auto report = erase(request);
        EXPECT_TRUE(report.has_value()) << report.error().message_it;
        EXPECT_FALSE(report && report->erased.empty());
        return report ? *report : engine::ErasureReport{};
    }
    std::string problem() {
        const auto report = engine::verify(*world.store, &world.contents);
        return report ? report->first_problem : report.error().message_it;
    }
    std::string sent_text_hash() {
        return world.record(parere).messages.begin()->second.content_sha256;
    }
    /// Changes the file by other hands, and gives what verify says then.
    std::string problem_after(const std::string& sql) {
        world.engine.reset();
        world.store.reset();
        {
            SQLite::Database database((world.folder.path() / "coprog.db").string(),
                                      SQLite::OPEN_READWRITE);
            database.exec("pragma ignore_check_constraints = on");
            EXPECT_GT(database.exec(sql), 0) << "the tampering changes something";
        }
        world.reopen();
        return problem();
    }
};

}  // namespace tests
