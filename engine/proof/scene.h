// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/catalog.h"

namespace engine::proof {

using namespace definition;

inline constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

/// Deepest nesting of machines that is looked at: ours have three levels.
inline constexpr std::size_t kMaxDepth = 6;
/// Ways in which a machine can come to be and to have children, that are proved one by one.
inline constexpr std::size_t kMaxScenes = 64;

/// One instance of a scene.
struct Place {
    DefinitionPointer definition;
    std::string list;  ///< of the place before, in which it stands; empty for the first
    /// Whose list it is, when that is not the place before: of places beside the line.
    std::size_t beside = kNowhere;
};

/// A line of instances, each opened by the one before it: from one that a person opens down to the
/// machine that is proved (the focus), and down one path of its children. The instance that stands
/// in a list stands for any one of that list.
struct Scene {
    std::vector<Place> places;
    std::size_t focus = 0;
    /// The focus by itself, when the whole line has too many cases: what stands above and below it
    /// may be anything, and does its part.
    bool is_alone = false;
    /// When there are any, only what these branches of the focus ask about is followed.
    std::vector<const Branch*> asked = {};

    const WorkflowDefinition& machine() const { return *places[focus].definition; }
    /// The place below `place` in that list; kNowhere when the scene does not follow it.
    std::size_t find_child(std::size_t place, std::string_view list) const;
    /// The same for a path ("gruppi/riunioni").
    std::size_t find_path(std::size_t place, std::string_view path) const;
    std::size_t find_parent(std::size_t place) const;
    /// The instance meant by a relation seen from `place`; kNowhere when there is none.
    std::size_t find_relation(std::size_t place, Relation relation) const;
};

/// Every scene of a machine; none when nobody can open it.
std::vector<Scene> find_scenes(const Catalog& catalog, const DefinitionPointer& definition);

/// The places above the focus, as text: what tells one way of coming to be from another.
std::string describe_ancestors(const Scene& scene);

}  // namespace engine::proof
