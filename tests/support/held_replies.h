// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "api/http/server.h"

namespace tests {

/// A handler that keeps its requests waiting until the test, on its own thread, answers them: as
/// the writer does.
class HeldReplies {
  public:
    /// Requires that this outlives the server.
    api::http::Handler handler();

    /// Waits until so many requests have come in all; false when they do not.
    bool wait_for(std::size_t count);

    /// How many requests have come.
    std::size_t count() const;

    engine::base::Instant received_at(std::size_t index) const;

    /// Answers, from this thread, all that wait.
    void answer_all(const std::string& body);

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<engine::base::Instant> received_;
    std::vector<api::http::Reply> waiting_;
};

}  // namespace tests
