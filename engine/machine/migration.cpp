// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/migration.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/machine/payload.h"
#include "engine/machine/plan_builder.h"

namespace engine::machine {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

Result<void> check_takes_over(const DecideContext& next,
                              const definition::WorkflowDefinition& from) {
    const auto& migration = next.definition.migration;
    const bool is_from =
        migration && std::count(migration->from.begin(), migration->from.end(), from.version) != 0;
    if (is_from) {
        return {};
    }
    return fail(ErrorCode::event_not_available,
                fmt::format("La versione {} non prende in carico i procedimenti della {}.",
                            next.definition.version, from.version));
}

/// What runs must still have a name in the new version.
Result<void> check_known(const DecideContext& next, const std::string& state) {
    const auto lost = [&](std::string_view what, std::string_view name) {
        return fail(ErrorCode::event_not_available,
                    fmt::format("La versione {} non conosce più {} «{}»: il passaggio va previsto "
                                "nella definizione.",
                                next.definition.version, what, name));
    };
    if (!next.definition.states.contains(state)) {
        return lost("lo stato", state);
    }
    const auto& record = next.facts.own.record;
    for (const auto& [key, deadline] : record.deadlines) {
        const std::string& name = deadline.reminds_of.empty() ? key.name : deadline.reminds_of;
        if (is_live(deadline.status) && !next.definition.deadlines.contains(name)) {
            return lost("il termine", name);
        }
    }
    for (const auto& [id, task] : record.tasks) {
        if (is_open(task.status) && !next.definition.tasks.contains(task.name)) {
            return lost("il compito", task.name);
        }
    }
    return {};
}

/// How the newer version calls the present state.
std::string state_after(const DecideContext& next, const std::string& state) {
    const auto renamed = next.definition.migration->states.find(state);
    return renamed == next.definition.migration->states.end() ? state : renamed->second;
}

std::string passage_title(const DecideContext& next) {
    return fmt::format("Passa alla versione {}", next.definition.version);
}

}  // namespace

Result<Plan> decide_migration(const DecideContext& next, const definition::WorkflowDefinition& from,
                              const Command& command) {
    const auto& instance = next.facts.own.record.instance;
    if (instance.is_final) {
        return fail(ErrorCode::event_not_available,
                    "Il procedimento è concluso: resta con la versione con cui è finito.");
    }
    if (auto takes_over = check_takes_over(next, from); !takes_over) {
        return fail(takes_over.error());
    }
    const auto& migration = *next.definition.migration;
    if (auto allowed = check_actor(next, command.actor, migration.by, "Passa a un'altra versione");
        !allowed) {
        return fail(allowed.error());
    }
    auto act = read_line(command.payload, "atto",
                         "Serve l'atto che dispone il passaggio di versione, in una riga: numero e "
                         "data.");
    const std::string state = state_after(next, instance.state);
    auto known = act ? check_known(next, state) : Result<void>(fail(act.error()));
    if (!known) {
        return fail(known.error());
    }
    static const base::Fields kNoPayload;
    PlanBuilder builder(next, command.actor, kNoPayload, next.definition.legal_basis);
    auto done = builder.add(Migrated{next.definition.sha256, next.definition.version, *act});
    if (done && state != instance.state) {
        done = builder.add(StateEntered{state, next.definition.states.find(state)->is_final});
    }
    done = done ? builder.run(migration.actions) : done;
    if (!done) {
        return fail(done.error());
    }
    Plan plan = std::move(builder).take();
    plan.title = passage_title(next);
    return plan;
}

std::optional<AvailableEvent> offer_migration(const DecideContext& next,
                                              const definition::WorkflowDefinition& from,
                                              const Actor& actor) {
    const auto& instance = next.facts.own.record.instance;
    const bool may_order = !instance.is_final && check_takes_over(next, from) &&
                           check_actor(next, actor, next.definition.migration->by, "").has_value();
    if (!may_order) {
        return std::nullopt;
    }
    AvailableEvent event{kEventMigrate, passage_title(next), {}};
    if (const auto known = check_known(next, state_after(next, instance.state)); !known) {
        event.refusals.push_back({"", "", known.error().message_it, {}});
    }
    return event;
}

}  // namespace engine::machine
