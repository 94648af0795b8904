// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <cstdint>

#include "engine/base/clock.h"

namespace api::demo {

/// The machine's clock, moved forward by whole days as the visitor asks: `oggi è`. It goes on by
/// itself between one move and the next, and never back: what has happened stays happened.
/// Threads: any.
class DemoClock final : public engine::base::Clock {
  public:
    /// Furthest from the first day: two years show every deadline of the story, and a date typed
    /// with one zero too many does nothing.
    static constexpr std::int64_t kMaxDaysAhead = 730;

    explicit DemoClock(const engine::base::Clock& clock) : clock_(clock) {}

    engine::base::Instant now() const override;

    /// False when nothing was done: `days` is not positive, or the clock would go beyond
    /// kMaxDaysAhead.
    bool move_forward(std::int64_t days);
    /// To the first day, so many days from the real one: only for who also begins the data again.
    void begin(std::int64_t days_from_real_day = 0);
    std::int64_t first_day() const { return first_day_; }
    std::int64_t days_ahead() const { return days_ahead_; }

  private:
    const engine::base::Clock& clock_;
    std::atomic<std::int64_t> first_day_ = 0;
    std::atomic<std::int64_t> days_ahead_ = 0;
};

}  // namespace api::demo
