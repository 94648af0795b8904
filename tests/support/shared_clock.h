// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>

#include "engine/base/clock.h"

namespace tests {

/// A clock that stands until it is moved, read by many threads.
class SharedClock final : public engine::base::Clock {
  public:
    explicit SharedClock(engine::base::Instant start) : now_(start.utc_ms) {}

    engine::base::Instant now() const override { return {now_.load()}; }
    void move_to(engine::base::Instant instant) { now_ = instant.utc_ms; }
    void advance_ms(std::int64_t count) { now_ += count; }

  private:
    std::atomic<std::int64_t> now_;
};

}  // namespace tests
