// SPDX-License-Identifier: EUPL-1.2
// The real server, killed while clients act, and started again later: nothing that was answered is
// lost, nothing is done twice, nothing is half done. What SIGKILL does not prove (what the disk
// forgets when the current goes) is the fault test's.
//
// Three seeds always; in the slow lane (COPROG_SLOW_LANES) one more, fresh and printed.
// COPROG_KILL_SEED repeats one as far as threads allow, COPROG_KILL_ROUNDS makes each longer.
// What is asked of the server is in kill/keeping_word.h, and kill_check_test.cpp shows it can fail.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <thread>

#include "tests/process/kill/client.h"
#include "tests/process/kill/journal_facts.h"
#include "tests/process/kill/keeping_word.h"
#include "tests/process/kill/settling.h"
#include "tests/support/source_dir.h"
#include "tests/support/world.h"

namespace tests::kill {
namespace {

constexpr std::size_t kClients = 8;
constexpr std::uint64_t kRounds = 3;
constexpr std::int64_t kHourMs = 3'600'000;

/// A number from the environment, or another.
std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

/// Counts answers for who waits for so many, or for a while.
class AnswerCount {
  public:
    void add() {
        const std::lock_guard lock(mutex_);
        ++count_;
        changed_.notify_all();
    }
    void wait_for_answers(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, kSettleLimit, [&] { return count_ >= count; });
    }
    void wait_for_time(std::chrono::microseconds time) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, time, [] { return false; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t count_ = 0;
};

/// The server, its clients, and all they remember.
class KillRun {
  public:
    explicit KillRun(std::uint64_t seed)
        : dice_(seed),
          server_(source_dir() + "/tests/process/kill/caduta", at("2025-03-03T20:00")) {
        server_.open_store();  // makes the folder: people come before the first start
        for (std::size_t i = 0; i < kClients; ++i) {
            clients_.push_back(std::make_unique<Client>(server_, board_, "c" + std::to_string(i),
                                                        i % 2 == 0 ? "326" : "327",
                                                        i % 4 < 2 ? "A" : "B"));
        }
        server_.launch();
        server_.wait_until_it_listens();
    }

    /// Acts and dies; comes back hours later; is asked everything again.
    void play_round() {
        die_under_load();
        server_.clock.advance_ms(dice_.between(12, 23) * kHourMs);
        come_back();
        check_journals("after the restart");
        send_all_again();
        check_journals("after everything was sent again");
        EXPECT_EQ(server_.verify(), "");
        for (auto& client : clients_) {
            auto& last = client->attempts();
            all_.insert(all_.end(), last.begin(), last.end());
            last.clear();
        }
    }

    /// Lets the server catch up and end, and looks at what it leaves.
    void finish() {
        EXPECT_TRUE(wait_until_nothing_is_due(server_)) << server_.log_text();
        EXPECT_EQ(server_.stop(), 0);
        check_journals("at the end");
        EXPECT_EQ(server_.verify(), "");
        // A run in which nothing of this happened would prove nothing.
        EXPECT_GT(done_, 0U);
        EXPECT_GT(facts_.numbers_given, 0U);
        EXPECT_GT(facts_.deadlines_fired, 0U);
        EXPECT_GT(unanswered_, 0U);
    }

    std::string summary() const {
        return fmt::format(
            "{} acts done, {} refused, {} unanswered of which {} were done, {} replays, {} "
            "numbers, "
            "{} deadlines",
            done_, refused_, unanswered_, unanswered_done_, replays_, facts_.numbers_given,
            facts_.deadlines_fired);
    }

  private:
    void die_under_load() {
        AnswerCount answers;
        std::vector<std::thread> threads;
        for (auto& client : clients_) {
            threads.emplace_back([&answers, &client, seed = dice_.next()] {
                client->work(seed, [&answers] { answers.add(); });
            });
        }
        // After so many answers, or about when the timer fires the deadlines that are over.
        if (dice_.chance(70)) {
            answers.wait_for_answers(dice_.below(300));
            answers.wait_for_time(std::chrono::microseconds(dice_.below(5000)));
        } else {
            answers.wait_for_time(std::chrono::microseconds(900'000 + dice_.below(300'000)));
        }
        server_.kill();
        for (auto& thread : threads) {
            thread.join();
        }
    }

