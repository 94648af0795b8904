// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <stdexcept>

#include "engine/base/sha256.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::machine::MessageStatus;

MessageStatus status_of(World& world, const engine::base::InstanceId& id) {
    return world.record(id).messages.begin()->second.status;
}

TEST(Dispatcher, SendsAReceiptOnceAndRecordsItsHash) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto child = world.file_parere(id, world.body);

    EXPECT_EQ(world.engine->run_outbox(world.courier)->sent, 1U);
    EXPECT_EQ(world.engine->run_outbox(world.courier)->sent, 0U);

    ASSERT_EQ(world.courier.envelopes.size(), 1U);
    const auto& envelope = world.courier.envelopes.front();
    EXPECT_EQ(envelope.party, "A");
    EXPECT_NE(envelope.content.find("Registrazione n. 1/2025"), std::string::npos);
    const auto message = world.record(child).messages.begin()->second;
    EXPECT_EQ(message.status, MessageStatus::sent);
    EXPECT_EQ(message.content_sha256, engine::base::sha256_hex(envelope.content));
    EXPECT_EQ(world.contents.get(message.content_sha256).value(), envelope.content);
    EXPECT_EQ(world.verify(), "");
}

TEST(Dispatcher, ABusyCourierGetsTheMessageAgainWhenTheLeaseIsOver) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto child = world.file_parere(id, world.body);
    world.courier.refusal = engine::base::Error{ErrorCode::busy, "occupato", {}};
    EXPECT_EQ(world.engine->run_outbox(world.courier)->failed, 1U);
    world.courier.refusal.reset();

    EXPECT_EQ(world.engine->run_outbox(world.courier)->sent, 0U);  // still leased
    world.clock.move_to(at("2025-02-03T09:05"));
    EXPECT_EQ(world.engine->run_outbox(world.courier)->sent, 1U);
    EXPECT_EQ(status_of(world, child), MessageStatus::sent);
}

class BrokenCourier : public engine::documents::Courier {
  public:
    engine::base::Result<void> deliver(const engine::documents::Envelope&) override {
        throw std::runtime_error("broken");
    }
};

TEST(Dispatcher, ACourierThatBreaksTakesNothingWithIt) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto child = world.file_parere(id, world.body);
    BrokenCourier broken;

    EXPECT_EQ(world.engine->run_outbox(broken)->failed, 1U);

    world.clock.move_to(at("2025-02-03T09:05"));
    EXPECT_EQ(world.engine->run_outbox(world.courier)->sent, 1U);
    EXPECT_EQ(status_of(world, child), MessageStatus::sent);
}

TEST(Dispatcher, ARefusedMessageIsFailedAndNotTriedAgain) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto child = world.file_parere(id, world.body);
    world.courier.refusal = engine::base::Error{ErrorCode::invalid_input, "indirizzo", {}};

    EXPECT_EQ(world.engine->run_outbox(world.courier)->failed, 1U);

    EXPECT_EQ(status_of(world, child), MessageStatus::failed);
    world.clock.move_to(at("2025-02-04T09:00"));
    EXPECT_EQ(world.engine->run_outbox(world.courier)->failed, 0U);
}

/// Takes a second lease on every message while it is being delivered.
class SlowCourier final : public engine::documents::Courier {
  public:
    explicit SlowCourier(World& world) : world_(world) {}
    engine::base::Result<void> deliver(const engine::documents::Envelope&) override {
        const auto later = engine::base::Instant{world_.clock.now().utc_ms + 600'000};
        EXPECT_EQ(world_.store->lease_messages(later, 1000, 10).size(), 1U);
        return {};
    }

  private:
    World& world_;
};

TEST(Dispatcher, OneThatLostItsLeaseRecordsNothing) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto child = world.file_parere(id, world.body);
    SlowCourier courier(world);

    ASSERT_TRUE(world.engine->run_outbox(courier).has_value());

    EXPECT_EQ(status_of(world, child), MessageStatus::queued);
}

}  // namespace
}  // namespace tests
