// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "api/routes/router.h"

namespace api::routes {

/// Counts what was served and renders it, with the state of the service, as Prometheus text. Labels
/// come from the code (routes, statuses), so their number is bounded, and say nothing of people.
/// Threads: any.
class Metrics {
  public:
    void note(const Served& served);
    /// A request that the transport refused or cut, by the name of the event.
    void note_transport(std::string_view event);

    /// `text/plain; version=0.0.4`.
    http::Response render(const service::ServiceState& state) const;

  private:
    /// Upper ends, in milliseconds: the targets are 50 ms for a page of a list and 200 for an act.
    static constexpr std::array<std::int64_t, 8> kBucketsMs{5, 10, 25, 50, 100, 250, 1000, 5000};

    struct Durations {
        std::array<std::uint64_t, 8> up_to{};
        std::uint64_t count = 0;
        std::int64_t sum_ms = 0;
    };

    mutable std::mutex mutex_;
    std::map<std::pair<std::string, int>, std::uint64_t> answers_;  ///< by route and status
    std::map<std::string, Durations> durations_;                    ///< by route
    std::map<std::string, std::uint64_t, std::less<>> transport_;   ///< by event
};

}  // namespace api::routes
