// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <string>

#include "api/scenario/copione.h"
#include "engine/engine.h"

namespace api::scenario {

/// How an act goes in. The instants in the command are the script's.
using Door = std::function<engine::base::Result<engine::Outcome>(const engine::machine::Command&)>;

/// How a script is played. The result must be the same in every way.
struct PlayOptions {
    std::filesystem::path data_folder;  ///< where database and contents go
    int reopens_every = 0;              ///< closes and opens the database before each n-th line
    bool timer_is_late = false;         ///< deadlines fire only when an act or `sistema` comes
    std::uint64_t seed = 1;             ///< of ids and salts
    Door door = {};  ///< empty: straight to the engine; a server on the same folder, over HTTP
    /// Only the data matter: documents have words for people to read (elsewhere, their name and
    /// line), nothing is told, messages are handed over when the clock moves, the
    /// store is a scratch store. Expectations about messages and entries of the journal have
    /// nothing to look at.
    bool is_seeding = false;
    /// Under which id the records name a person of the script (`rdp:anna`), in values too.
    std::map<std::string, std::string> known_as = {};
};

struct PlayReport {
    /// Lines whose expectations did not hold, as sentences with their numbers.
    std::vector<std::string> failures;
    /// State, deadlines, tasks and registrations of every named instance, for comparing two plays.
    std::string summary;
};

/// Plays a script and tells on `out`, in Italian, what happened and, for each refusal, why.
/// Errors: malformed (a line that cannot be carried out as written), and the engine's when the
/// machine fails.
engine::base::Result<PlayReport> play(const std::vector<Line>& lines,
                                      const engine::definition::Catalog& catalog,
                                      const engine::machine::CheckLibrary& checks,
                                      const PlayOptions& options, std::ostream& out);

}  // namespace api::scenario
