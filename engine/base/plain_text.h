// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>

namespace engine::base {

/// What is wrong with a text that people will read, as the end of an Italian sentence; empty when
/// nothing is. Tabs and line breaks are text; control characters, marks that turn the direction of
/// writing, characters that nobody sees and what Unicode gives to nobody are not: a page, a PDF and
/// a court would each read another text. Only spaces say nothing, and are no reasons for an act.
/// An empty text has no fault. Requires UTF-8 (what came through parse_json).
std::string_view find_text_fault(std::string_view text);

}  // namespace engine::base
