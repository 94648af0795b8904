// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "tests/simulation/simulation.h"
#include "tests/support/temporary_folder.h"

namespace tests::simulation {

/// A walk over the real definitions that begins in the middle of a copione: alone, chance would
/// never publish a notice.
struct ScriptStart {
    std::unique_ptr<TemporaryFolder> folder;  ///< what was played; outlives the walk
    std::unique_ptr<engine::definition::Catalog> catalog;
    std::string script;
    std::size_t lines = 0;  ///< how many of its lines were played
    std::size_t trees = 0;  ///< procedures that nothing else opened
    WorldParts world() const;
    std::uint64_t seed = 1;
    engine::base::Instant start;
    WalkRules rules;
};

/// Plays the first lines, as many as the seed says, of the copione it says.
/// Errors: BugError when a copione cannot be played.
ScriptStart play_some_script(std::uint64_t seed);

}  // namespace tests::simulation
