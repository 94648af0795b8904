// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <cstdint>

namespace engine::proof {

/// What is known of a condition. `maybe` when it hangs on something that is left open (the answer
/// of a check, a date, what a relative knows): it may hold and may not, and both are looked at.
/// `unknown` when it hangs on something that is decided, only not followed this time: it can be
/// counted upon in neither way. The order makes both() and either() the least and the greatest.
enum class Truth : std::uint8_t { no, unknown, maybe, yes };

inline Truth both(Truth left, Truth right) {
    return std::min(left, right);
}
inline Truth either(Truth left, Truth right) {
    return std::max(left, right);
}
inline Truth opposite(Truth truth) {
    return truth == Truth::yes ? Truth::no : truth == Truth::no ? Truth::yes : truth;
}

}  // namespace engine::proof
