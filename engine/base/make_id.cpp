// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/make_id.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace engine::base {
namespace {

/// In the order of their bytes: what sorts as a number sorts as text. Without what is mistaken for
/// another when it is read (Crockford's base 32).
constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kTimeDigits = 7;
constexpr unsigned kTimeBits = 7;  // of milliseconds, dropped: an eighth of a second
constexpr std::size_t kNearDigits = 3;
constexpr std::size_t kFarDigits = 10;

/// The last digits of a number, as many as asked for.
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
    const std::string near = write(random.next(), kNearDigits);
    return write(time >> kTimeBits, kTimeDigits) + near + write(random.next(), kFarDigits);
}

std::string short_id(std::string_view id) {
    return std::string(id.substr(0, kTimeDigits + kNearDigits));
}

bool may_be_id(std::string_view text) {
    constexpr std::size_t kOlderDigits = 32;
    const bool is_older = text.size() == kOlderDigits;
    const std::string_view digits = is_older ? "0123456789abcdef" : kDigits;
    return (is_older || text.size() == kTimeDigits + kNearDigits + kFarDigits) &&
           text.find_first_not_of(digits) == std::string_view::npos;
}

}  // namespace engine::base
