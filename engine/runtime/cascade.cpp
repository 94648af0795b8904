// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/cascade.h"

#include <fmt/format.h>

#include <utility>

#include "engine/base/ensure.h"
#include "engine/base/make_id.h"
#include "engine/base/sha256.h"
#include "engine/machine/payload.h"

namespace engine::runtime {
namespace {

using base::fail;
using base::Result;
using machine::Effect;

/// The child's own part of what came with the event, checked against the child's own schemas.
Result<void> check_child_payload(const definition::WorkflowDefinition& definition,
                                 const base::Fields& payload) {
    base::Fields known;
    std::vector<std::string> names;
    for (const auto& [field, json] : payload) {
        if (definition.fields.contains(field)) {
            known.emplace(field, json);
            names.push_back(field);
        }
    }
    return machine::check_payload(definition, known, {}, names);
}

}  // namespace

Cascade::Cascade(store::UnitOfWork& unit, const RuntimeParts& parts) : unit_(unit), parts_(parts) {}

/// Gives what only the transaction can: salts with their keyed hashes, and registration numbers.
void Cascade::complete_effects(std::vector<Effect>& effects, const machine::Instance& own) {
    for (Effect& effect : effects) {
        if (auto* value = std::get_if<machine::ValueSet>(&effect)) {
            value->salt = base::random_hex(parts_.random);
            value->hash = base::keyed_sha256_hex(value->salt, value->value_json);
        } else if (auto* registered = std::get_if<machine::Registered>(&effect)) {
            auto& row = registered->registration;
            row.number = unit_.next_number(own.office, row.register_name, row.year);
        }
    }
}

Result<Cascade::Cause> Cascade::apply(const Act& act, const LoadedFacts& loaded,
                                      const machine::Plan& plan, const Cause& cause) {
    machine::InstanceRecord record = loaded.facts.own.record;
    machine::JournalEntry entry;
    entry.root = record.instance.root;
    entry.instance = record.instance.id;
    entry.event = act.event;
    entry.title = plan.title;
    entry.person = act.actor.person;
    entry.role = act.actor.role;
    entry.cause = cause.position;
    if (cause.position != 0 && cause.root != record.instance.root) {
        entry.cause_root = cause.root;
    }
    entry.received_at = act.times.received_at;
    entry.begun_at = act.begun_at;
    entry.occurred_at = act.occurred_at;
    entry.recorded_at = parts_.clock.now();
    entry.effects = plan.effects;
    complete_effects(entry.effects, record.instance);
    if (auto done = machine::fold_entry(record, entry); !done) {
        return fail(done.error());
    }
    return Cause{record.instance.root, unit_.append(std::move(entry), record)};
}

/// What may follow by itself: automatic transitions of the instance, of those above it (which count
/// it) and of those below it (which look at its state).
void Cascade::watch(const LoadedFacts& loaded, const Cause& cause) {
    const auto& own = loaded.facts.own.record.instance;
    queue({FollowUp::Kind::automatic, own.id, "", {}, cause, {}});
    for (base::InstanceId above = own.parent; !above.empty();) {
        queue({FollowUp::Kind::automatic, above, "", {}, cause, {}});
        const auto snapshot = unit_.find_snapshot(above);
        above = snapshot ? snapshot->record.instance.parent : base::InstanceId{};
    }
    for (const auto& relative : loaded.facts.descendants) {
        if (relative.parent == own.id && !relative.is_final) {
            queue({FollowUp::Kind::automatic, relative.id, "", {}, cause, {}});
        }
    }
}

Result<void> Cascade::open_child(const Act& act, const LoadedFacts& parent,
                                 const machine::ChildOpening& opening, const Cause& cause) {
    const auto* child = parent.definition->children.find(opening.list);
    base::ensure(child != nullptr, "lint checks the names of children");
    const auto definition = parts_.catalog.find(child->family, child->machine, child->version);
    base::ensure(definition != nullptr, "lint checks that the child's definition is there");
    if (auto valid = check_child_payload(*definition, opening.payload); !valid) {
        return valid;
    }
    const auto& above = parent.facts.own.record.instance;
    machine::Instance own;
    own.id = base::InstanceId{base::make_id(parts_.random, act.times.received_at)};
    own.root = definition->is_root ? own.id : above.root;
    own.parent = above.id;
    own.family = definition->family;
    own.machine = definition->machine;
    own.list = opening.list;
    own.definition_sha256 = definition->sha256;
    own.office = opening.office;
    own.party = opening.party;
    own.initiative_sha256 = above.initiative_sha256;
    own.opened_at = act.times.received_at;
    const LoadedFacts loaded = facts_for_opening(unit_, parts_.catalog, own, definition, act.times);
    machine::Command command;
    command.event = machine::kEventOpen;
    command.actor = act.actor;
    command.payload = opening.payload;
    auto plan = machine::decide_opening({*definition, loaded.facts, parts_.checks}, command, false);
    if (!plan) {
        return fail(plan.error());
    }
    Act opening_act = act;
    opening_act.event = machine::kEventOpen;
    auto here = apply(opening_act, loaded, *plan, cause);
    if (!here) {
        return fail(here.error());
    }
    opened_.push_back(own.id);
    queue_follow_ups(opening_act, loaded, *plan, *here);
    if (!opening.event.empty()) {
        queue({FollowUp::Kind::signal, own.id, opening.event, opening.payload, *here, {}});
    }
    queue({FollowUp::Kind::automatic, own.id, "", {}, *here, {}});
    return {};
}

/// Children to open and relatives to tell, later and in order: nothing is opened inside an opening,
/// so that the bound on steps bounds this too.
void Cascade::queue_follow_ups(const Act& act, const LoadedFacts& loaded, const machine::Plan& plan,
                               const Cause& here) {
    const auto& own = loaded.facts.own.record.instance;
    for (const auto& opening : plan.openings) {
        queue({FollowUp::Kind::opening,
               own.id,
               "",
               {},
               here,
               std::make_shared<PendingOpening>(PendingOpening{act, opening})});
    }
    for (const auto& signal : plan.signals) {
        queue({FollowUp::Kind::signal, signal.target, signal.event, signal.payload, here, {}});
    }
}

/// Most states have none, and then nothing else of the instance need be read.
bool Cascade::has_automatic(const base::InstanceId& id) {
    const auto snapshot = unit_.find_snapshot(id);
    base::ensure(snapshot.has_value(), "instances are never deleted");
    const auto& instance = snapshot->record.instance;
    const auto definition = parts_.catalog.find_by_hash(instance.definition_sha256);
    base::ensure(definition != nullptr, "start-up takes over every stored definition");
    const auto* state = definition->states.find(instance.state);
    base::ensure(state != nullptr, "an instance is always in a state of its definition");
    return !state->automatic.empty();
}

Result<void> Cascade::follow(const Act& act, const FollowUp& step) {
    if (step.kind == FollowUp::Kind::automatic && !has_automatic(step.target)) {
        return {};
    }
    const auto loaded = load_facts(unit_, parts_.catalog, step.target, act.times);
    base::ensure(loaded.has_value(), "instances are never deleted");
    if (step.kind == FollowUp::Kind::opening) {
        return open_child(step.opening->act, *loaded, step.opening->opening, step.cause);
    }
    const machine::DecideContext context{*loaded->definition, loaded->facts, parts_.checks};
    const bool is_signal = step.kind == FollowUp::Kind::signal;
    auto plan = is_signal ? machine::decide_signal(context, step.event, step.payload, act.actor)
                          : machine::decide_automatic(context);
    if (!plan) {
        return fail(plan.error());
    }
    if (!*plan) {
        return {};
    }
    // What follows is the system's doing, with its cause: nobody is charged with it.
    Act follow_act = act;
    follow_act.event = is_signal ? step.event : machine::kEventAutomatic;
    follow_act.actor = machine::system_actor();
    return apply_with_follow_ups(follow_act, *loaded, **plan, step.cause);
}

Result<void> Cascade::apply_with_follow_ups(const Act& act, const LoadedFacts& loaded,
                                            const machine::Plan& plan, const Cause& cause) {
    auto here = apply(act, loaded, plan, cause);
    if (!here) {
        return fail(here.error());
    }
    queue_follow_ups(act, loaded, plan, *here);
    watch(loaded, *here);
    return {};
}

Result<void> Cascade::record(const Act& act, const LoadedFacts& loaded, const machine::Plan& plan) {
    auto here = apply(act, loaded, plan, {});
    return here ? Result<void>{} : Result<void>(fail(here.error()));
}

void Cascade::queue(FollowUp step) {
    step.is_by_itself = is_by_itself_ || step.kind == FollowUp::Kind::automatic;
    queue_.push_back(std::move(step));
}

tl::unexpected<base::Error> Cascade::fail_endless() {
    is_endless_ = true;
    return fail(base::ErrorCode::internal,
                "L'atto ne provoca altri senza fine: la definizione va corretta. Nulla è stato "
                "scritto.");
}

/// Takes the steps in order until none is left.
Result<void> Cascade::follow_all(const Act& act) {
    while (!queue_.empty()) {
        if (steps_++ == kMaxCascadeSteps) {
            return fail_endless();
        }
        const FollowUp step = std::move(queue_.front());
        queue_.pop_front();
        is_by_itself_ = step.is_by_itself;
        const bool is_alone = is_careful_ && step.kind == FollowUp::Kind::automatic;
        if (auto done = is_alone ? follow_alone(act, step) : follow(act, step); !done) {
            has_failed_by_itself_ = step.is_by_itself && !is_endless_;
            return done;
        }
    }
    return {};
}

/// An automatic transition with all that it causes, whole or not at all, before what waits.
Result<void> Cascade::follow_alone(const Act& act, const FollowUp& step) {
    if (nested_ == kMaxNestedAutomatics) {
        return fail_endless();
    }
    auto waiting = std::exchange(queue_, {});
    const std::size_t opened = opened_.size();
    ++nested_;
    Result<void> done;
    unit_.in_savepoint([&] {
        done = follow(act, step);
        done = done ? follow_all(act) : done;
        return done.has_value();
    });
    --nested_;
    queue_ = std::move(waiting);
    if (done || is_endless_) {
        return done;
    }
    opened_.resize(opened);
    return record_failed(act, step, done.error());
}

/// It is tried again with the next change; until then the journal says why it did not happen.
Result<void> Cascade::record_failed(const Act& act, const FollowUp& step,
                                    const base::Error& error) {
    const auto loaded = load_facts(unit_, parts_.catalog, step.target, act.times);
    machine::Plan plan;
    plan.title = fmt::format("Passaggio automatico non riuscito: {}", error.message_it);
    Act failed = act;
    failed.event = machine::kEventAutomaticFailed;
    failed.actor = machine::system_actor();
    auto here = apply(failed, *loaded, plan, step.cause);
    return here ? Result<void>{} : Result<void>(fail(here.error()));
}

Result<void> Cascade::run(const Act& act, const LoadedFacts& loaded, const machine::Plan& plan) {
    queue_.clear();
    opened_.clear();
    steps_ = 0;
    is_by_itself_ = false;
    auto done = apply_with_follow_ups(act, loaded, plan, {});
    return done ? follow_all(act) : done;
}

Result<void> Cascade::carry_out(const Act& act, const LoadedFacts& loaded, machine::Plan plan) {
    Result<void> done;
    unit_.in_savepoint([&] {
        done = run(act, loaded, plan);
        return done.has_value();
    });
    if (done || !has_failed_by_itself_) {
        return done;
    }
    is_careful_ = true;
    return run(act, loaded, plan);
}

}  // namespace engine::runtime
