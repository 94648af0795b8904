// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <cstdint>

namespace engine::proof {

/// What is known of a condition: `maybe` when it hangs on something the proof does not follow (the
/// answer of a check, a date, what a relative knows), so that it may hold and may not.
enum class Truth : std::uint8_t { no, maybe, yes };

inline Truth both(Truth left, Truth right) {
    return std::min(left, right);
}
inline Truth either(Truth left, Truth right) {
    return std::max(left, right);
}
inline Truth opposite(Truth truth) {
    return truth == Truth::yes ? Truth::no : truth == Truth::no ? Truth::yes : Truth::maybe;
}

}  // namespace engine::proof
