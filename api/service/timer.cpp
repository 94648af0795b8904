// SPDX-License-Identifier: EUPL-1.2
#include "api/service/timer.h"

namespace api::service {

Timer::Timer(std::chrono::milliseconds period, std::function<void()> tick)
    : tick_(std::move(tick)), thread_([this, period] { run(period); }) {}

Timer::~Timer() {
    stop();
}

void Timer::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    stopped_.notify_all();
    std::call_once(joined_, [this] { thread_.join(); });
}

void Timer::run(std::chrono::milliseconds period) {
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_for(lock, period, [this] { return is_stopping_; })) {
        lock.unlock();
        tick_();
        lock.lock();
    }
}

}  // namespace api::service
