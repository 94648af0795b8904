// SPDX-License-Identifier: EUPL-1.2
#include "api/service/postman.h"

#include <utility>

namespace api::service {

Postman::Postman(Calls calls) : calls_(std::move(calls)), thread_([this] { run(); }) {}

Postman::~Postman() {
    stop();
}

bool Postman::is_free() const {
    const std::lock_guard lock(mutex_);
    return is_free_ && !is_stopping_;
}

void Postman::take(Parcels parcels) {
    {
        const std::lock_guard lock(mutex_);
        load_ = std::move(parcels);
        is_free_ = false;
    }
    work_.notify_one();
}

void Postman::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    work_.notify_one();
    std::call_once(joined_, [this] { thread_.join(); });
}

void Postman::deliver_all(Parcels& load) {
    for (engine::Parcel& parcel : load) {
        calls_.deliver(parcel);
        if (calls_.is_busy()) {
            std::unique_lock lock(mutex_);
            work_.wait_for(lock, kPause, [this] { return is_stopping_; });
        }
    }
}

void Postman::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        work_.wait(lock, [this] { return is_stopping_ || !is_free_; });
        if (is_free_) {
            return;
        }
        Parcels load = std::exchange(load_, {});
        lock.unlock();
        deliver_all(load);
        lock.lock();
        is_free_ = true;
        lock.unlock();
        calls_.done(std::move(load));
        lock.lock();
    }
}

}  // namespace api::service
