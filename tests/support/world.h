// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "tests/support/temporary_folder.h"

namespace tests {

/// An instant on Rome's wall clock: `at("2025-06-30T23:59:59.999")`.
engine::base::Instant at(const std::string& text);

class World;

/// An event on an instance, received at the clock's present instant.
engine::machine::Command command_of(World& world, const engine::base::InstanceId& id,
                                    const std::string& event, const engine::machine::Actor& actor);

/// A courier that remembers, or refuses as told.
class TestCourier final : public engine::documents::Courier {
  public:
    engine::base::Result<void> deliver(const engine::documents::Envelope& envelope) override;

    std::vector<engine::documents::Envelope> envelopes;
    std::optional<engine::base::Error> refusal;
};

/// A fresh database with the toy workflow, a clock that stands, and an engine.
class World {
  public:
    explicit World(std::uint64_t seed = 1);

    /// Closes the database and opens it again, with the toy workflow or with other definitions.
    void reopen();
    void reopen(const engine::definition::Catalog& catalog);

    /// Executes an event at the clock's present instant.
    engine::base::Result<engine::Outcome> act(const engine::base::InstanceId& instance,
                                              const std::string& event,
                                              const engine::machine::Actor& actor,
                                              const std::string& payload_json = "{}");
    /// Opens a `pratica`; fails the test when refused.
    engine::base::InstanceId open_pratica(const std::string& payload_json);
    /// Opens one and brings it to `raccolta`, with its term on the date given.
    engine::base::InstanceId open_raccolta(const std::string& term);
    /// Opens a `parere` for the actor and files it.
    engine::base::InstanceId file_parere(const engine::base::InstanceId& pratica,
                                         const engine::machine::Actor& actor);
    engine::base::Result<engine::Outcome> attach(const engine::base::InstanceId& instance,
                                                 const std::string& document,
                                                 const std::string& signed_by);
    engine::machine::InstanceRecord record(const engine::base::InstanceId& instance);
    std::string state(const engine::base::InstanceId& instance);
    std::size_t journal_size(const engine::base::InstanceId& root);
    /// First problem that verify finds; empty when the database is whole.
    std::string verify();

    TemporaryFolder folder;
    engine::base::ManualClock clock;
    engine::base::SeededRandom random;
    engine::documents::ContentStore contents;
    std::unique_ptr<engine::store::Store> store;
    std::unique_ptr<engine::Engine> engine;
    TestCourier courier;

    engine::machine::Actor officer{"p1", "funzionario", "326", ""};
    engine::machine::Actor other_officer{"p3", "funzionario", "326", ""};
    engine::machine::Actor director{"p2", "dirigente", "326", ""};
    engine::machine::Actor body{"e1", "ente", "", "A"};
    engine::machine::Actor other_body{"e2", "ente", "", "B"};
};

}  // namespace tests
