// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/decide.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/ensure.h"
#include "engine/base/names.h"
#include "engine/definition/sentences.h"
#include "engine/machine/builtin_events.h"
#include "engine/machine/payload.h"
#include "engine/machine/plan_builder.h"
#include "engine/machine/predicates.h"
#include "engine/machine/read_source.h"

namespace engine::machine {
namespace {

using base::ErrorCode;
using base::ErrorDetail;
using base::fail;
using base::Result;
using definition::Branch;
using definition::TransitionDefinition;

const std::vector<std::string>& legal_basis_of(const DecideContext& context,
                                               const std::vector<std::string>& own,
                                               const std::vector<std::string>& outer) {
    return !own.empty() ? own : !outer.empty() ? outer : context.definition.legal_basis;
}

/// How many conditions of a guard hold before the first that does not. What tells one case from
/// another comes first in a guard, so the branch that gets furthest is the case the actor is in.
std::size_t count_holding(const definition::Guard& guard, const GuardContext& context) {
    std::size_t holding = 0;
    if (guard.kind == definition::GuardKind::all) {
        while (holding < guard.parts.size() && refuse(guard.parts[holding], context).empty()) {
            ++holding;
        }
    }
    return holding;
}

/// The first branch whose guard holds; without one, why the nearest does not, so that nobody reads
/// what only concerns another case.
struct Choice {
    const Branch* branch = nullptr;
    std::vector<ErrorDetail> refusals;
};

Choice choose(const DecideContext& context, const std::vector<Branch>& branches,
              const std::vector<std::string>& legal_basis, const Actor& actor,
              const base::Fields& payload, bool is_payload_known = true) {
    Choice choice;
    std::size_t furthest = 0;
    for (const Branch& branch : branches) {
        const GuardContext guard{context.definition,
                                 context.facts,
                                 context.checks,
                                 actor,
                                 payload,
                                 legal_basis_of(context, branch.legal_basis, legal_basis),
                                 is_payload_known};
        auto refusals = branch.guard ? refuse(*branch.guard, guard) : std::vector<ErrorDetail>{};
        if (refusals.empty()) {
            return {&branch, {}};
        }
        const std::size_t holding = count_holding(*branch.guard, guard);
        if (choice.refusals.empty() || holding > furthest) {
            choice.refusals = std::move(refusals);
            furthest = holding;
        }
    }
    return choice;
}

/// What happens besides the act when its actor is not the one who holds the role here. A holder
/// that nobody has named yet is nobody's business.
const std::vector<definition::Action>& find_besides(const DecideContext& context,
                                                    const Actor& actor) {
    static const std::vector<definition::Action> kNothing;
    static const base::Fields kNoPayload;
    const auto* role = context.definition.roles.find(actor.role);
    const auto json = role != nullptr && role->holder
                          ? read_source(*role->holder, context.facts, kNoPayload)
                          : std::nullopt;
    const std::string holder = json ? base::read_text(*json).value_or("") : "";
    return holder.empty() || holder == actor.person ? kNothing : role->on_other;
}

/// Everything a branch does, in order: values, obligations met, actions (first those besides), the
/// state it enters.
Result<Plan> plan_branch(const DecideContext& context, const Branch& branch,
                         const std::vector<std::string>& legal_basis, const Actor& actor,
                         const base::Fields& payload, const std::string& event,
                         const std::vector<definition::Action>& besides) {
    PlanBuilder builder(context, actor, payload,
                        legal_basis_of(context, branch.legal_basis, legal_basis));
    if (auto done = builder.keep_payload(); !done) {
        return fail(done.error());
    }
    if (auto done = builder.meet_obligations(event); !done) {
        return fail(done.error());
    }
    for (const auto* actions : {&besides, &branch.actions}) {
        if (auto done = builder.run(*actions); !done) {
            return fail(done.error());
        }
    }
    if (auto done = builder.enter(branch.target); !done) {
        return fail(done.error());
    }
    Plan plan = std::move(builder).take();
    plan.title = branch.title;
    return plan;
}

/// An act by its name and title and, when it is impossible now, why.
ErrorDetail describe_available(const AvailableEvent& act) {
    ErrorDetail detail{"", act.event, act.title, {}};
    const char* joint = ", ma ora no: ";
    for (const ErrorDetail& refusal : act.refusals) {
        detail.message_it += joint + refusal.message_it;
        joint = " ";
        for (const std::string& source : refusal.legal_basis) {
            if (!base::has_name(detail.legal_basis, source)) {
                detail.legal_basis.push_back(source);
            }
        }
    }
    return detail;
}

Result<void> check_event_known(const DecideContext& context, const Command& command,
                               const TransitionDefinition* transition) {
    if (transition != nullptr && !transition->by.empty()) {
        return {};
    }
    const auto& state = context.facts.own.record.instance.state;
    base::Error error{ErrorCode::event_not_available,
                      fmt::format("Nello stato {} l'atto {} non è previsto.",
                                  quote_state(context.definition, state),
                                  fmt::format("«{}»", definition::readable_name(command.event))),
                      {}};
    for (const AvailableEvent& own : available_events(context, command.actor)) {
        error.details.push_back(describe_available(own));
    }
    if (error.details.empty()) {
        error.message_it += " Con questo ruolo ora non c'è nessun atto da compiere.";
    }
    return fail(std::move(error));
}

/// When an act took place is stated by the office that received it, never by the body that would
/// gain from an earlier date.
Result<void> check_stated_time(const DecideContext& context, const Command& command) {
    const auto* role = context.definition.roles.find(command.actor.role);
    const bool is_office = role != nullptr && role->scope != definition::RoleScope::party;
    if (!command.occurred_at || is_office) {
        return {};
    }
    return fail(ErrorCode::forbidden,
                "La data in cui l'atto è avvenuto la indica solo l'ufficio che lo ha ricevuto.");
}

const Actor& the_system() {
    static const Actor kSystem = system_actor();
    return kSystem;
}

/// Where a passed deadline leads, when the present state waits for it.
Result<void> take_after_branch(const DecideContext& context, PlanBuilder& builder,
                               const std::string& deadline, std::string& title) {
    static const base::Fields kNoPayload;
    const auto* state = context.definition.states.find(context.facts.own.record.instance.state);
    const auto* branches = state->after.find(deadline);
    if (branches == nullptr && !state->is_final) {
        branches = context.definition.after.find(deadline);
    }
    if (branches == nullptr) {
        return {};
    }
    const DecideContext after{context.definition, builder.facts(), context.checks};
    const auto& legal_basis = context.definition.deadlines.find(deadline)->legal_basis;
    const Choice choice = choose(after, *branches, legal_basis, the_system(), kNoPayload);
    if (choice.branch == nullptr) {
        return {};
    }
    title = choice.branch->title.empty() ? title : choice.branch->title;
    auto done = builder.run(choice.branch->actions);
    return done ? builder.enter(choice.branch->target) : done;
}

}  // namespace

Result<const Branch*> foresee_branch(const DecideContext& context, const Command& command) {
    if (auto stated = check_stated_time(context, command); !stated) {
        return fail(stated.error());
    }
    const auto& state = context.facts.own.record.instance.state;
    const auto* transition = context.definition.find_transition(state, command.event);
    if (auto known = check_event_known(context, command, transition); !known) {
        return fail(known.error());
    }
    if (auto allowed = check_actor(context, command.actor, transition->by, transition->title);
        !allowed) {
        return fail(allowed.error());
    }
    if (auto valid = check_payload(context.definition, command.payload, transition->takes,
                                   transition->may_take);
        !valid) {
        return fail(valid.error());
    }
    const Choice choice = choose(context, transition->branches, transition->legal_basis,
                                 command.actor, command.payload);
    if (choice.branch == nullptr) {
        return fail({ErrorCode::guard_failed,
                     fmt::format("L'atto «{}» ora non è ammesso.", transition->title),
                     choice.refusals});
    }
    return choice.branch;
}

Result<Plan> decide_event(const DecideContext& context, const Command& command) {
    if (is_builtin_event(command.event)) {
        auto stated = check_stated_time(context, command);
        return stated ? decide_builtin_event(context, command) : fail(stated.error());
    }
    const auto branch = foresee_branch(context, command);
    if (!branch) {
        return fail(branch.error());
    }
    const auto& state = context.facts.own.record.instance.state;
    const auto* transition = context.definition.find_transition(state, command.event);
    auto plan = plan_branch(context, **branch, transition->legal_basis, command.actor,
                            command.payload, command.event, find_besides(context, command.actor));
    if (plan && plan->title.empty()) {
        plan->title = transition->title;
    }
    return plan;
}

Result<Plan> decide_opening(const DecideContext& context, const Command& command, bool by_person) {
    static const definition::OpeningDefinition kClosed{};
    const auto& opening = context.definition.opening ? *context.definition.opening : kClosed;
    if (by_person) {
        if (auto stated = check_stated_time(context, command); !stated) {
            return fail(stated.error());
        }
        if (auto allowed = check_actor(context, command.actor, opening.by, "Apri"); !allowed) {
            return fail(allowed.error());
        }
        if (auto valid =
                check_payload(context.definition, command.payload, opening.takes, opening.may_take);
            !valid) {
            return fail(valid.error());
        }
    }
    PlanBuilder builder(context, command.actor, command.payload, context.definition.legal_basis);
    if (auto done = builder.add(InstanceOpened{context.facts.own.record.instance}); !done) {
        return fail(done.error());
    }
    if (auto done = builder.keep_payload(); !done) {
        return fail(done.error());
    }
    if (auto done = builder.enter(context.definition.initial); !done) {
        return fail(done.error());
    }
    Plan plan = std::move(builder).take();
    plan.title = context.definition.title;
    return plan;
}

Result<Plan> decide_deadline(const DecideContext& context, const DeadlineKey& key) {
    using definition::DeadlineKind;
    static const base::Fields kNoPayload;
    const auto& deadlines = context.facts.own.record.deadlines;
    const auto row = deadlines.find(key);
    base::ensure(row != deadlines.end(), "only deadlines that exist are due");
    const bool is_reminder = !row->second.reminds_of.empty();
    const std::string& name = is_reminder ? row->second.reminds_of : key.name;
    const auto* definition = context.definition.deadlines.find(name);
    base::ensure(definition != nullptr, "lint checks the names of deadlines");
    PlanBuilder builder(context, the_system(), kNoPayload, definition->legal_basis);
    const DeadlineKind kind = row->second.kind;
    const bool is_obligation = kind == DeadlineKind::obligation || kind == DeadlineKind::recurring;
    auto done = builder.add(
        DeadlineEnded{key.name, key.occurrence,
                      is_obligation ? DeadlineStatus::missed : DeadlineStatus::expired});
    std::string title = definition->title;
    if (done && is_reminder) {
        done = builder.run({{definition::SendMessage{definition->reminder}, std::nullopt}});
        title = fmt::format("Promemoria: {}", definition->title);
    } else if (done) {
        done = builder.run(definition->on_due);
        done = done ? take_after_branch(context, builder, name, title) : done;
    }
    if (done && kind == DeadlineKind::recurring) {
        done = builder.repeat_deadline(name);
    }
    if (!done) {
        return fail(done.error());
    }
    Plan plan = std::move(builder).take();
    plan.title = title;
    return plan;
}

Result<std::optional<Plan>> decide_signal(const DecideContext& context, const std::string& event,
                                          const base::Fields& payload, const Actor& actor) {
    const auto& state = context.facts.own.record.instance.state;
    const auto* transition = context.definition.find_transition(state, event);
    if (transition == nullptr) {
        return std::optional<Plan>{};
    }
    // Only what the transition takes crosses from one machine to another.
    base::Fields taken;
    for (const auto& [field, json] : payload) {
        const auto names = [&](const auto& list) {
            return std::find(list.begin(), list.end(), field) != list.end();
        };
        if (names(transition->takes) || names(transition->may_take)) {
            taken.emplace(field, json);
        }
    }
    const Choice choice =
        choose(context, transition->branches, transition->legal_basis, actor, taken);
    if (choice.branch == nullptr) {
        return std::optional<Plan>{};
    }
    // What a relative sends without all that is needed leaves this one as it is.
    if (!check_payload(context.definition, taken, transition->takes, transition->may_take)) {
        return std::optional<Plan>{};
    }
    auto plan =
        plan_branch(context, *choice.branch, transition->legal_basis, actor, taken, event, {});
    if (!plan) {
        return fail(plan.error());
    }
    if (plan->title.empty()) {
        plan->title = transition->title;
    }
    return std::optional<Plan>(std::move(*plan));
}

Result<std::optional<Plan>> decide_automatic(const DecideContext& context) {
    static const base::Fields kNoPayload;
    const auto* state = context.definition.states.find(context.facts.own.record.instance.state);
    base::ensure(state != nullptr, "an instance is always in a state of its definition");
    if (state->automatic.empty()) {
        return std::optional<Plan>{};
    }
    const Choice choice = choose(context, state->automatic, {}, the_system(), kNoPayload);
    if (choice.branch == nullptr) {
        return std::optional<Plan>{};
    }
    auto plan = plan_branch(context, *choice.branch, {}, the_system(), kNoPayload, "", {});
    if (!plan) {
        return fail(plan.error());
    }
    return std::optional<Plan>(std::move(*plan));
}

std::vector<AvailableEvent> available_events(const DecideContext& context, const Actor& actor) {
    static const base::Fields kNoPayload;
    const auto& state = context.facts.own.record.instance.state;
    std::vector<AvailableEvent> events;
    for (const std::string& event : context.definition.events_of(state)) {
        const auto* transition = context.definition.find_transition(state, event);
        if (!check_actor(context, actor, transition->by, transition->title)) {
            continue;
        }
        Choice choice = choose(context, transition->branches, transition->legal_basis, actor,
                               kNoPayload, false);
        events.push_back({event, transition->title, std::move(choice.refusals)});
        if (choice.branch != nullptr) {
            events.back().refusals.clear();
        }
    }
    return events;
}

}  // namespace engine::machine
