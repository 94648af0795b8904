// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <vector>

#include "engine/proof/stuck.h"

namespace engine::proof {

/// A pit, and what it was found in: the graph points into the compiled scene.
struct FoundPit {
    std::shared_ptr<const CompiledScene> compiled;
    Graph graph;
    Pit pit;
};

/// What has been shown of a machine whose cases are too many to be looked at all together.
struct Ascent {
    std::vector<FoundPit> pits;
    std::set<std::size_t> unproved;  ///< states, of which nothing could be shown within the bound
};

/// Proves that every state of the machine leads to an end, following of all that decides only what
/// the proof turns out to need: first the machine by itself, with nothing followed but its states;
/// where a way out hangs on something, that is followed too; where it hangs on relatives, the same
/// among them, in every scene. What is not followed counts as possible on the way to a state, and
/// never on the way out of it: so what is proved is proved, and a pit is told only when nothing on
/// the way to it and out of it is hidden.
Ascent climb(const Catalog& catalog, const DefinitionPointer& definition, std::size_t max_configs);

/// The nodes of a graph that are looked for, nearest first.
using FindNodes = std::function<std::vector<std::uint32_t>(const CompiledScene&, const Graph&)>;

/// A scene with its relatives of which only the states are followed, and what the way to the
/// nearest of those nodes hangs on: looked at again until nothing on that way is hidden, or there
/// is too much to follow.
Proof explore_toward(const Catalog& catalog, const Scene& scene, std::size_t max_configs,
                     const FindNodes& find_nodes);

}  // namespace engine::proof
