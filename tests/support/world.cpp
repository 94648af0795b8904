// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/world.h"

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/calendar/local_time.h"
#include "tests/support/toy_workflow.h"

namespace tests {

using engine::base::InstanceId;
using engine::base::Result;
using engine::machine::Actor;
using engine::machine::Command;

engine::base::Instant at(const std::string& text) {
    const auto instant = engine::calendar::parse_instant(text);
    if (!instant) {
        ADD_FAILURE() << text << ": " << instant.error().message_it;
        return {};
    }
    return *instant;
}

Result<void> TestCourier::deliver(const engine::documents::Envelope& envelope) {
    if (refusal) {
        return engine::base::fail(*refusal);
    }
    envelopes.push_back(envelope);
    return {};
}

World::World(std::uint64_t seed)
    : clock(at("2025-02-03T09:00")), random(seed), contents(folder.path() / "contenuti") {
    reopen();
}

void World::reopen() {
    reopen(toy_catalog());
}

void World::reopen(const engine::definition::Catalog& catalog) {
    engine.reset();
    store.reset();
    auto opened = engine::open_store(folder.path(), clock);
    ASSERT_TRUE(opened.has_value()) << opened.error().message_it;
    store = std::move(*opened);
    auto started = engine::Engine::start({*store, catalog, toy_checks(), contents, clock, random});
    ASSERT_TRUE(started.has_value()) << started.error().message_it;
    engine = std::move(*started);
}

Result<engine::Outcome> World::act(const InstanceId& instance, const std::string& event,
                                   const Actor& actor, const std::string& payload_json) {
    Command command;
    command.instance = instance;
    command.event = event;
    command.actor = actor;
    command.payload = engine::base::parse_fields(payload_json).value();
    command.received_at = clock.now();
    return engine->execute(command);
}

InstanceId World::open_pratica(const std::string& payload_json) {
    Command command;
    command.opening = engine::machine::Opening{"toy", "pratica", 0, "326", "prova-2025"};
    command.actor = officer;
    command.payload = engine::base::parse_fields(payload_json).value();
    command.received_at = clock.now();
    const auto outcome = engine->execute(command);
    EXPECT_TRUE(outcome.has_value()) << outcome.error().message_it;
    return outcome ? outcome->instance : InstanceId{};
}

InstanceId World::open_raccolta(const std::string& term) {
    const auto id = open_pratica(R"({"oggetto": "completo", "termine": ")" + term + R"("})");
    EXPECT_TRUE(attach(id, "atto", "dirigente").has_value());
    EXPECT_TRUE(act(id, "avvia", director).has_value());
    return id;
}

InstanceId World::file_parere(const InstanceId& pratica, const Actor& actor) {
    const auto opened = act(pratica, "chiedi_parere", actor);
    EXPECT_TRUE(opened.has_value() && opened->opened.size() == 1U);
    if (!opened || opened->opened.empty()) {
        return {};
    }
    const auto filed = act(opened->opened.front(), "presenta", actor, R"({"testo": "bene"})");
    EXPECT_TRUE(filed.has_value()) << filed.error().message_it;
    return opened->opened.front();
}

Result<engine::Outcome> World::attach(const InstanceId& instance, const std::string& document,
                                      const std::string& signed_by) {
    const std::string sha256 = contents.put("Un documento di prova.").value();
    std::string payload = R"({"documento": ")" + document + R"(", "sha256": ")" + sha256 + '"';
    payload += signed_by.empty() ? "}" : R"(, "firmato_da": ")" + signed_by + R"("})";
    return act(instance, engine::machine::kEventRecordDocument, officer, payload);
}

engine::machine::InstanceRecord World::record(const InstanceId& instance) {
    const auto view = engine->queries().view(instance);
    EXPECT_TRUE(view.has_value());
    return view ? view->record : engine::machine::InstanceRecord{};
}

std::string World::state(const InstanceId& instance) {
    return record(instance).instance.state;
}

std::size_t World::journal_size(const InstanceId& root) {
    return engine->queries().journal(root, 0, 100000).value().size();
}

std::string World::verify() {
    const auto report = engine::verify(*store);
    return report ? report->first_problem : report.error().message_it;
}

engine::machine::Command command_of(World& world, const engine::base::InstanceId& id,
                                    const std::string& event, const engine::machine::Actor& actor) {
    engine::machine::Command command;
    command.instance = id;
    command.event = event;
    command.actor = actor;
    command.received_at = world.clock.now();
    return command;
}

}  // namespace tests
