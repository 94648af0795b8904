// SPDX-License-Identifier: EUPL-1.2
#include "api/scenario/relative_days.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace api::scenario {
namespace {

constexpr std::string_view kOpening = "{oggi";

/// What follows `{oggi` up to the brace: nothing, `+9` or `-30`.
std::optional<int> read_offset(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    if (text.front() != '+' && text.front() != '-') {
        return std::nullopt;
    }
    int days = 0;
    const auto read = std::from_chars(text.data() + 1, text.data() + text.size(), days);
    const bool is_whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    if (!is_whole || days < 0 || days > kMaxDaysFromToday) {
        return std::nullopt;
    }
    return text.front() == '-' ? -days : days;
}

}  // namespace

engine::base::Result<std::string> resolve_days(std::string_view text,
                                               engine::calendar::LegalDate today) {
    std::string resolved;
    std::size_t start = 0;
    for (std::size_t open = text.find(kOpening); open != std::string_view::npos;
         open = text.find(kOpening, start)) {
        const std::size_t close = std::min(text.find('}', open), text.size());
        const std::size_t offset = open + kOpening.size();
        const auto days = read_offset(text.substr(offset, close - offset));
        if (close == text.size() || !days) {
            const std::string_view before = text.substr(0, open);
            return engine::base::fail(
                engine::base::ErrorCode::malformed,
                fmt::format("Riga {}: serve «{{oggi}}», «{{oggi+9}}» o «{{oggi-30}}», al più {} "
                            "giorni.",
                            1 + std::count(before.begin(), before.end(), '\n'), kMaxDaysFromToday));
        }
        resolved += text.substr(start, open - start);
        resolved += engine::calendar::render_legal_date(today.plus_days(*days));
        start = close + 1;
    }
    return resolved.append(text.substr(start));
}

}  // namespace api::scenario
