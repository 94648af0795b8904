// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/guards.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/definition/walk.h"

namespace engine::proof {
namespace {

bool has_role_of(const WorkflowDefinition& definition, const std::vector<std::string>& roles,
                 bool wants_party) {
    return std::any_of(roles.begin(), roles.end(), [&](const std::string& name) {
        const auto* role = definition.roles.find(name);
        return role != nullptr && (role->scope == RoleScope::party) == wants_party;
    });
}

/// The field that an action writes; empty when it writes none.
std::string written_field(const ActionVerb& verb) {
    if (const auto* set = std::get_if<SetValue>(&verb)) {
        return set->field;
    }
    if (const auto* append = std::get_if<AppendValue>(&verb)) {
        return append->field;
    }
    const auto* compute = std::get_if<ComputeValue>(&verb);
    return compute == nullptr ? "" : compute->field;
}

}  // namespace

void for_each_literal(const Guard& guard, bool is_negated,
                      const std::function<void(const Predicate&, bool is_negated)>& visit) {
    if (guard.predicate) {
        visit(*guard.predicate, is_negated);
    }
    const bool turns = guard.kind == GuardKind::negation;
    for (const Guard& part : guard.parts) {
        for_each_literal(part, is_negated != turns, visit);
    }
}

bool has_office_role(const WorkflowDefinition& definition, const std::vector<std::string>& roles) {
    return has_role_of(definition, roles, false);
}

bool has_party_role(const WorkflowDefinition& definition, const std::vector<std::string>& roles) {
    return has_role_of(definition, roles, true);
}

bool accepts(const FieldDefinition& field, const std::string& json) {
    return field.schema->validate(json, "").empty();
}

std::vector<std::string> listed_values(const FieldDefinition& field) {
    if (field.type == "boolean") {
        return {"true", "false"};
    }
    std::vector<std::string> values;
    const auto schema = nlohmann::json::parse(field.schema_json, nullptr, false);
    if (schema.is_object() && schema.contains("enum")) {
        for (const auto& value : schema.at("enum")) {
            values.push_back(value.dump());
        }
    }
    return values;
}

bool accepts_another(const FieldDefinition& field, const std::vector<std::string>& options) {
    const auto listed = listed_values(field);
    return listed.empty() || std::any_of(listed.begin(), listed.end(), [&](const auto& value) {
               return !has_name(options, value) && !is_empty_json(value);
           });
}

bool is_ever_brought(const WorkflowDefinition& definition, const std::string& field) {
    const auto takes = [&](const auto& one) {
        return has_name(one.takes, field) || has_name(one.may_take, field);
    };
    const auto places = find_branches(definition);
    return (definition.opening && takes(*definition.opening)) ||
           std::any_of(places.begin(), places.end(), [&](const BranchPlace& place) {
               return place.transition != nullptr && takes(*place.transition);
           });
}

bool is_ever_written(const WorkflowDefinition& definition, const std::string& field) {
    bool is_written = is_ever_brought(definition, field);
    for_each_action(definition, [&](const std::string&, const Action& action) {
        is_written |= written_field(action.verb) == field;
    });
    return is_written;
}

void for_each_signal(
    const WorkflowDefinition& definition,
    const std::function<void(const Signal&, const TransitionDefinition* transition)>& visit) {
    const auto take = [&](const std::vector<Action>& actions,
                          const TransitionDefinition* transition) {
        for (const Action& action : actions) {
            if (const auto* signal = std::get_if<Signal>(&action.verb)) {
                visit(*signal, transition);
            }
        }
    };
    for (const BranchPlace& place : find_branches(definition)) {
        take(place.branch->actions, place.transition);
    }
    for (const auto& [name, state] : definition.states) {
        take(state.entry, nullptr);
    }
    for (const auto& [name, deadline] : definition.deadlines) {
        take(deadline.on_due, nullptr);
    }
}

bool is_beside(const ActorNotPerformed& rule) {
    return rule.of != Relation::own && !rule.path.empty();
}

bool asks_who_acts(const Guard& guard) {
    bool asks = false;
    for_each_literal(guard, false, [&](const Predicate& predicate, bool) {
        asks |= std::holds_alternative<ActorPerformed>(predicate) ||
                std::holds_alternative<ActorNotPerformed>(predicate);
    });
    return asks;
}

bool is_empty_json(std::string_view json) {
    return json == "null" || json == "\"\"" || json == "[]";
}

}  // namespace engine::proof
