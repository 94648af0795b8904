// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/definition/lint.h"
#include "engine/proof/script.h"

namespace engine::proof {

/// The script of a finding, and whether it plays.
struct Rehearsed {
    std::string copione;
    /// It was played to the end, or nobody can play it here (`LintContext::plays`).
    bool plays = false;
    bool stops = false;  ///< somewhere before its end
};

/// How to see what is wrong at any of these nodes, which are nearest first: the script of the first
/// that plays, tried ever farther apart; else, where the text allows it and that much plays, the
/// way into the state that the focus does not leave any more, without what others still do; else
/// that of the nearest. What the proof does not follow may be in the way of one and not of another.
Rehearsed rehearse(const CompiledScene& compiled, const Graph& graph,
                   const std::vector<std::uint32_t>& nodes, const definition::LintContext& context,
                   const ScriptText& text);

/// The script to be told: one that stops ends where it does, and what is left stands in remarks.
std::string tell(const Rehearsed& rehearsed, const definition::LintContext& context);

}  // namespace engine::proof
