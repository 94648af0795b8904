// SPDX-License-Identifier: EUPL-1.2
#include "engine/waiting.h"

#include <algorithm>

#include "engine/base/names.h"
#include "engine/definition/task_acts.h"

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

void add_passed(const Guard& guard, std::vector<Reference>& deadlines) {
    if (guard.predicate) {
        if (const auto* passed = std::get_if<definition::DeadlinePassed>(&*guard.predicate)) {
            deadlines.push_back(passed->deadline);
        }
    }
    for (const Guard& part : guard.parts) {
        add_passed(part, deadlines);
    }
}

/// The deadlines that must be open for an event, and those that it meets.
std::vector<Reference> deadlines_of(const WorkflowDefinition& definition, const std::string& event,
                                    const TransitionDefinition& transition) {
    std::vector<Reference> deadlines;
    for (const auto& branch : transition.branches) {
        if (branch.guard) {
            add_open(*branch.guard, deadlines);
        }
    }
    for (const auto& [name, deadline] : definition.deadlines) {
        if (base::has_name(deadline.met_by, event)) {
            deadlines.push_back({name, Relation::own});
        }
    }
    return deadlines;
}

/// Those that end the state when they pass.
std::vector<Reference> deadlines_ending(const WorkflowDefinition& definition,
                                        std::string_view state) {
    std::vector<Reference> deadlines;
    const auto* place = definition.states.find(state);
    for (const auto& [name, deadline] : definition.deadlines) {
        if (deadline.kind == DeadlineKind::closing && place != nullptr &&
            place->after.contains(name)) {
            deadlines.push_back({name, Relation::own});
        }
    }
    return deadlines;
}

/// Those that others must let pass before they decide there.
std::vector<Reference> deadlines_respected(const WorkflowDefinition& definition,
                                           std::string_view state) {
    std::vector<Reference> deadlines;
    for (const std::string& event : definition.events_of(state)) {
        for (const auto& branch : definition.find_transition(state, event)->branches) {
            if (branch.guard) {
                add_passed(*branch.guard, deadlines);
            }
        }
    }
    std::erase_if(deadlines, [&](const Reference& one) {
        const auto* deadline = definition.deadlines.find(one.name);
        return one.of != Relation::own || deadline == nullptr ||
               deadline->kind != DeadlineKind::closing;
    });
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

/// Whether a body may do the act in that state.
bool is_for_body(const WorkflowDefinition& definition, std::string_view state,
                 std::string_view event) {
    const auto* transition = definition.find_transition(state, event);
    return transition != nullptr && !body_roles(definition, *transition).empty();
}

/// How an act becomes possible.
struct Asking {
    std::vector<std::string> events;  ///< that lead from a state without it to one with it
    bool is_asked = false;            ///< something leads there, and it is not the body's own doing
};

bool leads_to(const WorkflowDefinition& definition, const std::vector<definition::Branch>& branches,
              std::string_view event) {
    return std::any_of(branches.begin(), branches.end(), [&](const definition::Branch& branch) {
        return definition.states.contains(branch.target) &&
               is_for_body(definition, branch.target, event);
    });
}

Asking find_asking(const WorkflowDefinition& definition, std::string_view event) {
    Asking asking;
    bool is_own_doing = false;
    asking.is_asked = !definition.opening && is_for_body(definition, definition.initial, event);
    for (const auto& [name, state] : definition.states) {
        if (state.is_final || is_for_body(definition, name, event)) {
            continue;
        }
        for (const std::string& other : definition.events_of(name)) {
            const auto* transition = definition.find_transition(name, other);
            if (!leads_to(definition, transition->branches, event)) {
                continue;
            }
            asking.is_asked = true;
            is_own_doing = is_own_doing || !body_roles(definition, *transition).empty();
            if (!base::has_name(asking.events, other)) {
                asking.events.push_back(other);
            }
        }
        for (const auto& [deadline, branches] : state.after) {
            asking.is_asked = asking.is_asked || leads_to(definition, branches, event);
        }
    }
    asking.is_asked = asking.is_asked && !is_own_doing;
    return asking;
}

/// An act that changes nothing but what is written may be done within a term; nobody waits for it.
bool leads_on(const TransitionDefinition& transition) {
    return std::any_of(transition.branches.begin(), transition.branches.end(),
                       [](const definition::Branch& branch) { return !branch.target.empty(); });
}

void add_awaited(const WorkflowDefinition& definition, const std::vector<Reference>& deadlines,
                 bool is_later, std::vector<AwaitedTerm>& terms) {
    for (const Reference& deadline : deadlines) {
        const bool is_known = std::any_of(terms.begin(), terms.end(), [&](const AwaitedTerm& term) {
            return term.deadline == deadline;
        });
        if (!is_known && !is_advised(definition, deadline)) {
            terms.push_back({deadline, is_later});
        }
    }
}

/// What a state waits for from a body: the ends of the state, what others must let pass.
void add_waited(const WorkflowDefinition& definition, std::string_view state, bool is_later,
                std::vector<AwaitedTerm>& terms) {
    add_awaited(definition, deadlines_ending(definition, state), is_later, terms);
    add_awaited(definition, deadlines_respected(definition, state), is_later, terms);
}

/// The states that an act of the present one leads to.
std::vector<std::string> next_states(const WorkflowDefinition& definition, std::string_view state) {
    std::vector<std::string> next;
    for (const std::string& event : definition.events_of(state)) {
        for (const auto& branch : definition.find_transition(state, event)->branches) {
            if (definition.states.contains(branch.target) && branch.target != state) {
                next.push_back(branch.target);
            }
        }
    }
    return next;
}

}  // namespace

std::string describe_task_end(const WorkflowDefinition& definition, std::string_view state,
                              std::string_view task) {
    return definition::describe_task_acts(definition::find_task_acts(definition, state, task));
}

std::vector<AwaitedAct> find_awaited_acts(const WorkflowDefinition& definition,
                                          std::string_view state) {
    std::vector<AwaitedAct> acts;
    for (const std::string& event : definition.events_of(state)) {
        const auto* transition = definition.find_transition(state, event);
        AwaitedAct act{event, transition->title, body_roles(definition, *transition), {}, {}};
        if (act.roles.empty()) {
            continue;
        }
        auto deadlines = deadlines_of(definition, event, *transition);
        if (!leads_on(*transition)) {
            std::erase_if(deadlines, [&](const Reference& one) {
                return one.of != Relation::own ||
                       !base::has_name(definition.deadlines.find(one.name)->met_by, event);
            });
        }
        add_awaited(definition, deadlines, false, act.terms);
        const Asking asking = find_asking(definition, event);
        if (asking.is_asked) {
            act.asked_by = asking.events;
            add_waited(definition, state, false, act.terms);
            for (const std::string& next : next_states(definition, state)) {
                if (is_for_body(definition, next, event)) {
                    add_waited(definition, next, true, act.terms);
                }
            }
        }
        if (!act.terms.empty()) {
            acts.push_back(std::move(act));
        }
    }
    return acts;
}

std::vector<BodyTerm> find_body_terms(const WorkflowDefinition& definition,
                                      std::string_view state) {
    std::vector<BodyTerm> terms;
    for (const std::string& event : definition.events_of(state)) {
        const auto* transition = definition.find_transition(state, event);
        const auto roles = body_roles(definition, *transition);
        if (roles.empty()) {
            continue;
        }
        auto deadlines = deadlines_of(definition, event, *transition);
        const auto ending = deadlines_ending(definition, state);
        deadlines.insert(deadlines.end(), ending.begin(), ending.end());
        for (const auto& deadline : deadlines) {
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
