// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/proof/prove.h"
#include "engine/proof/stuck.h"

namespace engine::proof {

/// A finding with what decides whether another one says the same.
struct Verdict {
    ProofFinding told;
    std::set<std::string> states;  ///< of the machine, that the finding is about
    /// Machine and state of the instances above and below, at the point that is wrong.
    std::set<std::pair<std::string, std::string>> above;
    std::set<std::pair<std::string, std::string>> below;
    bool is_stuck = false;
    bool plays = true;  ///< its script does
    std::size_t depth = 0;
};

/// All that is wrong with one machine, from all of its scenes.
std::vector<Verdict> judge(const DefinitionPointer& definition,
                           const definition::LintContext& context);

}  // namespace engine::proof
