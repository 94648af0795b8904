// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tests::tidy {

/// What may stand beside a word that is found.
enum class WordKind {
    identifier,  ///< no letter, digit or `_` on either side
    prefix,      ///< as identifier on the left; anything on the right
    phrase       ///< case ignored; letters do not touch letters, nor digits digits; `_` is a space
};

/// Every position of the word in the text, in order. An empty word is nowhere.
std::vector<std::size_t> find_words(std::string_view text, std::string_view word, WordKind kind);

/// The line of a position, from 1.
std::size_t line_at(std::string_view text, std::size_t position);

/// The lines without their ends; the empty one after the last end is not a line.
std::vector<std::string_view> split_lines(std::string_view text);

/// Letters as a person counts them, for valid UTF-8.
std::size_t count_code_points(std::string_view text);

bool is_identifier_letter(char letter);

/// The whole identifier that the position is in: "verifica_runts" for its "runts".
std::string_view identifier_around(std::string_view text, std::size_t position);

/// Whether the path begins with one of the prefixes (a folder ends with `/`).
bool starts_with_any(std::string_view path, const std::vector<std::string_view>& prefixes);

/// The text without spaces at its ends.
std::string_view trim(std::string_view text);

/// ASCII letters made small.
std::string to_lower(std::string_view text);

}  // namespace tests::tidy
