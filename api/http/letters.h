// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

// Letters as RFC 9110 names them. Never <cctype>: it asks the machine's locale.

namespace api::http {

inline bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

inline bool is_letter_or_digit(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || is_digit(letter);
}

/// CTL: 0 to 31 and 127. Bytes from 128 up are not.
inline bool is_control(char letter) {
    return static_cast<unsigned char>(letter) < 0x20U || letter == 0x7F;
}

/// A letter of a token: a method, a name of a header field (RFC 9110, 5.6.2).
inline bool is_token_letter(char letter) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return is_letter_or_digit(letter) || kMarks.find(letter) != std::string_view::npos;
}

inline bool is_token(std::string_view text) {
    for (const char letter : text) {
        if (!is_token_letter(letter)) {
            return false;
        }
    }
    return !text.empty();
}

inline char to_lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

inline std::string to_lower(std::string_view text) {
    std::string lower(text);
    for (char& letter : lower) {
        letter = to_lower(letter);
    }
    return lower;
}

/// Without the spaces and tabs around it (OWS).
inline std::string_view trim(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t");
    return from == std::string_view::npos
               ? std::string_view{}
               : text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

/// The parts between separators; an empty text has one empty part.
inline std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t end = text.find(separator); end != std::string_view::npos;
         end = text.find(separator)) {
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.push_back(text);
    return parts;
}

}  // namespace api::http
