// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/questions.h"

#include <algorithm>

#include "engine/definition/walk.h"

namespace engine::definition {
namespace {

template <class... Kinds>
bool is_one_of(const auto& variant) {
    return (std::holds_alternative<Kinds>(variant) || ...);
}

/// Whether it looks at the lists of the parent, rather than its own.
bool looks_above(const Predicate& predicate) {
    const Children* children = find_children(predicate);
    return children != nullptr && children->of != Relation::own;
}

/// Whether a condition looks at the value that the machine itself keeps of a field.
bool looks_at_own(const Predicate& predicate, const std::string& field) {
    const auto is_own = [&](const ValueSource& source) {
        return source.scope == SourceScope::own && source.name == field;
    };
    return std::visit(
        [&](const auto& one) {
            if constexpr (requires { one.than; }) {
                return is_own(one.value) || is_own(one.than);
            } else if constexpr (requires { one.plus_days; }) {
                return is_own(one.date) || is_own(one.from);
            } else if constexpr (requires { one.value.scope; }) {
                return is_own(one.value);
            } else {
                return false;
            }
        },
        predicate);
}

bool looks_at_own(const Guard& guard, const std::string& field) {
    return guard.predicate
               ? looks_at_own(*guard.predicate, field)
               : std::any_of(guard.parts.begin(), guard.parts.end(),
                             [&](const Guard& part) { return looks_at_own(part, field); });
}

void note_kept_and_given(WorkflowDefinition& definition) {
    for (const BranchPlace& place : find_branches(definition)) {
        if (place.transition == nullptr || !place.branch->guard) {
            continue;
        }
        for (const auto* fields : {&place.transition->takes, &place.transition->may_take}) {
            for (const std::string& field : *fields) {
                if (looks_at_own(*place.branch->guard, field)) {
                    definition.kept_and_given.insert(field);
                }
            }
        }
    }
}

}  // namespace

void note_questions(WorkflowDefinition& definition) {
    // What happens here may be waited for below: children are looked at after each act.
    definition.asks_about_relatives = !definition.children.empty();
    for_each_predicate(definition, [&](const std::string&, const Predicate& predicate) {
        definition.asks_about_siblings |= looks_above(predicate);
        definition.asks_about_relatives |=
            find_children(predicate) != nullptr || is_one_of<ActorNotPerformed>(predicate);
        definition.asks_about_performances |=
            is_one_of<ActorPerformed, EventPerformed, ActorNotPerformed>(predicate);
        const auto* rule = std::get_if<ActorNotPerformed>(&predicate);
        const bool is_beside = rule != nullptr && rule->of != Relation::own && !rule->path.empty();
        definition.asks_about_siblings |= is_beside;
        definition.asks_about_sibling_performances |= is_beside;
    });
    for_each_action(definition, [&](const std::string&, const Action& action) {
        // A computation may look at the whole list it belongs to.
        definition.asks_about_siblings |= is_one_of<ComputeValue>(action.verb);
        definition.asks_about_relatives |= is_one_of<Signal, OpenChild>(action.verb);
        const auto* signal = std::get_if<Signal>(&action.verb);
        const auto* opening = std::get_if<OpenChild>(&action.verb);
        definition.asks_about_siblings |=
            (signal != nullptr && signal->to == SignalTarget::siblings) ||
            (opening != nullptr && opening->for_each && opening->for_each->of != Relation::own);
    });
    note_kept_and_given(definition);
}

}  // namespace engine::definition
