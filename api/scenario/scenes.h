// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

// Scenes: what a script says many times is written once, with parameters, and recited by name.
// They are text: the parser of copione.h reads what comes out, and knows none of them.

namespace api::scenario {

/// Longest script, as written and with its scenes recited, in lines: a whole initiative with eight
/// ATS is under two thousand.
inline constexpr std::size_t kMaxLines = 20000;

/// Scenes inside scenes: four are as many as anyone can follow; the others are a circle.
inline constexpr std::size_t kMaxSceneDepth = 8;

/// One line of the script as it is played.
struct ScriptLine {
    int number = 0;               ///< where it is written
    std::string text;             ///< parameters filled in
    std::vector<int> recited_at;  ///< lines of the `recita` that brought it, the nearest first

    /// `Riga 12`, or `Riga 12 (recitata alla riga 80)`: how an error names it.
    std::string place() const;
    /// `12`, or `12@80`: tells apart two recitals of one line.
    std::string mark() const;
};

/// The lines of a script without `scena … fine`, each `recita` replaced by its scene's lines.
/// Errors: malformed (with the line of the `recita` and that of the scene), payload_too_large.
engine::base::Result<std::vector<ScriptLine>> recite_scenes(std::string_view text);

}  // namespace api::scenario
