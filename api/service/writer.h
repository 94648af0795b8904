// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "api/service/storage_health.h"
#include "engine/base/log.h"
#include "engine/engine.h"

namespace api::service {

using engine::Outcome;
using engine::base::Instant;
using engine::base::Result;
using engine::machine::Command;

/// An act on its way to the engine.
struct Submission {
    Instant received_at;    ///< when the request was whole
    std::size_t bytes = 0;  ///< what it keeps in memory while it waits
    /// Says who acts and makes the command, on the writer's thread. So who is first at the door is
    /// first in the queue: nothing that has to be read stands between the two.
    std::function<Result<Command>()> prepare;
    /// Called once, on the writer's thread: with the outcome when it is on disk, or with the
    /// reason why nothing was written.
    std::function<void(const Result<Outcome>&)> answer;
};

/// Bounds of what may wait.
struct WriterLimits {
    /// A second of work at the measured five hundred acts per second: who waits longer is better
    /// told to come back.
    std::size_t max_waiting = 512;
    /// A few of the largest attachments at once.
    std::size_t max_waiting_bytes = std::size_t{96} << 20U;
    /// One commit for many acts; more only makes the first of them wait for the last.
    std::size_t max_batch = 64;
    /// Small things for the writer's thread: logins, the timer.
    std::size_t max_jobs = 128;
};

/// What the writer did since it began.
struct WriterCount {
    std::uint64_t carried_out = 0;
    std::uint64_t refused = 0;  ///< by the engine: the law, or a mistake
    std::uint64_t batches = 0;
    std::uint64_t turned_away = 0;  ///< the queue was full
};

/// The one thread that writes: a bounded queue in order of receipt, drained in batches into
/// `Engine::execute_all`. Answers leave after the commit.
/// Threads: every public method, any.
class Writer {
  public:
    /// Begins to work. Engine and log outlive it.
    Writer(engine::Engine& engine, engine::base::Log& log, WriterLimits limits);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Queues an act; false when the queue is full or is being closed, and then nothing of it is
    /// called: the caller answers `busy`.
    bool submit(Submission submission);

    /// Runs something on the writer's thread, between two batches; false as for `submit`. What it
    /// throws is logged.
    bool post(std::function<void()> job);

    /// When the oldest waiting act was received; absent when none waits. No closing may fire that
    /// ended after it.
    std::optional<Instant> oldest_waiting() const;
    std::size_t waiting() const;
    std::size_t max_waiting() const { return limits_.max_waiting; }
    WriterCount count() const;
    /// Whether what is submitted can be written: when it cannot, it is answered with the reason and
    /// not tried.
    StorageHealth& storage() { return storage_; }
    const StorageHealth& storage() const { return storage_; }

    /// Takes nothing more, does what waits, and ends the thread. A second call does nothing.
    void stop();

  private:
    void run();
    bool wait_for_work(std::unique_lock<std::mutex>& lock);
    std::vector<Submission> take_batch();
    void carry_out(std::vector<Submission> batch);
    std::vector<Result<Outcome>> execute(const std::vector<Submission>& batch);
    void run_jobs(std::unique_lock<std::mutex>& lock);

    engine::Engine& engine_;
    engine::base::Log& log_;
    const WriterLimits limits_;
    StorageHealth storage_;
    mutable std::mutex mutex_;
    std::condition_variable work_;
    std::deque<Submission> queue_;
    std::deque<std::function<void()>> jobs_;
    std::size_t waiting_bytes_ = 0;
    bool is_stopping_ = false;
    WriterCount count_;
    std::once_flag joined_;
    std::thread thread_;
};

}  // namespace api::service
