// SPDX-License-Identifier: EUPL-1.2
#include "api/service/service.h"

#include <gtest/gtest.h>

#include <future>

#include "tests/support/shared_clock.h"
#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using api::service::Service;
using api::service::Submission;
using engine::Outcome;
using engine::base::Result;
using engine::machine::Command;

class ServiceTest : public testing::Test {
  protected:
    ServiceTest() { start(); }

    void start() { start_with(courier, std::chrono::milliseconds{0}); }

    void start_with(engine::documents::Courier& carrier, std::chrono::milliseconds timer_period) {
        service.reset();
        auto started = Service::start({.data_folder = folder.path(),
                                       .catalog = toy_catalog(),
                                       .checks = toy_checks(),
                                       .clock = clock,
                                       .random = random,
                                       .log = log,
                                       .courier = carrier,
                                       .timer_period = timer_period});
        ASSERT_TRUE(started.has_value()) << started.error().message_it;
        service = std::move(*started);
    }

    Result<Outcome> carry_out(Command command) {
        std::promise<Result<Outcome>> promise;
        EXPECT_TRUE(service->writer().submit(
            {command.received_at, 0, [&]() -> Result<Command> { return command; },
             [&](const Result<Outcome>& outcome) { promise.set_value(outcome); }}));
        return promise.get_future().get();
    }

    engine::base::InstanceId open(const std::string& term) {
        Command command;
        command.opening = engine::machine::Opening{"toy", "pratica", 0, "326", ""};
        command.actor = officer;
        command.payload = {{"oggetto", R"("completo")"}, {"termine", "\"" + term + "\""}};
        command.received_at = clock.now();
        const auto outcome = carry_out(command);
        EXPECT_TRUE(outcome.has_value()) << outcome.error().message_it;
        return outcome->instance;
    }

    /// Brings it to `raccolta`, where a term runs.
    void begin(const engine::base::InstanceId& id) {
        Command attach = event(id, engine::machine::kEventRecordDocument, officer);
        attach.payload = {{"documento", R"("atto")"},
                          {"firmato_da", R"("dirigente")"},
                          {"sha256", "\"" + std::string(64, 'a') + "\""}};
        EXPECT_TRUE(carry_out(attach).has_value());
        EXPECT_TRUE(carry_out(event(id, "avvia", director)).has_value());
    }

    Command event(const engine::base::InstanceId& id, const std::string& name,
                  const engine::machine::Actor& actor) {
        Command command;
        command.instance = id;
        command.event = name;
        command.actor = actor;
        command.received_at = clock.now();
        return command;
    }

    /// What a message is sent for.
    void file_parere() {
        const auto id = open("2025-02-10");
        begin(id);
        const auto opened = carry_out(event(id, "chiedi_parere", body));
        ASSERT_TRUE(opened.has_value());
        Command filing = event(opened->opened.front(), "presenta", body);
        filing.payload = {{"testo", R"("bene")"}};
        ASSERT_TRUE(carry_out(filing).has_value());
    }

    /// The state as a reader's thread sees it.
    std::string state(const engine::base::InstanceId& id) {
        std::promise<std::string> promise;
        EXPECT_TRUE(service->readers().submit([&](api::service::Desk& desk) {
            promise.set_value(desk.queries->view(id)->record.instance.state);
        }));
        return promise.get_future().get();
    }

    /// Runs the timer's work to its end.
    void upkeep() {
        service->upkeep();
        std::promise<void> done;
        // Posted after it, so done after it.
        ASSERT_TRUE(service->writer().post([&] { done.set_value(); }));
        done.get_future().wait();
    }

    TemporaryFolder folder;
    SharedClock clock{at("2025-02-03T09:00")};
    engine::base::SystemRandom random;
    engine::base::Log log{clock, [](std::string_view) {}};
    TestCourier courier;
    std::unique_ptr<Service> service;
    engine::machine::Actor officer{"p1", "funzionario", "326", ""};
    engine::machine::Actor director{"p2", "dirigente", "326", ""};
    engine::machine::Actor body{"e1", "ente", "", "A"};
};

