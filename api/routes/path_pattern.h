// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The pattern of a route's path: segments, of which `{name}` stands for any one that is not empty.

namespace api::routes {

/// "/v1/compiti/{id}" → "v1", "compiti", "{id}"; "/" → none.
std::vector<std::string> split_pattern(std::string_view pattern);

bool is_parameter(const std::string& segment);

/// The parameters of a path that fits, by name; absent when it does not.
std::optional<std::map<std::string, std::string>> match_path(
    const std::vector<std::string>& pattern, const std::vector<std::string>& path);

}  // namespace api::routes
