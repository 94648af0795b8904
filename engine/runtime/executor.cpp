// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/executor.h"

#include <fmt/format.h>

#include "engine/base/ensure.h"
#include "engine/base/make_id.h"
#include "engine/base/sha256.h"
#include "engine/calendar/local_time.h"
#include "engine/definition/sentences.h"
#include "engine/machine/decide.h"
#include "engine/machine/migration.h"
#include "engine/runtime/available.h"
#include "engine/runtime/outcome_json.h"

namespace engine::runtime {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using machine::Command;

machine::ActTimes times_of(const Command& command) {
    return machine::ActTimes::of_act(command.judged_at(), command.received_at);
}

/// Absent when it adds nothing: the request came all at once, or the clock was set back under it.
std::optional<base::Instant> begun_before(const Command& command) {
    return command.begun_at < command.received_at ? command.begun_at : std::nullopt;
}

/// The hash of all that makes a request what it is, its time apart: a retry comes later.
std::string request_hash(const Command& command) {
    std::string text = command.instance.text + '\n' + command.event + '\n' +
                       base::render_fields(command.payload) + '\n' + command.actor.role + '\n' +
                       command.actor.office + '\n' + command.actor.party;
    if (command.opening) {
        text += fmt::format("\n{}/{}@{} {} {}", command.opening->family, command.opening->machine,
                            command.opening->version, command.opening->office,
                            command.opening->initiative);
    }
    if (command.occurred_at) {
        text += fmt::format("\n{}", command.occurred_at->utc_ms);
    }
    return base::sha256_hex(text);
}

Result<LoadedFacts> load_opening(store::UnitOfWork& unit, const RuntimeParts& parts,
                                 const Command& command) {
    const auto& opening = *command.opening;
    const auto definition = parts.catalog.find(opening.family, opening.machine, opening.version);
    if (!definition || !definition->opening) {
        return fail(ErrorCode::not_found, fmt::format("Non c'è un procedimento «{}/{}» da aprire.",
                                                      opening.family, opening.machine));
    }
    machine::Instance own;
    own.id = base::InstanceId{base::make_id(parts.random, command.received_at)};
    own.root = own.id;
    own.family = definition->family;
    own.machine = definition->machine;
    own.definition_sha256 = definition->sha256;
    own.office = opening.office;
    own.opened_at = command.received_at;
    const auto* role = definition->roles.find(command.actor.role);
    if (role != nullptr && role->scope == definition::RoleScope::party) {
        own.party = command.actor.party;  // what a body opens belongs to it
    }
    if (!opening.initiative.empty()) {
        const auto initiative = parts.catalog.find_initiative(opening.initiative);
        if (!initiative) {
            return fail(ErrorCode::not_found,
                        fmt::format("Non c'è l'iniziativa «{}».", opening.initiative));
        }
        own.initiative_sha256 = initiative->sha256;
    }
    return facts_for_opening(unit, parts.catalog, own, definition, times_of(command));
}

/// The machines of those under the instance that still run, each once.
std::vector<definition::DefinitionPointer> load_machines_below(store::UnitOfWork& unit,
                                                               const RuntimeParts& parts,
                                                               const base::InstanceId& id) {
    std::map<std::string, definition::DefinitionPointer> machines;
    for (const machine::Relative& relative : unit.load_descendants(id)) {
        if (!relative.is_final) {
            const auto snapshot = unit.find_snapshot(relative.id);
            const auto& sha256 = snapshot->record.instance.definition_sha256;
            machines.emplace(sha256, parts.catalog.find_by_hash(sha256));
        }
    }
    std::vector<definition::DefinitionPointer> found;
    for (const auto& [sha256, definition] : machines) {
        found.push_back(definition);
    }
    return found;
}

Result<LoadedFacts> load_existing(store::UnitOfWork& unit, const RuntimeParts& parts,
                                  const Command& command) {
    auto loaded = load_facts(unit, parts.catalog, command.instance, times_of(command));
    if (!loaded) {
        return fail(ErrorCode::not_found, "Il procedimento non esiste.");
    }
    const std::int64_t version = loaded->facts.own.record.instance.version;
    if (command.expected_version && *command.expected_version != version) {
        return fail(
            ErrorCode::version_conflict,
            fmt::format("Nel frattempo il procedimento è cambiato (versione {}, non {}): va "
                        "riletto prima di decidere.",
                        version, *command.expected_version));
    }
    if (command.event == machine::kEventErase) {
        loaded->facts.machines_below = load_machines_below(unit, parts, command.instance);
    }
    return std::move(*loaded);
}

/// An act that took place before it was entered cannot have taken place in the future.
Result<void> check_times(const Command& command) {
    if (command.occurred_at && *command.occurred_at > command.received_at) {
        return fail({ErrorCode::invalid_input,
                     fmt::format("L'atto non può essere avvenuto dopo che è stato inserito ({}).",
                                 calendar::render_italian_instant(command.received_at)),
                     {{"/avvenuto_il", "maximum", "è nel futuro", {}}}});
    }
    return {};
}

/// Nor before there was anything to act on: the root. What is under it is often opened only to
/// enter what had come before (an application by PEC). An opening that was itself entered late
/// counts from when it took place.
Result<void> check_after_opening(store::UnitOfWork& unit, const Command& command,
                                 const machine::Instance& own) {
    if (!command.occurred_at || command.opening) {
        return {};
    }
    const auto beginning = unit.find_beginning(own.root);
    if (!beginning || *command.occurred_at >= *beginning) {
        return {};
    }
    return fail({ErrorCode::invalid_input,
                 fmt::format("L'atto non può essere avvenuto prima che il fascicolo fosse aperto "
                             "({}): va controllata la data. Se anche l'apertura è arrivata in "
                             "ufficio in un altro modo, va registrata con il suo giorno.",
                             calendar::render_italian_instant(*beginning)),
                 {{"/avvenuto_il", "minimum", "è prima dell'apertura", {}}}});
}

/// As the schema of definitions has it.
constexpr std::int64_t kMaxVersion = 10000;

Result<machine::Plan> decide_migration(const LoadedFacts& loaded, const RuntimeParts& parts,
                                       const Command& command) {
    const auto version = command.payload.find("versione");
    const auto number =
        version == command.payload.end() ? std::nullopt : base::read_integer(version->second);
    const auto& own = loaded.facts.own.record.instance;
    const auto next = number && *number > 0 && *number <= kMaxVersion
                          ? parts.catalog.find(own.family, own.machine, static_cast<int>(*number))
                          : nullptr;
    if (!next) {
        return fail(ErrorCode::not_found, "Non c'è questa versione della definizione.");
    }
    return machine::decide_migration({*next, loaded.facts, parts.checks}, *loaded.definition,
                                     command);
}

Result<machine::Plan> decide(const LoadedFacts& loaded, const RuntimeParts& parts,
                             const Command& command) {
    if (command.event == machine::kEventMigrate) {
        return decide_migration(loaded, parts, command);
    }
    const machine::DecideContext context{*loaded.definition, loaded.facts, parts.checks};
    return command.opening ? machine::decide_opening(context, command, true)
                           : machine::decide_event(context, command);
}

/// The number that the command gave to the instance, itself or by what followed: the last, when it
/// gave several; absent when it gave none, for an earlier one is not this act's.
std::optional<machine::Registration> number_given(const machine::InstanceRecord& before,
                                                  const machine::InstanceRecord& after) {
    const auto* last = after.find_last_registration();
    return last == nullptr || before.registrations == after.registrations ? std::nullopt
                                                                          : std::optional(*last);
}

Outcome make_outcome(store::UnitOfWork& unit, const RuntimeParts& parts, const Command& command,
                     const machine::InstanceRecord& before, std::string title,
                     std::vector<base::InstanceId> opened) {
    const auto loaded = load_facts(unit, parts.catalog, before.instance.id, times_of(command));
    const auto& record = loaded->facts.own.record;
    Outcome outcome;
    outcome.instance = record.instance.id;
    outcome.version = record.instance.version;
    outcome.state = record.instance.state;
    outcome.title = std::move(title);
    outcome.definition = loaded->definition;
    outcome.registration = number_given(before, record);
    outcome.opened = std::move(opened);
    outcome.available = list_available(*loaded, parts.catalog, parts.checks, command.actor);
    return outcome;
}

}  // namespace

