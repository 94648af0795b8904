// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/base/clock.h"

namespace tests {

/// The machine's clock some time ahead or behind, for the tests themselves; shifted_clock.c does
/// the same to another process.
/// Threads: one moves it, while nobody reads.
class ShiftedClock final : public engine::base::Clock {
  public:
    /// Says `start` now, and runs from there.
    explicit ShiftedClock(engine::base::Instant start)
        : shift_ms_(start.utc_ms - machine_.now().utc_ms) {}

    engine::base::Instant now() const override { return {machine_.now().utc_ms + shift_ms_}; }
    void advance_ms(std::int64_t count) { shift_ms_ += count; }
    std::int64_t shift_ms() const { return shift_ms_; }

  private:
    engine::base::SystemClock machine_;
    std::int64_t shift_ms_ = 0;
};

}  // namespace tests
