// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/scenario/copione.h"
#include "api/scenario/stage.h"

namespace api::scenario {

/// What a line did, for its expectations.
struct LineResult {
    std::string target;            ///< alias of the instance the line is about
    engine::machine::Actor actor;  ///< who acts; empty for `sistema`
    std::optional<engine::base::Error> error;
    std::optional<engine::Outcome> answer;
    /// What was answered the first time to the key of this line; absent without a key.
    std::optional<engine::Outcome> first_answer;
    std::vector<engine::machine::JournalEntry> entries;
};

/// Why an expectation does not hold; empty when it does. A script that expects nothing known is
/// told so: an expectation that cannot fail is a mistake.
std::string check_expectation(const Expectation& expectation, const LineResult& result,
                              Stage& stage);

}  // namespace api::scenario