    /// Starts again, now and then only to be killed while it starts.
    void come_back() {
        server_.launch();
        if (dice_.chance(30)) {
            AnswerCount none;
            none.wait_for_time(std::chrono::microseconds(dice_.below(200'000)));
            server_.kill();
            server_.launch();
        }
        server_.wait_until_it_listens();
    }

    void check_journals(const std::string& when) {
        SCOPED_TRACE(when);
        facts_ = read_journals(*server_.open_store());
        std::vector<const Attempt*> attempts;
        const auto note = [&](const Attempt& attempt) { attempts.push_back(&attempt); };
        std::for_each(all_.begin(), all_.end(), note);
        for (auto& client : clients_) {
            std::for_each(client->attempts().begin(), client->attempts().end(), note);
        }
        EXPECT_THAT(find_broken_words(facts_, attempts, server_.contents()), testing::IsEmpty());
    }

    /// Whatever was done or got no answer, with its key: the clients do not know better.
    void send_all_again() {
        for (auto& client : clients_) {
            for (Attempt& attempt : client->attempts()) {
                if (attempt.is_done()) {
                    expect_same_answer(*client, attempt);
                    ++done_;
                } else if (attempt.answer) {
                    EXPECT_TRUE(is_fair_refusal(*attempt.answer)) << attempt.answer->body;
                    ++refused_;
                } else {
                    learn_what_became_of(*client, attempt);
                }
            }
        }
    }

    void expect_same_answer(Client& client, const Attempt& attempt) {
        ++replays_;
        EXPECT_EQ(find_difference(*attempt.answer, client.send_again(attempt)), "")
            << attempt.asked.path;
    }

    /// What was done is told as done; what was not is done now, or refused by what came meanwhile.
    void learn_what_became_of(Client& client, Attempt& attempt) {
        ++unanswered_;
        const bool was_done = facts_.traces.contains(attempt.mark);
        unanswered_done_ += was_done ? 1U : 0U;
        attempt.answer = client.send_again(attempt);
        ASSERT_EQ(judge_late_answer(was_done, attempt.answer), "") << attempt.asked.path;
        if (attempt.is_done()) {
            expect_same_answer(client, attempt);
        }
    }

    simulation::Dice dice_;
    ServedFolder server_;
    Noticeboard board_;
    std::vector<std::unique_ptr<Client>> clients_;
    std::vector<Attempt> all_;
    JournalFacts facts_;
    std::size_t done_ = 0;
    std::size_t refused_ = 0;
    std::size_t unanswered_ = 0;
    std::size_t unanswered_done_ = 0;
    std::size_t replays_ = 0;
};

/// Always the same ones, and in the slow lane one that nobody has tried, which the test's name
/// tells; or the one that is asked for.
std::vector<std::uint64_t> seeds() {
    if (const std::uint64_t asked = number_from("COPROG_KILL_SEED", 0); asked != 0) {
        return {asked};
    }
    std::vector<std::uint64_t> chosen{1, 2, 3};
    if (std::getenv("COPROG_SLOW_LANES") != nullptr) {
        engine::base::SystemRandom random;
        chosen.push_back(random.next() % 1'000'000'000 + chosen.size() + 1);
    }
    return chosen;
}

class Kill : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Kill, LosesNothingThatWasAnsweredAndDoesNothingTwice) {
    const std::uint64_t seed = GetParam();
    SCOPED_TRACE("COPROG_KILL_SEED=" + std::to_string(seed));
    KillRun run(seed);
    for (std::uint64_t round = 0; round < number_from("COPROG_KILL_ROUNDS", kRounds); ++round) {
        run.play_round();
        if (HasFailure()) {
            break;  // what follows from the first would hide it
        }
    }
    run.finish();
    std::cout << "seed " << seed << ": " << run.summary() << '\n';
}

INSTANTIATE_TEST_SUITE_P(Seed, Kill, testing::ValuesIn(seeds()), testing::PrintToStringParamName());

}  // namespace
}  // namespace tests::kill
