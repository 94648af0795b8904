// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace api::cli {

/// Why the first word where a command must stand is none, with those it may have been meant for;
/// nothing when it is one. The library says only that a command is missing.
std::optional<std::string> find_unknown_command(const CLI::App& app,
                                                const std::vector<std::string>& arguments);

}  // namespace api::cli
