// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/name_lint.h"

#include <algorithm>

namespace engine::definition {

void NameLint::find_parents() {
    std::vector<const WorkflowDefinition*> queue{&definition_};
    std::set<std::string> seen;
    while (!queue.empty()) {
        const WorkflowDefinition* child = queue.back();
        queue.pop_back();
        for (const auto& candidate : context_.catalog.definitions()) {
            for (const auto& [list, one] : candidate->children) {
                const bool is_parent = one.family == child->family &&
                                       one.machine == child->machine &&
                                       one.version == child->version;
                if (is_parent && seen.insert(definition_name(*candidate)).second) {
                    parents_.push_back(candidate);
                    queue.push_back(candidate.get());
                }
            }
        }
    }
}

DefinitionPointer NameLint::follow(const WorkflowDefinition& from, const std::string& path) const {
    DefinitionPointer found;
    const WorkflowDefinition* here = &from;
    std::size_t start = 0;
    while (start <= path.size()) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const auto* child = here->children.find(path.substr(start, end - start));
        found = child == nullptr
                    ? nullptr
                    : context_.catalog.find(child->family, child->machine, child->version);
        if (!found) {
            return nullptr;
        }
        here = found.get();
        start = end + 1;
    }
    return found;
}

DefinitionPointer NameLint::find_list(const Children& children) const {
    if (children.of == Relation::own) {
        return follow(definition_, children.path);
    }
    for (const auto& parent : parents_) {
        if (auto found = follow(*parent, children.path)) {
            return found;
        }
    }
    return nullptr;
}

/// A value of the event must be one that the event takes.
void NameLint::payload_field(const std::string& name) {
    if (!known(definition_.fields, name, "unknown_field", "il campo")) {
        return;
    }
    if (is_without_payload_) {
        findings_.error(
            "payload_not_taken", path_,
            fmt::format("Si legge «{}» da un atto, ma qui nessuno compie un atto.", name));
        return;
    }
    if (transition_ == nullptr) {
        return;  // entering a state: which act led there is not known
    }
    const auto has = [&](const std::vector<std::string>& names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (!has(transition_->takes) && !has(transition_->may_take)) {
        findings_.error("payload_not_taken", path_,
                        fmt::format("Si legge «{}» dall'atto, che però non lo riceve.", name));
    }
}

}  // namespace engine::definition
