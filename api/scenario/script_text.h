// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace api::scenario {

/// Without blanks at both ends, the carriage return of Windows included.
std::string trim(std::string_view text);

/// The words between blanks.
std::vector<std::string> split_words(std::string_view text);

/// The trimmed parts between marks; one empty part when the text is empty.
std::vector<std::string> split_at(std::string_view text, char mark);

}  // namespace api::scenario
