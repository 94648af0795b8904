// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/kin.h"

#include <algorithm>

namespace engine::definition {
namespace {

bool opens(const WorkflowDefinition& above, const WorkflowDefinition& below) {
    return std::any_of(above.children.begin(), above.children.end(), [&](const auto& list) {
        return list.second.family == below.family && list.second.machine == below.machine &&
               list.second.version == below.version;
    });
}

}  // namespace

std::vector<DefinitionPointer> find_ancestors(const Catalog& catalog,
                                              const WorkflowDefinition& definition) {
    std::vector<DefinitionPointer> ancestors;
    const WorkflowDefinition* below = &definition;
    for (std::size_t next = 0; below != nullptr; ++next) {
        for (const auto& candidate : catalog.definitions()) {
            const bool is_known =
                std::find(ancestors.begin(), ancestors.end(), candidate) != ancestors.end();
            if (!is_known && opens(*candidate, *below)) {
                ancestors.push_back(candidate);
            }
        }
        below = next < ancestors.size() ? ancestors[next].get() : nullptr;
    }
    return ancestors;
}

DefinitionPointer follow_path(const Catalog& catalog, const WorkflowDefinition& from,
                              std::string_view path) {
    DefinitionPointer found;
    const WorkflowDefinition* here = &from;
    std::size_t start = 0;
    while (start <= path.size()) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const auto* child = here->children.find(path.substr(start, end - start));
        found = child == nullptr ? nullptr
                                 : catalog.find(child->family, child->machine, child->version);
        if (!found) {
            return nullptr;
        }
        here = found.get();
        start = end + 1;
    }
    return found;
}

Kin::Kin(const WorkflowDefinition& own, const Catalog& catalog) : own_(own), catalog_(&catalog) {
    for (const DefinitionPointer& above : find_ancestors(catalog, own)) {
        if (opens(*above, own)) {
            parents_.push_back(above);
        }
        if (above->is_root && !own.is_root) {
            roots_.push_back(above);
        }
    }
}

std::vector<const WorkflowDefinition*> Kin::find(Relation relation) const {
    if (relation == Relation::own) {
        return {&own_};
    }
    std::vector<const WorkflowDefinition*> found;
    for (const auto& one : relation == Relation::parent ? parents_ : roots_) {
        found.push_back(one.get());
    }
    return found;
}

std::vector<DefinitionPointer> Kin::find_list(Relation relation, std::string_view path) const {
    std::vector<DefinitionPointer> found;
    for (const WorkflowDefinition* from : find(relation)) {
        auto one = catalog_ == nullptr ? nullptr : follow_path(*catalog_, *from, path);
        if (one && std::find(found.begin(), found.end(), one) == found.end()) {
            found.push_back(std::move(one));
        }
    }
    return found;
}

}  // namespace engine::definition
