// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "api/http/refusal.h"

namespace api::http {

/// The way back of one request: called once, now or later, from any thread. Copies are one way
/// back; when the last is destroyed and none was called, the client is told that we failed, so that
/// no request hangs.
class Reply {
  public:
    using Deliver = std::function<void(Response)>;

    /// `deliver` is called once at most, on the thread that answers, and must not throw.
    explicit Reply(Deliver deliver) : slot_(std::make_shared<Slot>(std::move(deliver))) {}

    /// Threads: any. Later calls, and calls after the client has gone, do nothing.
    void operator()(Response response) const { slot_->answer(std::move(response)); }

  private:
    class Slot {
      public:
        explicit Slot(Deliver deliver) : deliver_(std::move(deliver)) {}
        Slot(const Slot&) = delete;
        Slot& operator=(const Slot&) = delete;
        ~Slot() {
            if (!is_answered_.load()) {
                answer(render_refusal(internal_failure()));
            }
        }

        void answer(Response response) {
            if (!is_answered_.exchange(true)) {
                deliver_(std::move(response));
            }
        }

      private:
        Deliver deliver_;
        std::atomic<bool> is_answered_ = false;
    };

    std::shared_ptr<Slot> slot_;
};

}  // namespace api::http
