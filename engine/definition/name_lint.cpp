// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/name_lint.h"

#include <algorithm>

namespace engine::definition {

DefinitionPointer NameLint::find_list(const Children& children) const {
    if (children.of == Relation::own) {
        return follow_path(context_.catalog, definition_, children.path);
    }
    for (const auto& parent : parents_) {
        if (auto found = follow_path(context_.catalog, *parent, children.path)) {
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
