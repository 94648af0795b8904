// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/base/instant.h"

namespace engine::base {

/// The only source of the present moment. Nothing else in the project asks the machine for time.
class Clock {
  public:
    virtual ~Clock() = default;

    /// Threads: any.
    virtual Instant now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
  public:
    Instant now() const override;
};

/// A clock that stands still until moved; it refuses to go back.
/// Threads: one.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(Instant start) : now_(start) {}

    Instant now() const override { return now_; }

    /// Errors: BugError when `instant` is before the present one.
    void move_to(Instant instant);

  private:
    Instant now_;
};

}  // namespace engine::base
