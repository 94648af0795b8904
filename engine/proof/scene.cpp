// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/scene.h"

#include <algorithm>

namespace engine::proof {
namespace {

using Line = std::vector<Place>;

bool is_in(const Line& line, const DefinitionPointer& definition) {
    return std::any_of(line.begin(), line.end(),
                       [&](const Place& place) { return place.definition == definition; });
}

/// Lines of machines above one that is already in `below`, the nearest last.
void find_ways_in(const Catalog& catalog, const Line& below, std::vector<Line>& ways) {
    const DefinitionPointer top = below.front().definition;
    if (top->opening && !top->opening->by.empty()) {
        ways.push_back(below);
    }
    if (below.size() == kMaxDepth) {
        return;
    }
    for (const auto& candidate : catalog.definitions()) {
        for (const auto& [list, child] : candidate->children) {
            const bool opens_it = child.family == top->family && child.machine == top->machine &&
                                  child.version == top->version;
            if (opens_it && !is_in(below, candidate) && ways.size() < kMaxScenes) {
                Line longer{{candidate, ""}};
                longer.insert(longer.end(), below.begin(), below.end());
                longer[1].list = list;
                find_ways_in(catalog, longer, ways);
            }
        }
    }
}

/// Adds the paths of children below the last place, one scene for each.
void add_paths(const Catalog& catalog, const Scene& scene, std::vector<Scene>& scenes) {
    bool has_children = false;
    for (const auto& [list, child] : scene.places.back().definition->children) {
        const auto definition = catalog.find(child.family, child.machine, child.version);
        const bool is_followed = definition && !is_in(scene.places, definition) &&
                                 scene.places.size() < 2 * kMaxDepth && scenes.size() < kMaxScenes;
        if (is_followed) {
            has_children = true;
            Scene longer = scene;
            longer.places.push_back({definition, list});
            add_paths(catalog, longer, scenes);
        }
    }
    if (!has_children) {
        scenes.push_back(scene);
    }
}

}  // namespace

std::size_t Scene::find_child(std::size_t place, std::string_view list) const {
    const bool is_here = place + 1 < places.size() && places[place + 1].list == list;
    return is_here ? place + 1 : kNowhere;
}

std::size_t Scene::find_path(std::size_t place, std::string_view path) const {
    while (place != kNowhere) {
        const std::size_t end = path.find('/');
        place = find_child(place, path.substr(0, end));
        if (end == std::string_view::npos) {
            return place;
        }
        path.remove_prefix(end + 1);
    }
    return kNowhere;
}

std::size_t Scene::find_relation(std::size_t place, Relation relation) const {
    switch (relation) {
        case Relation::own: return place;
        case Relation::parent: return place == 0 ? kNowhere : place - 1;
        case Relation::root:
            while (place > 0 && !places[place].definition->is_root) {
                --place;
            }
            return place;
    }
    return kNowhere;
}

std::vector<Scene> find_scenes(const Catalog& catalog, const DefinitionPointer& definition) {
    std::vector<Line> ways;
    find_ways_in(catalog, {{definition, ""}}, ways);
    std::vector<Scene> scenes;
    for (Line& way : ways) {
        const std::size_t focus = way.size() - 1;
        add_paths(catalog, {std::move(way), focus}, scenes);
    }
    return scenes;
}

std::string describe_ancestors(const Scene& scene) {
    std::string text;
    for (std::size_t place = 0; place < scene.focus; ++place) {
        text += definition_name(*scene.places[place].definition) + "/" +
                scene.places[place + 1].list + " ";
    }
    return text;
}

}  // namespace engine::proof
