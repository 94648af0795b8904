// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace engine::calendar {

/// Longest input repeated in a message: longer than any date or moment.
inline constexpr std::size_t kMaxQuotedBytes = 40;

/// The refused text between «», or «…» when it is long or not plain ASCII: a message stays one
/// line and valid UTF-8 whatever was typed.
inline std::string quote_input(std::string_view text) {
    const bool is_plain = text.size() <= kMaxQuotedBytes &&
                          std::all_of(text.begin(), text.end(),
                                      [](char letter) { return letter >= ' ' && letter <= '~'; });
    return "«" + (is_plain ? std::string(text) : std::string("…")) + "»";
}

}  // namespace engine::calendar
