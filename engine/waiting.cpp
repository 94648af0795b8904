// SPDX-License-Identifier: EUPL-1.2
#include "engine/waiting.h"

#include <algorithm>

#include "engine/base/names.h"

namespace engine {
namespace {

using definition::DeadlineKind;
using definition::Guard;
using definition::GuardKind;
using definition::Reference;
using definition::Relation;
using definition::TransitionDefinition;
using definition::WorkflowDefinition;
using machine::DeadlineStatus;

std::vector<std::string> body_roles(const WorkflowDefinition& definition,
                                    const TransitionDefinition& transition) {
    std::vector<std::string> roles;
    for (const std::string& name : transition.by) {
        const auto* role = definition.roles.find(name);
        if (role != nullptr && role->scope == definition::RoleScope::party) {
            roles.push_back(name);
        }
    }
    return roles;
}

/// The deadlines that must be open. What stands under a `not` is the contrary of it.
void add_open(const Guard& guard, std::vector<Reference>& deadlines) {
    if (guard.kind == GuardKind::negation) {
        return;
    }
    if (guard.predicate) {
        if (const auto* open = std::get_if<definition::DeadlineOpen>(&*guard.predicate)) {
            deadlines.push_back(open->deadline);
        }
    }
    for (const Guard& part : guard.parts) {
        add_open(part, deadlines);
    }
}

/// The deadlines that an event is about.
std::vector<Reference> deadlines_of(const WorkflowDefinition& definition, std::string_view state,
                                    const std::string& event,
                                    const TransitionDefinition& transition) {
    std::vector<Reference> deadlines;
    for (const auto& branch : transition.branches) {
        if (branch.guard) {
            add_open(*branch.guard, deadlines);
        }
    }
    const auto* place = definition.states.find(state);
    for (const auto& [name, deadline] : definition.deadlines) {
        const bool ends_state = deadline.kind == DeadlineKind::closing && place != nullptr &&
                                place->after.contains(name);
        if (ends_state || base::has_name(deadline.met_by, event)) {
            deadlines.push_back({name, Relation::own});
        }
    }
    return deadlines;
}

bool is_advised(const WorkflowDefinition& definition, const Reference& reference) {
    const auto* deadline = definition.deadlines.find(reference.name);
    return reference.of == Relation::own &&
           (deadline == nullptr || deadline->kind == DeadlineKind::advisory ||
            deadline->kind == DeadlineKind::minimum_notice);
}

void add_term(std::vector<BodyTerm>& terms, const Reference& deadline,
              const std::vector<std::string>& roles) {
    auto known = std::find_if(terms.begin(), terms.end(),
                              [&](const BodyTerm& term) { return term.deadline == deadline; });
    if (known == terms.end()) {
        terms.push_back({deadline, roles});
        return;
    }
    for (const std::string& role : roles) {
        if (!base::has_name(known->roles, role)) {
            known->roles.push_back(role);
        }
    }
}

}  // namespace

std::vector<BodyTerm> find_body_terms(const WorkflowDefinition& definition,
                                      std::string_view state) {
    std::vector<BodyTerm> terms;
    for (const std::string& event : definition.events_of(state)) {
        const auto* transition = definition.find_transition(state, event);
        const auto roles = body_roles(definition, *transition);
        if (roles.empty()) {
            continue;
        }
        for (const auto& deadline : deadlines_of(definition, state, event, *transition)) {
            if (!is_advised(definition, deadline)) {
                add_term(terms, deadline, roles);
            }
        }
    }
    return terms;
}

std::vector<std::string> awaited_roles(const WorkflowDefinition& definition, std::string_view state,
                                       std::string_view party, const machine::Deadline& deadline,
                                       DeadlineStatus status) {
    const bool is_due = status == DeadlineStatus::running || status == DeadlineStatus::missed;
    if (party.empty() || !is_due || !deadline.reminds_of.empty()) {
        return {};
    }
    for (const BodyTerm& term : find_body_terms(definition, state)) {
        if (term.deadline == Reference{deadline.name, Relation::own}) {
            return term.roles;
        }
    }
    return {};
}

}  // namespace engine
