// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/engine.h"

namespace api::service {

/// Hands messages over on a thread of its own: disk and courier are waited for there, while the
/// writer goes on with people's acts.
/// Threads: every public method, any.
class Postman {
  public:
    using Parcels = std::vector<engine::Parcel>;

    /// `deliver` is called for each parcel, `done` with all of them, `is_busy` between two: whether
    /// people act, so that the next parcel waits a moment. All on the thread.
    struct Calls {
        std::function<void(engine::Parcel&)> deliver;
        std::function<void(Parcels)> done;
        std::function<bool()> is_busy;
    };
    /// How long a parcel waits while people act: disk and courier are theirs first, and still ten
    /// letters a second leave.
    static constexpr std::chrono::milliseconds kPause{100};

    explicit Postman(Calls calls);
    ~Postman();
    Postman(const Postman&) = delete;
    Postman& operator=(const Postman&) = delete;

    /// Whether it can take parcels: it carries one load at a time.
    bool is_free() const;
    /// Takes a load. Only while it is free, and from one thread.
    void take(Parcels parcels);

    /// Delivers what it has, and ends the thread. A second call does nothing.
    void stop();

  private:
    void run();
    void deliver_all(Parcels& load);

    Calls calls_;
    mutable std::mutex mutex_;
    std::condition_variable work_;
    Parcels load_;
    bool is_free_ = true;
    bool is_stopping_ = false;
    std::once_flag joined_;
    std::thread thread_;
};

}  // namespace api::service
