// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "workflows/territorio/territory.h"

namespace workflows::territorio {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;

/// Base letters of U+00C0 to U+00DF; U+00E0 to U+00FF are the same ones in lower case.
constexpr std::string_view kLatinBaseLetters = "aaaaaaaceeeeiiiidnooooo ouuuuyts";

/// How many bytes the character beginning with `lead` has; 0 when none begins so.
std::size_t sequence_length(unsigned char lead) {
    if (lead < 0x80U) {
        return 1;
    }
    if (lead >= 0xC2U && lead <= 0xDFU) {
        return 2;
    }
    if (lead >= 0xE0U && lead <= 0xEFU) {
        return 3;
    }
    return lead >= 0xF0U && lead <= 0xF4U ? 4 : 0;
}

/// True for what UTF-8 may not hold: characters written too long, halves of pairs, over the end.
bool is_forbidden(char32_t character, std::size_t length) {
    const bool is_overlong =
        (length == 3 && character < 0x800U) || (length == 4 && character < 0x10000U);
    const bool is_surrogate = character >= 0xD800U && character <= 0xDFFFU;
    return is_overlong || is_surrogate || character > 0x10FFFFU;
}

/// The characters of a text, or nothing when it is not UTF-8.
std::optional<std::u32string> decode_utf8(std::string_view text) {
    std::u32string decoded;
    for (std::size_t index = 0; index < text.size();) {
        const auto lead = static_cast<unsigned char>(text[index]);
        const std::size_t length = sequence_length(lead);
        if (length == 0 || index + length > text.size()) {
            return std::nullopt;
        }
        char32_t character = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (std::size_t offset = 1; offset < length; ++offset) {
            const auto next = static_cast<unsigned char>(text[index + offset]);
            if ((next & 0xC0U) != 0x80U) {
                return std::nullopt;
            }
            character = (character << 6U) | (next & 0x3FU);
        }
        if (is_forbidden(character, length)) {
            return std::nullopt;
        }
        decoded.push_back(character);
        index += length;
    }
    return decoded;
}

bool is_control(char32_t character) {
    return character < 0x20U || (character >= 0x7FU && character < 0xA0U);
}

/// Apostrophes of every keyboard, accents typed apart (as macOS does), soft hyphens: `CITTA'`,
/// `Citta’` and `Città` must be one word, so these leave no trace.
bool leaves_no_trace(char32_t character) {
    const std::u32string_view marks = U"'`\u00AD\u00B4\u2018\u2019\u02BC";
    return marks.find(character) != std::u32string_view::npos ||
           (character >= 0x300U && character <= 0x36FU);
}

/// The character as it is compared; a space is the end of a word.
char fold(char32_t character) {
    if (character >= U'A' && character <= U'Z') {
        return static_cast<char>(character - U'A' + U'a');
    }
    if ((character >= U'a' && character <= U'z') || (character >= U'0' && character <= U'9') ||
        character == U'_') {
        return static_cast<char>(character);
    }
    if (character >= 0xC0U && character <= 0xFFU) {
        return kLatinBaseLetters[character & 0x1FU];
    }
    const bool is_foreign_letter =
        character >= 0x100U && (character < 0x2000U || character > 0x206FU);
    return is_foreign_letter ? '?' : ' ';  // no name of the act has one: '?' matches nothing
}

std::string fold_text(const std::u32string& text) {
    std::string folded;
    for (const char32_t character : text) {
        if (!leaves_no_trace(character)) {
            folded.push_back(fold(character));
        }
    }
    return folded;
}

std::vector<std::string> split_words(const std::string& folded) {
    std::vector<std::string> words(1);
    for (const char character : folded) {
        if (character != ' ') {
            words.back().push_back(character);
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

bool holds_every_word(const std::string& name, const std::vector<std::string>& words) {
    const std::string folded = fold_text(decode_utf8(name).value_or(U""));
    return std::all_of(words.begin(), words.end(), [&folded](const std::string& word) {
        return folded.find(word) != std::string::npos;
    });
}

bool is_code_of(const std::string& word, const TerritorialUnit& unit) {
    return word == unit.code ||
           (unit.sioss_code && word == fold_text(decode_utf8(*unit.sioss_code).value_or(U"")));
}

bool matches(const TerritorialUnit& unit, const std::vector<std::string>& words) {
    return (words.size() == 1 && is_code_of(words.front(), unit)) ||
           holds_every_word(unit.name, words) ||
           (unit.printed_name && holds_every_word(*unit.printed_name, words));
}

Result<std::vector<std::string>> parse_search(std::string_view text) {
    if (text.size() > kMaxSearchBytes) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("Il testo da cercare supera {} caratteri.", kMaxSearchBytes));
    }
    const auto decoded = decode_utf8(text);
    if (!decoded || std::any_of(decoded->begin(), decoded->end(), is_control)) {
        return fail(ErrorCode::invalid_input,
                    "Il testo da cercare contiene caratteri che non si possono leggere.");
    }
    auto words = split_words(fold_text(*decoded));
    if (words.empty()) {
        return fail(ErrorCode::invalid_input,
                    "Manca il testo da cercare: serve almeno una lettera o una cifra.");
    }
    return words;
}

}  // namespace

Result<std::vector<TerritorialUnit>> search_units(const Territory& territory,
                                                  std::string_view text) {
    const auto words = parse_search(text);
    if (!words) {
        return fail(words.error());
    }
    std::vector<TerritorialUnit> found;
    for (const auto kind : kUnitKinds) {
        for (const auto& unit : units_of_kind(territory, kind)) {
            if (matches(unit, *words)) {
                found.push_back(unit);
            }
        }
    }
    return found;
}

}  // namespace workflows::territorio
