// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <compare>
#include <cstdint>

namespace engine::base {

/// A moment: milliseconds since 1970-01-01T00:00:00Z. Bounds of terms are exclusive instants.
struct Instant {
    std::int64_t utc_ms = 0;

    auto operator<=>(const Instant&) const = default;
};

}  // namespace engine::base
