// SPDX-License-Identifier: EUPL-1.2
// The real server, killed while clients act, and started again later: nothing that was answered is
// lost, nothing is done twice, nothing is half done. What SIGKILL does not prove (what the disk
// forgets when the current goes) is the fault test's.
//
// COPROG_KILL_SEED repeats a run as far as threads allow, COPROG_KILL_ROUNDS makes it longer.
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
#include "tests/support/json_probe.h"
#include "tests/support/source_dir.h"
#include "tests/support/world.h"

namespace tests::kill {
namespace {

constexpr std::size_t kClients = 8;
constexpr std::uint64_t kRounds = 6;
constexpr std::int64_t kHourMs = 3'600'000;
/// Far more than the timer needs after a start, on a busy machine.
constexpr std::chrono::seconds kSettleLimit{60};

/// A number from the environment, or another.
std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

std::uint64_t choose_seed() {
    engine::base::SystemRandom random;
    return number_from("COPROG_KILL_SEED", random.next() % 1'000'000);
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
        wait_until_nothing_is_due();
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
        EXPECT_THAT(facts_.problems, testing::IsEmpty());
        std::map<std::string, std::pair<const Attempt*, std::size_t>> by_mark;
        const auto note = [&](const Attempt& attempt) {
            auto& [done, unanswered] = by_mark[attempt.mark];
            if (attempt.is_done()) {
                EXPECT_EQ(done, nullptr) << attempt.mark << " was done twice";
                done = &attempt;
            }
            unanswered += attempt.answer ? 0U : 1U;
        };
        std::for_each(all_.begin(), all_.end(), note);
        for (auto& client : clients_) {
            std::for_each(client->attempts().begin(), client->attempts().end(), note);
        }
        for (const auto& [mark, known] : by_mark) {
            check_mark(mark, known.first, known.second);
        }
    }

    /// Done and answered: there once, as answered. Unanswered: once or not at all. Refused: not.
    void check_mark(const std::string& mark, const Attempt* done, std::size_t unanswered) {
        const auto found = facts_.traces.find(mark);
        const std::size_t count = found == facts_.traces.end() ? 0 : found->second.size();
        if (done == nullptr) {
            EXPECT_LE(count, unanswered) << mark;
        } else {
            EXPECT_EQ(count, 1U) << mark << ": " << done->asked.path << ' ' << done->asked.body;
        }
        if (count != 1) {
            return;
        }
        const Trace& trace = found->second.front();
        if (trace.event == "chiedi") {
            EXPECT_GT(trace.consequences, 0U) << mark << ": without the application it opens";
        }
        if (trace.event == "presenta" || trace.event == "decidi") {
            EXPECT_TRUE(trace.registration.has_value()) << mark << ": without its number";
        }
        if (done != nullptr) {
            check_answer(trace, *done);
        }
    }

    void check_answer(const Trace& trace, const Attempt& done) {
        const std::string& body = done.answer->body;
        EXPECT_EQ(json_at(body, "/id"), trace.instance.text);
        EXPECT_EQ(json_at(body, "/versione"), std::to_string(trace.version)) << body;
        const std::string number = json_at(body, "/registrazione/numero");
        EXPECT_EQ(number,
                  trace.registration ? std::to_string(trace.registration->number) : "(assente)")
            << body;
    }

    /// Whatever was done or got no answer, with its key: the clients do not know better.
    void send_all_again() {
        for (auto& client : clients_) {
            for (Attempt& attempt : client->attempts()) {
                if (attempt.is_done()) {
                    expect_same_answer(*client, attempt);
                    ++done_;
                } else if (attempt.answer) {
                    EXPECT_TRUE(attempt.answer->status < 500 || attempt.answer->status == 503)
                        << attempt.answer->body;
                    ++refused_;
                } else {
                    learn_what_became_of(*client, attempt);
                }
            }
        }
    }

    void expect_same_answer(Client& client, const Attempt& attempt) {
        ++replays_;
        const auto again = client.send_again(attempt);
        ASSERT_TRUE(again.has_value()) << attempt.asked.path;
        EXPECT_EQ(again->status, attempt.answer->status) << attempt.asked.path << again->body;
        EXPECT_EQ(again->body, attempt.answer->body);
        EXPECT_EQ(again->header("etag"), attempt.answer->header("etag"));
    }

    /// What was done is told as done; what was not is done now, or refused by what came meanwhile.
    void learn_what_became_of(Client& client, Attempt& attempt) {
        ++unanswered_;
        const bool was_done = facts_.traces.contains(attempt.mark);
        unanswered_done_ += was_done ? 1U : 0U;
        attempt.answer = client.send_again(attempt);
        ASSERT_TRUE(attempt.answer.has_value()) << attempt.asked.path;
        if (was_done) {
            EXPECT_TRUE(attempt.is_done()) << attempt.asked.path << attempt.answer->body;
        }
        if (attempt.is_done()) {
            expect_same_answer(client, attempt);
        }
    }

    /// The timer stays a second behind; nothing may be over for longer.
    void wait_until_nothing_is_due() {
        const std::int64_t until = server_.clock.now().utc_ms;
        AnswerCount none;
        for (auto waited = std::chrono::milliseconds{0}; waited < kSettleLimit;
             waited += std::chrono::milliseconds{100}) {
            const auto running = read_journals(*server_.open_store()).running;
            const bool is_due = std::any_of(running.begin(), running.end(), [&](const auto& bound) {
                return bound.utc_ms <= until;
            });
            if (!is_due) {
                return;
            }
            none.wait_for_time(std::chrono::milliseconds{100});
        }
        ADD_FAILURE() << "deadlines that were over did not fire: " << server_.log_text();
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

TEST(Kill, LosesNothingThatWasAnsweredAndDoesNothingTwice) {
    const std::uint64_t seed = choose_seed();
    SCOPED_TRACE("COPROG_KILL_SEED=" + std::to_string(seed));
    KillRun run(seed);
    for (std::uint64_t round = 0; round < number_from("COPROG_KILL_ROUNDS", kRounds); ++round) {
        run.play_round();
        if (HasFailure()) {
            break;  // what follows from the first would hide it
        }
    }
    run.finish();
    RecordProperty("summary", run.summary());
    std::cout << "seed " << seed << ": " << run.summary() << '\n';
}

}  // namespace
}  // namespace tests::kill
