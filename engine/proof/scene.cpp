// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/scene.h"

#include <algorithm>
#include <set>

#include "engine/definition/walk.h"
#include "engine/proof/guards.h"

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
        // What may stand above it changes nothing further down: it is proved with that machine.
        if (below.size() > 1) {
            return;
        }
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

/// The paths of children that decide something for the machine: those its conditions ask about.
std::set<std::string> find_asked_paths(const WorkflowDefinition& machine) {
    std::set<std::string> paths;
    const auto add = [&](const Children& children) {
        if (children.of == Relation::own) {
            paths.insert(children.path);
        }
    };
    for_each_predicate(machine, [&](const std::string&, const Predicate& predicate) {
        std::visit(
            [&](const auto& p) {
                using P = std::decay_t<decltype(p)>;
                if constexpr (requires { p.children; }) {
                    add(p.children);
                } else if constexpr (std::is_same_v<P, ActorNotPerformed>) {
                    if (!p.path.empty() && p.of == Relation::own) {
                        paths.insert(p.path);
                    }
                }
            },
            predicate);
    });
    return paths;
}

/// Whether the machine signals its parent by itself, so that the two may go round together.
bool answers_by_itself(const WorkflowDefinition& machine) {
    bool answers = false;
    for_each_signal(machine, [&](const Signal& signal, const TransitionDefinition* transition) {
        answers |=
            signal.to == SignalTarget::parent && (transition == nullptr || transition->by.empty());
    });
    return answers;
}

/// Whether a path below the focus leads to one that decides, or may answer what it is told.
bool is_worth_following(const std::set<std::string>& asked, const WorkflowDefinition& focus,
                        const std::string& path, const WorkflowDefinition& child) {
    const bool is_asked = std::any_of(asked.begin(), asked.end(), [&](const std::string& one) {
        return one == path || one.starts_with(path + "/");
    });
    bool is_told = false;
    for_each_signal(focus, [&](const Signal& signal, const TransitionDefinition*) {
        is_told |= signal.to == SignalTarget::children && signal.path == path;
    });
    return is_asked || (is_told && answers_by_itself(child));
}

/// Adds the paths of children below the last place, one scene for each.
void add_paths(const Catalog& catalog, const Scene& scene, const std::set<std::string>& asked,
               const std::string& prefix, std::vector<Scene>& scenes) {
    bool has_children = false;
    for (const auto& [list, child] : scene.places.back().definition->children) {
        const auto definition = catalog.find(child.family, child.machine, child.version);
        const std::string path = prefix + list;
        const bool is_followed = definition && !is_in(scene.places, definition) &&
                                 scene.places.size() < 2 * kMaxDepth &&
                                 scenes.size() < kMaxScenes &&
                                 is_worth_following(asked, scene.machine(), path, *definition);
        if (is_followed) {
            has_children = true;
            Scene longer = scene;
            longer.places.push_back({definition, list});
            add_paths(catalog, longer, asked, path + "/", scenes);
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

std::size_t Scene::find_parent(std::size_t place) const {
    if (places[place].beside != kNowhere) {
        return places[place].beside;
    }
    return place == 0 ? kNowhere : place - 1;
}

std::size_t Scene::find_relation(std::size_t place, Relation relation) const {
    switch (relation) {
        case Relation::own: return place;
        case Relation::parent: return find_parent(place);
        case Relation::root:
            if (is_alone && !places[place].definition->is_root) {
                return kNowhere;
            }
            while (place > 0 && !places[place].definition->is_root) {
                place = find_parent(place);
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
        add_paths(catalog, {std::move(way), focus}, find_asked_paths(*definition), "", scenes);
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