Result<Outcome> execute_command(store::UnitOfWork& unit, const RuntimeParts& parts,
                                const Command& command) {
    if (command.actor.person.empty()) {
        return fail(ErrorCode::unauthenticated, "Non si sa chi compie l'atto.");
    }
    if (auto timely = check_times(command); !timely) {
        return fail(timely.error());
    }
    auto loaded =
        command.opening ? load_opening(unit, parts, command) : load_existing(unit, parts, command);
    if (!loaded) {
        return fail(loaded.error());
    }
    const machine::InstanceRecord& before = loaded->facts.own.record;
    auto plan = decide(*loaded, parts, command);
    // Who may not state a time is told that, not which time would do; who may is told what is wrong
    // with it before what the conditions make of it.
    const bool may_act = plan || plan.error().code != ErrorCode::forbidden;
    if (auto timely = check_after_opening(unit, command, before.instance); may_act && !timely) {
        return fail(timely.error());
    }
    if (!plan) {
        return fail(plan.error());
    }
    const std::string title = plan->title;
    Cascade cascade(unit, parts);
    auto done =
        cascade.carry_out({command.opening ? machine::kEventOpen : command.event, command.actor,
                           times_of(command), begun_before(command), command.occurred_at},
                          *loaded, std::move(*plan));
    if (!done) {
        return fail(done.error());
    }
    return make_outcome(unit, parts, command, before, title, cascade.opened());
}

Result<std::optional<Outcome>> find_earlier_outcome(store::UnitOfWork& unit,
                                                    const Command& command) {
    if (command.idempotency_key.empty()) {
        return std::optional<Outcome>{};
    }
    const auto stored = unit.find_answer(command.idempotency_key, command.actor.person);
    if (!stored) {
        return std::optional<Outcome>{};
    }
    if (stored->request_sha256 != request_hash(command)) {
        return fail(ErrorCode::invalid_input,
                    "La chiave di idempotenza è già stata usata per un'altra richiesta: ne serve "
                    "una nuova.");
    }
    auto outcome = parse_outcome(stored->answer);
    if (!outcome) {
        return fail(outcome.error());
    }
    return std::optional<Outcome>(std::move(*outcome));
}

void save_outcome(store::UnitOfWork& unit, const Command& command, const Outcome& outcome,
                  base::Instant now) {
    if (!command.idempotency_key.empty()) {
        unit.save_answer(command.idempotency_key, command.actor.person,
                         {request_hash(command), render_outcome(outcome)}, now);
    }
}

}  // namespace engine::runtime
