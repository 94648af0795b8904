// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/make_id.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace engine::base {
namespace {

/// In the order of their bytes: what sorts as a number sorts as text.
constexpr std::string_view kDigits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::size_t kTimeDigits = 9;     // 58^9 ms are more than two hundred thousand years
constexpr std::size_t kRandomDigits = 11;  // 58^11 is more than 2^64

/// The digits of a number, as many as asked for.
std::string write(std::uint64_t number, std::size_t count) {
    std::string text(count, kDigits.front());
    for (std::size_t at = count; at > 0; --at) {
        text[at - 1] = kDigits[number % kDigits.size()];
        number /= kDigits.size();
    }
    return text;
}

}  // namespace

std::string make_id(Random& random, Instant at) {
    const auto time = static_cast<std::uint64_t>(std::max<std::int64_t>(at.utc_ms, 0));
    return write(time, kTimeDigits) + write(random.next(), kRandomDigits);
}

bool may_be_id(std::string_view text) {
    constexpr std::size_t kOlderDigits = 32;
    const bool is_older = text.size() == kOlderDigits;
    const std::string_view digits = is_older ? "0123456789abcdef" : kDigits;
    return (is_older || text.size() == kTimeDigits + kRandomDigits) &&
           text.find_first_not_of(digits) == std::string_view::npos;
}

}  // namespace engine::base
