// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "engine/definition/catalog.h"
#include "engine/definition/lint.h"
#include "engine/proof/prove.h"

namespace tests {

/// What the proof needs to know, where every check, computation and template is there.
engine::definition::LintContext proof_context(const engine::definition::Catalog& catalog);

/// All that the proof finds.
std::vector<engine::proof::ProofFinding> examine(const engine::definition::Catalog& catalog);

/// One line for each finding: "machine code path". A failure of the test for one without a message.
std::string describe(const std::vector<engine::proof::ProofFinding>& findings);

/// How a script ended.
struct Played {
    std::vector<std::string> failures;
    std::string summary;
};

/// Plays a script with the real engine, in a folder of its own.
Played play(const std::string& copione, const engine::definition::Catalog& catalog);

}  // namespace tests
