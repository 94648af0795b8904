// SPDX-License-Identifier: EUPL-1.2
#include "api/demo/demo_clock.h"

namespace api::demo {
namespace {

constexpr std::int64_t kMsPerDay = 86'400'000;

}  // namespace

engine::base::Instant DemoClock::now() const {
    return {clock_.now().utc_ms + days_ahead_ * kMsPerDay};
}

bool DemoClock::move_forward(std::int64_t days) {
    if (days < 1 || days > kMaxDaysAhead) {
        return false;
    }
    std::int64_t before = days_ahead_;
    while (before + days <= kMaxDaysAhead) {
        if (days_ahead_.compare_exchange_weak(before, before + days)) {
            return true;
        }
    }
    return false;
}

}  // namespace api::demo
