// SPDX-License-Identifier: EUPL-1.2
#include "api/service/writer.h"

#include <gtest/gtest.h>

#include <future>

#include "tests/support/world.h"

namespace tests {
namespace {

using api::service::Submission;
using api::service::Writer;
using engine::Outcome;
using engine::base::ErrorCode;
using engine::base::InstanceId;
using engine::base::Result;
using engine::machine::Command;

/// What the writer answered, from its thread to ours.
class Answer {
  public:
    std::function<void(const Result<Outcome>&)> taker() {
        return
            [promise = promise_](const Result<Outcome>& outcome) { promise->set_value(outcome); };
    }
    Result<Outcome> wait() { return future_.get(); }
    bool has_come() const {
        return future_.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
    }

  private:
    std::shared_ptr<std::promise<Result<Outcome>>> promise_ =
        std::make_shared<std::promise<Result<Outcome>>>();
    std::future<Result<Outcome>> future_ = promise_->get_future();
};

/// Holds the writer's thread until it is let go, so that a test decides what waits.
class Gate {
  public:
    explicit Gate(Writer& writer) {
        const auto reached = std::make_shared<std::promise<void>>();
        // By value: the thread may still be waking up when the gate itself is gone.
        writer.post([reached, opened = opened_.get_future().share()] {
            reached->set_value();
            opened.wait();
        });
        reached->get_future().wait();
    }
    void open() { opened_.set_value(); }

  private:
    std::promise<void> opened_;
};

class WriterTest : public testing::Test {
  protected:
    Submission submission(const Command& command, Answer& answer) {
        return {command.received_at, 0, [command]() -> Result<Command> { return command; },
                answer.taker()};
    }
    Command archive(const InstanceId& id) {
        return command_of(world, id, "archivia", world.officer);
    }

    World world;
    std::vector<std::string> lines;
    engine::base::Log log{world.clock, [this](std::string_view line) { lines.emplace_back(line); }};
};

TEST_F(WriterTest, AnswersWhenTheActIsOnDisk) {
    const auto id = world.open_pratica(R"({"oggetto": "x"})");
    Writer writer(*world.engine, log, {});
    std::promise<std::string> state_seen;
    Submission one{world.clock.now(), 0, [&]() -> Result<Command> { return archive(id); },
                   [&](const Result<Outcome>&) {
                       // A connection of its own sees only what was committed.
                       const auto store = engine::open_store(world.folder.path(), world.clock);
                       (*store)->read([&](engine::store::ReadUnit& unit) {
                           state_seen.set_value(unit.find_snapshot(id)->record.instance.state);
                       });
                   }};

    ASSERT_TRUE(writer.submit(std::move(one)));

    EXPECT_EQ(state_seen.get_future().get(), "archiviata");
}

TEST_F(WriterTest, TurnsAwayWhatDoesNotFitTheQueue) {
    const auto id = world.open_pratica(R"({"oggetto": "x"})");
    Writer writer(*world.engine, log, {.max_waiting = 2});
    Gate gate(writer);
    Answer first;
    Answer second;
    Answer third;
    EXPECT_TRUE(writer.submit(submission(archive(id), first)));
    EXPECT_TRUE(writer.submit(submission(archive(id), second)));

    EXPECT_FALSE(writer.submit(submission(archive(id), third)));

    EXPECT_EQ(writer.waiting(), 2U);
    EXPECT_EQ(writer.count().turned_away, 1U);
    gate.open();
    EXPECT_TRUE(first.wait().has_value());
    EXPECT_FALSE(second.wait().has_value());  // it is archived already
    EXPECT_FALSE(third.has_come());
}

TEST_F(WriterTest, TurnsAwayWhatIsTooHeavyForTheMemory) {
    Writer writer(*world.engine, log, {.max_waiting_bytes = 100});
    Gate gate(writer);
    Answer answer;
    auto heavy = submission(archive(InstanceId{"x"}), answer);
    heavy.bytes = 101;

    EXPECT_FALSE(writer.submit(std::move(heavy)));

    gate.open();
}

TEST_F(WriterTest, TellsSinceWhenTheOldestWaits) {
    Writer writer(*world.engine, log, {});
    EXPECT_FALSE(writer.oldest_waiting().has_value());
    Gate gate(writer);
    Answer late;
    Answer early;
    auto first = submission(archive(InstanceId{"x"}), late);
    first.received_at = {2000};
    auto second = submission(archive(InstanceId{"x"}), early);
    second.received_at = {1000};
    writer.submit(std::move(first));
    writer.submit(std::move(second));

    EXPECT_EQ(writer.oldest_waiting()->utc_ms, 1000);

    gate.open();
    EXPECT_FALSE(early.wait().has_value());
    EXPECT_FALSE(writer.oldest_waiting().has_value());
}

TEST_F(WriterTest, DoesWhatWaitsBeforeItStops) {
    const auto id = world.open_pratica(R"({"oggetto": "x"})");
    Writer writer(*world.engine, log, {});
    Answer answer;
    {
        Gate gate(writer);
        writer.submit(submission(archive(id), answer));
        gate.open();
    }

    writer.stop();

    EXPECT_TRUE(answer.has_come());
    EXPECT_EQ(world.state(id), "archiviata");
    Answer none;
    EXPECT_FALSE(writer.submit(submission(archive(id), none)));
    EXPECT_FALSE(writer.post([] {}));
}

TEST_F(WriterTest, CarriesOutManyActsInOneCommit) {
    std::vector<InstanceId> ids;
    for (int i = 0; i < 10; ++i) {
        ids.push_back(world.open_pratica(R"({"oggetto": "x"})"));
    }
    Writer writer(*world.engine, log, {});
    std::vector<Answer> answers(ids.size());
    {
        Gate gate(writer);
        for (std::size_t i = 0; i < ids.size(); ++i) {
            ASSERT_TRUE(writer.submit(submission(archive(ids[i]), answers[i])));
        }
        gate.open();
    }

    for (auto& answer : answers) {
        EXPECT_TRUE(answer.wait().has_value());
    }
    EXPECT_EQ(writer.count().batches, 1U);
    EXPECT_EQ(writer.count().carried_out, 10U);
}

TEST_F(WriterTest, AnswersWhatCannotBePrepared) {
    Writer writer(*world.engine, log, {});
    Answer refused;
    Answer broken;
    writer.submit(
        {world.clock.now(), 0,
         []() -> Result<Command> { return engine::base::fail(ErrorCode::not_found, "non c'è"); },
         refused.taker()});
    writer.submit({world.clock.now(), 0,
                   []() -> Result<Command> { throw std::runtime_error("segreto"); },
                   broken.taker()});

    EXPECT_EQ(refused.wait().error().code, ErrorCode::not_found);
    const auto error = broken.wait();
    EXPECT_EQ(error.error().code, ErrorCode::internal);
    EXPECT_EQ(error.error().message_it.find("segreto"), std::string::npos);
    EXPECT_EQ(lines.size(), 1U);
}

TEST_F(WriterTest, OutlivesAnAnswerThatThrows) {
    const auto id = world.open_pratica(R"({"oggetto": "x"})");
    Writer writer(*world.engine, log, {});
    writer.submit({world.clock.now(), 0, [&]() -> Result<Command> { return archive(id); },
                   [](const Result<Outcome>&) { throw std::runtime_error("rotto"); }});
    Answer answer;
    writer.submit(submission(archive(id), answer));

    EXPECT_EQ(answer.wait().error().code, ErrorCode::event_not_available);
}

}  // namespace
}  // namespace tests
