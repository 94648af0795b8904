// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace engine::base {

/// Whether the name is among the names.
inline bool has_name(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace engine::base
