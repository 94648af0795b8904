// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/questions.h"

#include "engine/definition/walk.h"

namespace engine::definition {
namespace {

template <class... Kinds>
bool is_one_of(const auto& variant) {
    return (std::holds_alternative<Kinds>(variant) || ...);
}

/// Whether it counts the lists of the parent, rather than its own.
bool looks_above(const Predicate& predicate) {
    const auto is_above = [](const Children& children) { return children.of != Relation::own; };
    if (const auto* p = std::get_if<ChildrenCount>(&predicate))
        return is_above(p->children);
    if (const auto* p = std::get_if<ChildrenAll>(&predicate))
        return is_above(p->children);
    if (const auto* p = std::get_if<PartyAmong>(&predicate))
        return is_above(p->children);
    const auto* p = std::get_if<PartyNotAmong>(&predicate);
    return p != nullptr && is_above(p->children);
}

}  // namespace

void note_questions(WorkflowDefinition& definition) {
    // What happens here may be waited for below: children are looked at after each act.
    definition.asks_about_relatives = !definition.children.empty();
    for_each_predicate(definition, [&](const std::string&, const Predicate& predicate) {
        definition.asks_about_siblings |= looks_above(predicate);
        definition.asks_about_relatives |=
            is_one_of<ChildrenCount, ChildrenAll, PartyAmong, PartyNotAmong, ActorNotPerformed>(
                predicate);
        definition.asks_about_performances |=
            is_one_of<ActorPerformed, EventPerformed, ActorNotPerformed>(predicate);
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
}

}  // namespace engine::definition
