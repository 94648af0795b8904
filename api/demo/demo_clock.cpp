// SPDX-License-Identifier: EUPL-1.2
#include "api/demo/demo_clock.h"

namespace api::demo {
namespace {

constexpr std::int64_t kMsPerDay = 86'400'000;

}  // namespace

engine::base::Instant DemoClock::now() const {
    return {clock_.now().utc_ms + (first_day_ + days_ahead_) * kMsPerDay};
}

void DemoClock::begin(std::int64_t days_from_real_day) {
    first_day_ = days_from_real_day;
    days_ahead_ = 0;
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
