// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/clock.h"

#include <chrono>

#include "engine/base/ensure.h"

namespace engine::base {

Instant SystemClock::now() const {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count()};
}

void ManualClock::move_to(Instant instant) {
    ensure(instant >= now_, "a manual clock is only moved forward by its owner");
    now_ = instant;
}

}  // namespace engine::base
