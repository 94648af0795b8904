// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar/legal_date.h"
#include "engine/engine.h"

// The data of the demonstration: demo.copione, told as of today and played into a folder. Bodies,
// persons and facts are invented; the initiative lives here and never in workflows/iniziative.

namespace api::demo {

/// The initiative of the demonstration.
inline constexpr std::string_view kDemoInitiative = "iniziativa-dimostrativa";

/// The initiative as of a day: that of DGR XII/3824/2025, whose words are not copied, with what
/// iniziativa-dimostrativa.json says otherwise. Errors: malformed.
engine::base::Result<engine::definition::SourceFile> make_demo_initiative(
    engine::calendar::LegalDate today);

/// Everything the binary carries, and the initiative of the demonstration as of a day.
/// Errors: those of load_catalog.
engine::base::Result<engine::definition::Catalog> load_demo_catalog(
    engine::calendar::LegalDate today);

/// What came of playing the story.
struct DemoReport {
    std::vector<std::string> failures;  ///< lines that did not go as the script says
    std::string summary;                ///< state, deadlines and tasks of all that has a name
};

/// Plays the story into a folder that has no database yet; it ends at the midnight that opens
/// `today`. `known_as`: the ids under which persons of the script (`rdp:r324`) are recorded.
/// Errors: malformed, and the engine's.
engine::base::Result<DemoReport> play_demo(const std::filesystem::path& folder,
                                           const engine::definition::Catalog& catalog,
                                           const engine::machine::CheckLibrary& checks,
                                           engine::calendar::LegalDate today,
                                           const std::map<std::string, std::string>& known_as);

}  // namespace api::demo
