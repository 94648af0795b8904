// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tests::tidy {

/// A place that breaks a rule, and what to do about it.
struct Violation {
    std::string path;
    std::size_t line = 0;
    std::string message;
};

using Violations = std::vector<Violation>;

/// One line for each, as an editor can open it: "engine/base/clock.cpp:12: …".
inline std::string describe(const Violations& violations) {
    std::string lines;
    for (const Violation& violation : violations) {
        lines += "\n  " + violation.path + ":" + std::to_string(violation.line) + ": " +
                 violation.message;
    }
    return lines;
}

}  // namespace tests::tidy
