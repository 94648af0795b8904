// SPDX-License-Identifier: EUPL-1.2
// What a walker's commands say, and where it moves the clock.
#include <fmt/format.h>

#include <algorithm>

#include "engine/base/sha256.h"
#include "engine/calendar/local_time.h"
#include "tests/simulation/walker.h"
#include "tests/support/world.h"

namespace tests::simulation {

using engine::base::Instant;
using engine::machine::Actor;
namespace machine = engine::machine;
namespace definition = engine::definition;
namespace calendar = engine::calendar;

namespace {

/// Most tries to find an act that is worth trying.
constexpr int kEventTries = 4;
constexpr std::int64_t kMinuteMs = 60 * 1000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;
/// A jump to a change of the hour or of the year is not taken from further away than this.
constexpr std::int64_t kNearMs = 75 * kDayMs;

const std::vector<Instant>& hour_changes() {
    static const std::vector<Instant> kChanges{
        at("2025-03-30T03:00"),       at("2025-10-26T02:00+01:00"), at("2026-03-29T03:00"),
        at("2026-10-25T02:00+01:00"), at("2027-03-28T03:00"),       at("2027-10-31T02:00+01:00")};
    return kChanges;
}

Instant moved(Instant instant, std::int64_t ms) {
    return {instant.utc_ms + ms};
}

std::string make_sha256(Dice& dice) {
    return engine::base::sha256_hex(dice.pick_word({"a", "b", "c"}));
}

}  // namespace

Instant Walker::choose_instant(SimulatedWorld& world) {
    const Instant now = world.now();
    const std::int64_t edge = dice_.between(-1, 1);
    const auto today = calendar::legal_date_of(now);
    switch (dice_.below(12)) {
        case 0:
        case 1:
        case 2:
        case 3: {
            const auto next = world.engine().queries().next_bound();
            return next && *next ? moved(**next, edge) : moved(now, kDayMs);
        }
        case 4: return moved(calendar::start_of_day(today.plus_days(1)), edge);
        case 5:
            for (const Instant change : hour_changes()) {
                if (change > now && change.utc_ms - now.utc_ms < kNearMs) {
                    return moved(change, edge * dice_.between(1, 40 * static_cast<int>(kMinuteMs)));
                }
            }
            return moved(now, kMinuteMs);
        case 6: {
            const auto year = calendar::parse_legal_date(fmt::format("{}-01-01", today.year() + 1));
            const Instant start = calendar::start_of_day(*year);
            return start.utc_ms - now.utc_ms < kNearMs ? moved(start, edge) : moved(now, kDayMs);
        }
        case 7: return moved(now, dice_.between(5, 60) * kDayMs);
        case 8: return moved(now, dice_.chance(20) ? dice_.between(100, 500) * kDayMs : kDayMs);
        default: return moved(now, dice_.between(1, 600) * kMinuteMs);
    }
}

Step Walker::move_clock(SimulatedWorld& world) {
    Step step;
    step.kind = StepKind::move_clock;
    step.until = std::max(choose_instant(world), world.now());
    return step;
}

Actor Walker::make_actor(const definition::WorkflowDefinition& one, const Record& record,
                         std::vector<std::string> roles) {
    if (roles.empty() || dice_.chance(5)) {
        roles.clear();
        for (const auto& [name, role] : one.roles) {
            roles.push_back(name);
        }
        roles.emplace_back("nessuno");
    }
    Actor actor;
    actor.role = dice_.pick(roles);
    const auto* role = one.roles.find(actor.role);
    const bool is_body = role != nullptr && role->scope == definition::RoleScope::party;
    actor.person = fmt::format("{}{}", is_body ? "e" : "p", dice_.between(1, 3));
    if (is_body) {
        actor.party = record.instance.party.empty() || dice_.chance(7) ? dice_.pick(rules_.parties)
                                                                       : record.instance.party;
    } else {
        actor.office = dice_.chance(4) ? dice_.pick(rules_.offices) : record.instance.office;
    }
    if (dice_.chance(1)) {
        actor.person.clear();
    }
    return actor;
}

void Walker::add_transition(const definition::WorkflowDefinition& one,
                            const definition::TransitionDefinition& transition, Command& command) {
    const auto today = calendar::legal_date_of(command.received_at);
    const auto add = [&](const std::string& name) {
        command.payload[name] = make_value(dice_, *one.fields.find(name), name, rules_.pool, today);
    };
    for (const std::string& name : transition.takes) {
        if (!dice_.chance(2)) {
            add(name);
        }
    }
    for (const std::string& name : transition.may_take) {
        if (dice_.chance(50)) {
            add(name);
        }
    }
    if (dice_.chance(2)) {
        command.payload["sconosciuto"] = "1";
    }
}

void Walker::add_document(const definition::WorkflowDefinition& one, Command& command) {
    std::vector<std::string> names{"inesistente"};
    for (const auto& [name, document] : one.documents) {
        names.insert(names.end(), {name, name, name});
    }
    const std::string name = dice_.pick(names);
    const auto* document = one.documents.find(name);
    command.event = machine::kEventRecordDocument;
    command.payload["documento"] = engine::base::render_text(name);
    command.payload["sha256"] =
        engine::base::render_text(dice_.chance(5) ? "non è un'impronta" : make_sha256(dice_));
    if (document != nullptr && !document->signed_by.empty() && dice_.chance(70)) {
        command.payload["firmato_da"] =
            engine::base::render_text(dice_.chance(5) ? "un altro" : document->signed_by);
    }
}

void Walker::add_task(const Record& record, Command& command) {
    std::vector<std::string> ids{"inesistente"};
    for (const auto& [id, task] : record.tasks) {
        ids.insert(ids.end(), {id, id, id});
    }
    const std::string id = dice_.pick(ids);
    command.event = dice_.pick_word({machine::kEventTakeTask, machine::kEventCompleteTask,
                                     machine::kEventCompleteTask, machine::kEventHandOverTask,
                                     machine::kEventReturnTask});
    command.payload["compito"] = engine::base::render_text(id);
    if (command.event == machine::kEventHandOverTask && dice_.chance(90)) {
        command.payload["assegnatario"] = engine::base::render_text("p2");
    }
}

/// Mostly one that somebody may cause, and seldom the end: what has ended is dull.
std::string Walker::choose_event(const definition::WorkflowDefinition& one,
                                 const std::string& state, const std::vector<std::string>& events) {
    for (int tries = 0; tries < kEventTries; ++tries) {
        const std::string event = dice_.pick(events);
        const auto* transition = one.find_transition(state, event);
        const auto& target = transition->branches.front().target;
        const auto* entered = one.states.find(target);
        const bool ends = entered != nullptr && entered->is_final;
        const bool leads_back = target == "@previous" || event == "sospendi";
        if (dice_.chance(ends ? 12 : transition->by.empty() ? 5 : leads_back ? 30 : 100)) {
            return event;
        }
    }
    return dice_.pick(events);
}

void Walker::add_event(const definition::WorkflowDefinition& one, const Record& record,
                       Command& command) {
    const auto events = one.events_of(record.instance.state);
    const int roll = dice_.between(1, 100);
    std::vector<std::string> roles;
    if (roll <= 78 && !events.empty()) {
        command.event = choose_event(one, record.instance.state, events);
        const auto* transition = one.find_transition(record.instance.state, command.event);
        roles = transition->by;
        add_transition(one, *transition, command);
    } else if (roll <= 88) {
        add_document(one, command);
        const auto name = engine::base::read_text(command.payload["documento"]).value_or("");
        const auto* document = one.documents.find(name);
        roles = document == nullptr ? roles : document->by;
    } else if (roll <= 95) {
        add_task(record, command);
        const auto id = engine::base::read_text(command.payload["compito"]).value_or("");
        const auto found = record.tasks.find(id);
        if (found != record.tasks.end()) {
            roles = {found->second.role};
        }
    } else {
        command.event = dice_.pick_word({"avanza", "atto_a", "chiudi", "segnale_a", "inventato",
                                         "engine:open", "engine:deadline:chiusura0",
                                         "engine:message_sent", "engine:automatic", ""});
    }
    command.actor = make_actor(one, record, roles);
}

}  // namespace tests::simulation
