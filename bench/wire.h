// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/figures.h"

namespace bench {

/// What came back, taken apart as far as a client needs.
struct Answer {
    int status = 0;
    std::string head;
    std::string body;

    /// A header's value, its name as the server writes it; empty without one.
    std::string_view header(std::string_view name) const;
};

/// One client: asks, reads the answer, asks again.
class Conversation {
  public:
    virtual ~Conversation() = default;
    /// The bytes of the next request. `last` is the answer to the one before; null at the start.
    virtual std::string next(const Answer* last) = 0;
};

using Conversations = std::vector<std::unique_ptr<Conversation>>;

struct LoadResult {
    Latencies latencies;  ///< of answers 2xx that came after the warm-up
    double seconds = 0;
    std::size_t failures = 0;  ///< other answers
    std::string first_failure;

    double per_second() const {
        return seconds > 0 ? static_cast<double>(latencies.count()) / seconds : 0;
    }
};

struct LoadTimes {
    std::chrono::milliseconds warm_up;
    std::chrono::milliseconds load;
};

/// Holds all the conversations at once with a server of this machine, each on a connection that
/// stays open, from the calling thread. Errors: std::runtime_error when the server is not there,
/// hangs up, or is silent for long.
LoadResult run_load(std::uint16_t port, const Conversations& conversations, LoadTimes times);

/// One request on a connection of its own. Errors: as above.
Answer ask_once(std::uint16_t port, const std::string& request);

}  // namespace bench
