// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "engine/definition/lint.h"

namespace engine::proof {

/// A mistake of one machine, and how to see it happen.
struct ProofFinding {
    std::string machine;  ///< "family/machine@version"
    definition::LintFinding finding;
    /// A script that `coprog scenario` plays, down to the point that is wrong, which its last
    /// remark tells with the finding's code; where that way could not be played, down to the state
    /// that it ends in or to where it stops, and it says so; empty when nothing can be played (a
    /// machine that nobody opens, a sum of terms).
    std::string copione;
};

/// Lint, then the proof: that every state can reach an end whatever bodies do or leave undone,
/// that every act can be done by somebody, that what happens by itself comes to rest, that every
/// obligation can be met, that minimum terms fit before what depends on them. A catalog whose names
/// are wrong is not proved: those findings come first, alone.
/// Findings are in the order of machines, each with the shortest script that leads there.
std::vector<ProofFinding> examine(const definition::LintContext& context);

}  // namespace engine::proof
