// SPDX-License-Identifier: EUPL-1.2
#include "tests/tidy/text_search.h"

#include <algorithm>
#include <cctype>

namespace tests::tidy {
namespace {

bool is_digit(char letter) {
    return std::isdigit(static_cast<unsigned char>(letter)) != 0;
}

/// Bytes past ASCII belong to accented letters.
bool is_word_letter(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte >= 0x80U || std::isalpha(byte) != 0;
}

bool clash(char inside, char outside, WordKind kind) {
    if (kind != WordKind::phrase) {
        return is_identifier_letter(inside) && is_identifier_letter(outside);
    }
    return (is_word_letter(inside) && is_word_letter(outside)) ||
           (is_digit(inside) && is_digit(outside));
}

bool stands_alone(std::string_view text, std::size_t from, std::size_t size, WordKind kind) {
    const std::size_t end = from + size;
    const bool left_ok = from == 0 || !clash(text[from], text[from - 1], kind);
    const bool right_ok =
        kind == WordKind::prefix || end == text.size() || !clash(text[end - 1], text[end], kind);
    return left_ok && right_ok;
}

}  // namespace

std::vector<std::size_t> find_words(std::string_view text, std::string_view word, WordKind kind) {
    std::vector<std::size_t> found;
    if (word.empty()) {
        return found;
    }
    const bool ignores_case = kind == WordKind::phrase;
    const std::string lower_text = ignores_case ? to_lower(text) : std::string(text);
    const std::string lower_word = ignores_case ? to_lower(word) : std::string(word);
    for (std::size_t at = lower_text.find(lower_word); at != std::string::npos;
         at = lower_text.find(lower_word, at + 1)) {
        if (stands_alone(lower_text, at, word.size(), kind)) {
            found.push_back(at);
        }
    }
    return found;
}

std::size_t line_at(std::string_view text, std::size_t position) {
    const std::string_view before = text.substr(0, position);
    return static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
}

std::vector<std::string_view> split_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::size_t count_code_points(std::string_view text) {
    const auto starts = [](char letter) {
        return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U;
    };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts));
}

bool is_identifier_letter(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

std::string_view identifier_around(std::string_view text, std::size_t position) {
    std::size_t from = position;
    while (from > 0 && is_identifier_letter(text[from - 1])) {
        --from;
    }
    std::size_t to = position;
    while (to < text.size() && is_identifier_letter(text[to])) {
        ++to;
    }
    return text.substr(from, to - from);
}

bool starts_with_any(std::string_view path, const std::vector<std::string_view>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](std::string_view prefix) { return path.starts_with(prefix); });
}

std::string_view trim(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) {
        return {};
    }
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

std::string to_lower(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char letter) {
        return letter < 0x80U ? static_cast<char>(std::tolower(letter)) : static_cast<char>(letter);
    });
    return lower;
}

}  // namespace tests::tidy
