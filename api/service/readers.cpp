// SPDX-License-Identifier: EUPL-1.2
#include "api/service/readers.h"

namespace api::service {

Readers::Readers(std::vector<Desk> desks, engine::base::Log& log)
    : log_(log), desks_(std::move(desks)) {
    for (Desk& desk : desks_) {
        threads_.emplace_back([this, &desk] { run(desk); });
    }
}

Readers::~Readers() {
    stop();
}

bool Readers::submit(ReadWork work) {
    {
        const std::lock_guard lock(mutex_);
        if (is_stopping_ || queue_.size() >= kMaxWaiting) {
            return false;
        }
        queue_.push_back(std::move(work));
    }
    work_.notify_one();
    return true;
}

std::size_t Readers::waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void Readers::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    work_.notify_all();
    std::call_once(joined_, [this] {
        for (std::thread& thread : threads_) {
            thread.join();
        }
    });
}

void Readers::run(Desk& desk) {
    std::unique_lock lock(mutex_);
    while (true) {
        work_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
        if (queue_.empty()) {
            return;
        }
        {
            const ReadWork work = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            try {
                work(desk);
            } catch (const std::exception& exception) {
                log_.error("reader_work_failed", {{"cause", exception.what()}});
            }
        }
        lock.lock();
    }
}

}  // namespace api::service
