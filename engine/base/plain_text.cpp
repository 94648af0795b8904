// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/plain_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace engine::base {
namespace {

struct Range {
    std::uint32_t first;
    std::uint32_t last;

    bool has(std::uint32_t letter) const { return first <= letter && letter <= last; }
};

/// Tab, line feed and carriage return lie between the first two.
constexpr std::array kInvisible{
    Range{0x00, 0x08},     Range{0x0B, 0x0C},     Range{0x0E, 0x1F},     Range{0x7F, 0x9F},
    Range{0x200B, 0x200B}, Range{0x200E, 0x200F}, Range{0x2028, 0x202E}, Range{0x2060, 0x206F},
    Range{0xFDD0, 0xFDEF}, Range{0xFEFF, 0xFEFF}, Range{0xFFF9, 0xFFFC},
};
constexpr std::array kSpaces{
    Range{0x09, 0x0D},     Range{0x20, 0x20},     Range{0xA0, 0xA0},     Range{0x1680, 0x1680},
    Range{0x2000, 0x200A}, Range{0x202F, 0x202F}, Range{0x205F, 0x205F}, Range{0x3000, 0x3000},
};

template <class Ranges>
bool is_among(const Ranges& ranges, std::uint32_t letter) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const Range& range) { return range.has(letter); });
}

/// The last two of each plane are no characters (Unicode, 23.7).
bool is_readable(std::uint32_t letter) {
    constexpr std::uint32_t kInPlane = 0xFFFF;
    constexpr std::uint32_t kFirstNobodys = 0xFFFE;
    return !is_among(kInvisible, letter) && (letter & kInPlane) < kFirstNobodys;
}

/// Takes one code point off the front of valid UTF-8.
std::uint32_t take_letter(std::string_view& text) {
    const auto byte = [&](std::size_t index) {
        return index < text.size()
                   ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[index]))
                   : 0U;
    };
    constexpr std::uint32_t kTail = 0x3F;
    const std::uint32_t first = byte(0);
    std::size_t length = 1;
    std::uint32_t letter = first;
    if (first >= 0xF0) {
        length = 4;
        letter = (first & 0x07U) << 18U | (byte(1) & kTail) << 12U | (byte(2) & kTail) << 6U |
                 (byte(3) & kTail);
    } else if (first >= 0xE0) {
        length = 3;
        letter = (first & 0x0FU) << 12U | (byte(1) & kTail) << 6U | (byte(2) & kTail);
    } else if (first >= 0xC0) {
        length = 2;
        letter = (first & 0x1FU) << 6U | (byte(1) & kTail);
    }
    text.remove_prefix(std::min(length, text.size()));
    return letter;
}

}  // namespace

std::string_view find_text_fault(std::string_view text) {
    bool is_blank = !text.empty();
    while (!text.empty()) {
        const std::uint32_t letter = take_letter(text);
        if (!is_readable(letter)) {
            return "contiene un carattere che non si vede: va riscritto, senza copiarlo da altrove";
        }
        is_blank = is_blank && is_among(kSpaces, letter);
    }
    return is_blank ? "ha solo spazi: va scritto, o tolto" : std::string_view{};
}

}  // namespace engine::base
