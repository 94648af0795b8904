// SPDX-License-Identifier: EUPL-1.2
#include "api/service/writer.h"

#include <algorithm>

namespace api::service {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;

constexpr const char* kBugMessage = "Errore interno: nulla è stato scritto. Riprovare tra poco.";

/// Whatever is thrown on the way becomes an answer: a thread that dies takes everybody with it.
template <class Work>
auto guarded(engine::base::Log& log, const char* event, Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::exception& exception) {
        log.error(event, {{"cause", exception.what()}});
        return fail(ErrorCode::internal, kBugMessage);
    }
}

}  // namespace

Writer::Writer(engine::Engine& engine, engine::base::Log& log, WriterLimits limits)
    : engine_(engine), log_(log), limits_(limits), storage_(log), thread_([this] { run(); }) {}

Writer::~Writer() {
    stop();
}

bool Writer::submit(Submission submission) {
    {
        const std::lock_guard lock(mutex_);
        const bool is_full = queue_.size() >= limits_.max_waiting ||
                             waiting_bytes_ + submission.bytes > limits_.max_waiting_bytes;
        if (is_stopping_ || is_full) {
            ++count_.turned_away;
            return false;
        }
        waiting_bytes_ += submission.bytes;
        queue_.push_back(std::move(submission));
    }
    work_.notify_one();
    return true;
}

bool Writer::post(std::function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        if (is_stopping_ || jobs_.size() >= limits_.max_jobs) {
            return false;
        }
        jobs_.push_back(std::move(job));
    }
    work_.notify_one();
    return true;
}

std::optional<Instant> Writer::oldest_waiting() const {
    const std::lock_guard lock(mutex_);
    // In order of receipt but for a clock that was put back: the smallest, then.
    const auto oldest = std::min_element(
        queue_.begin(), queue_.end(),
        [](const auto& left, const auto& right) { return left.received_at < right.received_at; });
    return oldest == queue_.end() ? std::nullopt : std::optional(oldest->received_at);
}

std::size_t Writer::waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

WriterCount Writer::count() const {
    const std::lock_guard lock(mutex_);
    return count_;
}

void Writer::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    work_.notify_all();
    std::call_once(joined_, [this] { thread_.join(); });
}

/// False when the thread may end: told to stop, and nothing waits.
bool Writer::wait_for_work(std::unique_lock<std::mutex>& lock) {
    work_.wait(lock, [this] { return is_stopping_ || !queue_.empty() || !jobs_.empty(); });
    return !queue_.empty() || !jobs_.empty();
}

std::vector<Submission> Writer::take_batch() {
    std::vector<Submission> batch;
    while (!queue_.empty() && batch.size() < limits_.max_batch) {
        waiting_bytes_ -= queue_.front().bytes;
        batch.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    return batch;
}

/// Those that wait now; what they post in turn comes after the next batch.
void Writer::run_jobs(std::unique_lock<std::mutex>& lock) {
    std::deque<std::function<void()>> jobs;
    jobs.swap(jobs_);
    lock.unlock();
    for (const auto& job : jobs) {
        const auto done = guarded(log_, "writer_job_failed", [&]() -> Result<void> {
            job();
            return {};
        });
        (void)done;  // logged above; nobody else waits for it
    }
    lock.lock();
}

std::vector<Result<Outcome>> Writer::execute(const std::vector<Submission>& batch) {
    if (const auto refusal = storage_.refusal()) {
        return {batch.size(), Result<Outcome>(fail(*refusal))};
    }
    std::vector<Command> commands;
    std::vector<std::size_t> places;
    std::vector<Result<Outcome>> answers(batch.size(), Result<Outcome>(Outcome{}));
    for (std::size_t i = 0; i < batch.size(); ++i) {
        auto command = guarded(log_, "writer_prepare_failed", [&] { return batch[i].prepare(); });
        if (command) {
            commands.push_back(std::move(*command));
            places.push_back(i);
        } else {
            answers[i] = fail(command.error());
        }
    }
    if (!commands.empty()) {
        auto outcomes = engine_.execute_all(commands);
        for (std::size_t i = 0; i < places.size(); ++i) {
            answers[places[i]] = std::move(outcomes[i]);
            if (const auto& answer = answers[places[i]]; !answer) {
                storage_.note(answer.error());
            }
        }
    }
    return answers;
}

void Writer::carry_out(std::vector<Submission> batch) {
    const auto answers = execute(batch);
    {
        const std::lock_guard lock(mutex_);
        ++count_.batches;
        for (const auto& answer : answers) {
            ++(answer ? count_.carried_out : count_.refused);
        }
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const auto done = guarded(log_, "writer_answer_failed", [&]() -> Result<void> {
            batch[i].answer(answers[i]);
            return {};
        });
        (void)done;  // logged above; the act itself is on disk
    }
}

void Writer::run() {
    std::unique_lock lock(mutex_);
    while (wait_for_work(lock)) {
        auto batch = take_batch();
        if (!batch.empty()) {
            lock.unlock();
            carry_out(std::move(batch));
            lock.lock();
        }
        run_jobs(lock);
    }
}

}  // namespace api::service
