// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "engine/proof/explore.h"

namespace engine::proof {

/// The shortest way to a node, as a `.copione` (grammar in workflows/README.md) with made-up
/// values. `title` is told at its head, `remark` at its end. What cannot be known (the answer of a
/// check) is said in a remark.
struct ScriptText {
    std::string title;
    std::string remark;
};
std::string write_script(const CompiledScene& compiled, const Graph& graph, std::uint32_t node,
                         const Catalog& catalog, const ScriptText& text);

}  // namespace engine::proof
