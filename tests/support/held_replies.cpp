// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/held_replies.h"

#include <chrono>
#include <utility>

namespace tests {

api::http::Handler HeldReplies::handler() {
    return [this](const api::http::Request& request, const api::http::Reply& reply) {
        const std::lock_guard lock(mutex_);
        received_.push_back(request.received_at);
        waiting_.push_back(reply);
        changed_.notify_all();
    };
}

bool HeldReplies::wait_for(std::size_t count) {
    constexpr std::chrono::seconds kLimit{20};
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kLimit, [&] { return received_.size() >= count; });
}

std::size_t HeldReplies::count() const {
    const std::lock_guard lock(mutex_);
    return received_.size();
}

engine::base::Instant HeldReplies::received_at(std::size_t index) const {
    const std::lock_guard lock(mutex_);
    return received_.at(index);
}

void HeldReplies::answer_all(const std::string& body) {
    std::vector<api::http::Reply> waiting;
    {
        const std::lock_guard lock(mutex_);
        waiting = std::exchange(waiting_, {});
    }
    for (const auto& reply : waiting) {
        reply(api::http::Response{200, {}, body});
    }
}

}  // namespace tests
