// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace api::service {

/// Calls `tick` once each period on a thread of its own, never twice at once. It decides nothing:
/// lateness changes nobody's rights, so a missed tick is only a later one.
/// Threads: every public method, any.
class Timer {
  public:
    /// How often deadlines and messages are looked at.
    static constexpr std::chrono::milliseconds kPeriod{1000};

    Timer(std::chrono::milliseconds period, std::function<void()> tick);
    ~Timer();
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    /// Ends the thread, after the tick under way. A second call does nothing.
    void stop();

  private:
    void run(std::chrono::milliseconds period);

    std::function<void()> tick_;
    std::mutex mutex_;
    std::condition_variable stopped_;
    bool is_stopping_ = false;
    std::once_flag joined_;
    std::thread thread_;
};

}  // namespace api::service
