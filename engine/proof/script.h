// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "engine/proof/explore.h"

namespace engine::proof {

/// The shortest way to a node, as a `.copione` (grammar in workflows/README.md) with made-up
/// values. `title` is told at its head, `remark` at its end. What the proof leaves open, the answer
/// of a check, is taken to be what that way needs (`controllo … passa`).
struct ScriptText {
    std::string title;
    std::string remark;
    const Move* endless = nullptr;  ///< at the end, the act that the engine refuses: it never rests
    /// Where the whole way cannot be played, it is told as far as the state that it ends in.
    bool may_stop_at_the_state = false;
};
std::string write_script(const CompiledScene& compiled, const Graph& graph, std::uint32_t node,
                         const Catalog& catalog, const ScriptText& text);

}  // namespace engine::proof
