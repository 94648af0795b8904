// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "api/service/desk.h"
#include "engine/base/log.h"

namespace api::service {

/// Work of a reader: called with the desk of the thread that does it.
using ReadWork = std::function<void(Desk&)>;

/// A small pool of threads that read, each at a desk of its own, with one bounded queue. What a
/// commit wrote is seen by every read that begins after it.
/// Threads: every public method, any.
class Readers {
  public:
    /// A page of any list costs under a millisecond: a queue this long is half a second of work.
    static constexpr std::size_t kMaxWaiting = 512;

    /// One thread for each desk. The log outlives it.
    Readers(std::vector<Desk> desks, engine::base::Log& log);
    ~Readers();
    Readers(const Readers&) = delete;
    Readers& operator=(const Readers&) = delete;

    /// False when the queue is full or is being closed: the caller answers `busy`.
    bool submit(ReadWork work);
    std::size_t waiting() const;

    /// Takes nothing more, does what waits, and ends the threads. A second call does nothing.
    void stop();

  private:
    void run(Desk& desk);

    engine::base::Log& log_;
    mutable std::mutex mutex_;
    std::condition_variable work_;
    std::deque<ReadWork> queue_;
    bool is_stopping_ = false;
    std::once_flag joined_;
    std::vector<Desk> desks_;
    std::vector<std::thread> threads_;
};

}  // namespace api::service
