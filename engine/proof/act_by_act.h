// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <vector>

#include "engine/proof/explore.h"

namespace engine::proof {

/// Most configurations in which one act is looked at: what asks for more is left, and told.
inline constexpr std::size_t kMaxConfigsOfAct = 6000;

/// Explores the machine by itself once for each of its acts (and of the lists of branches that
/// happen by themselves), following no more than the states and what that act's conditions ask
/// about (`Scene::asked`). What is too much to follow all together, a person who must and must not
/// have done the same, so comes to light. Calls `take` with what was explored to its end: what is
/// impossible there is impossible. Gives the branches that were left.
std::vector<const Branch*> explore_act_by_act(
    const Catalog& catalog, const DefinitionPointer& definition,
    const std::function<void(const CompiledScene&, const Graph&)>& take);

}  // namespace engine::proof
