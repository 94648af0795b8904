// SPDX-License-Identifier: EUPL-1.2
#include "api/http/message.h"

#include <algorithm>

#include "api/http/letters.h"

namespace api::http {

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char left, char right) { return to_lower(left) == to_lower(right); });
}

std::optional<std::string> Headers::find(std::string_view name) const {
    std::optional<std::string> joined;
    for (const auto& [own, value] : lines_) {
        if (equals_ignoring_case(own, name)) {
            joined = joined ? *joined + ", " + value : value;
        }
    }
    return joined;
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(
        std::count_if(lines_.begin(), lines_.end(),
                      [&](const auto& line) { return equals_ignoring_case(line.first, name); }));
}

std::vector<std::string> Headers::list(std::string_view name) const {
    std::vector<std::string> members;
    for (const auto& [own, value] : lines_) {
        if (!equals_ignoring_case(own, name)) {
            continue;
        }
        for (const std::string_view member : split(value, ',')) {
            members.emplace_back(trim(member));
        }
    }
    std::erase(members, "");
    return members;
}

std::string_view Response::body_bytes() const {
    if (const auto* shared = std::get_if<SharedBytes>(&body)) {
        return *shared ? std::string_view(**shared) : std::string_view{};
    }
    return std::get<std::string>(body);
}

}  // namespace api::http