TEST_F(ServiceTest, ReadersSeeWhatWasAnswered) {
    const auto id = open("2025-02-10");
    EXPECT_EQ(state(id), "aperta");

    EXPECT_TRUE(carry_out(event(id, "archivia", officer)).has_value());

    EXPECT_EQ(state(id), "archiviata");
}

TEST_F(ServiceTest, FiresDeadlinesThatAreOver) {
    const auto id = open("2025-02-10");
    begin(id);
    clock.move_to(at("2025-02-11T00:00:02"));

    upkeep();

    EXPECT_EQ(state(id), "deserta");
    EXPECT_EQ(service->state().deadlines_fired, 1U);
}

/// A request that was whole before the bound may be on its way still.
TEST_F(ServiceTest, WaitsAMomentBeforeItFires) {
    const auto id = open("2025-02-10");
    begin(id);
    clock.move_to(at("2025-02-11T00:00:00.500"));

    upkeep();

    EXPECT_EQ(state(id), "raccolta");
}

TEST_F(ServiceTest, FiresNothingBeforeAnActThatCameFirst) {
    const auto id = open("2025-02-10");
    begin(id);
    std::promise<void> reached;
    std::promise<void> opened;
    service->writer().post([&] {
        reached.set_value();
        opened.get_future().wait();
        // Now, with the act in the queue and the clock past the bound.
        service->upkeep();
    });
    reached.get_future().wait();
    clock.move_to(at("2025-02-10T23:59:59.999"));
    std::promise<Result<Outcome>> answer;
    const auto command = event(id, "chiedi_parere", body);
    service->writer().submit({command.received_at, 0, [&]() -> Result<Command> { return command; },
                              [&](const Result<Outcome>& one) { answer.set_value(one); }});
    clock.move_to(at("2025-02-12T09:00"));

    opened.set_value();

    const auto outcome = answer.get_future().get();
    EXPECT_TRUE(outcome.has_value()) << outcome.error().message_it;
}

TEST_F(ServiceTest, SendsWhatWaits) {
    file_parere();

    upkeep();

    ASSERT_EQ(courier.envelopes.size(), 1U);
    EXPECT_EQ(courier.envelopes.front().message, "ricevuta");
    EXPECT_EQ(service->state().messages_sent, 1U);
}

TEST_F(ServiceTest, LosesNoMessageWhenItStops) {
    file_parere();
    service->stop();
    EXPECT_TRUE(courier.envelopes.empty());

    start();
    upkeep();

    EXPECT_EQ(courier.envelopes.size(), 1U);
}

/// Holds a message until it is told to let it go.
class HeldCourier final : public engine::documents::Courier {
  public:
    engine::base::Result<void> deliver(const engine::documents::Envelope&) override {
        has_it.set_value();
        let_go.get_future().wait();
        return {};
    }
    std::promise<void> has_it;
    std::promise<void> let_go;
};

/// Disk and courier are slow; people's acts do not wait for them.
TEST_F(ServiceTest, CarriesOutActsWhileTheCourierHasAMessage) {
    file_parere();
    HeldCourier held;
    start_with(held, std::chrono::milliseconds{1});
    held.has_it.get_future().wait();

    open("2025-02-10");

    EXPECT_EQ(service->state().messages_sent, 0U);
    held.let_go.set_value();
    service->stop();  // records what was on its way
    EXPECT_EQ(service->state().messages_sent, 1U);
}

TEST_F(ServiceTest, TakesNothingWhenItHasStopped) {
    service->stop();

    EXPECT_FALSE(service->writer().post([] {}));
    EXPECT_FALSE(service->readers().submit([](api::service::Desk&) {}));
    EXPECT_TRUE(service->state().is_stopping);
    service->stop();  // again: nothing
}

TEST_F(ServiceTest, ReadersOutliveWorkThatThrows) {
    service->readers().submit([](api::service::Desk&) { throw std::runtime_error("rotto"); });
    service->readers().submit([](api::service::Desk&) { throw std::runtime_error("rotto"); });
    const auto id = open("2025-02-10");

    EXPECT_EQ(state(id), "aperta");
}

}  // namespace
}  // namespace tests
