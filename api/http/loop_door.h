// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <mutex>
#include <utility>

namespace api::http {

/// The way from other threads into the I/O thread. It is shared with answers that may come after
/// the server has gone: then it is closed, and what is handed in is dropped.
class LoopDoor {
  public:
    using Task = std::function<void()>;

    explicit LoopDoor(std::function<void(Task)> post) : post_(std::move(post)) {}

    /// Runs the task on the I/O thread, soon. Threads: any.
    void enter(Task task) {
        const std::lock_guard lock(mutex_);
        if (post_) {
            post_(std::move(task));
        }
    }

    /// Threads: any.
    void close() {
        const std::lock_guard lock(mutex_);
        post_ = nullptr;
    }

  private:
    std::mutex mutex_;
    std::function<void(Task)> post_;
};

}  // namespace api::http
