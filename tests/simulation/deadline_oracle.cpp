// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/deadline_oracle.h"

#include <fmt/format.h>

#include "engine/calendar/local_time.h"

namespace tests::simulation {

using engine::base::Instant;
using engine::machine::Deadline;
using engine::machine::DeadlineStatus;
using engine::machine::InstanceRecord;
using engine::machine::JournalEntry;
namespace definition = engine::definition;

namespace {

const Deadline* find_deadline(const Shadow& shadow, const InstanceRecord& record,
                              const definition::Reference& reference) {
    const InstanceRecord* owner = &record;
    if (reference.of == definition::Relation::parent) {
        owner = shadow.find(record.instance.parent);
    } else if (reference.of == definition::Relation::root) {
        owner = shadow.find(record.instance.root);
    }
    const Deadline* latest = nullptr;
    for (const auto& [key, deadline] : owner->deadlines) {
        if (key.name == reference.name) {
            latest = &deadline;  // occurrences come in order
        }
    }
    return latest;
}

/// What the guard asks of deadlines in any case: its own conditions and those of `all`.
std::string find_broken(const Shadow& shadow, const InstanceRecord& record,
                        const definition::Guard& guard, Instant at) {
    if (guard.kind == definition::GuardKind::all) {
        for (const auto& part : guard.parts) {
            if (auto broken = find_broken(shadow, record, part, at); !broken.empty()) {
                return broken;
            }
        }
    }
    if (guard.kind != definition::GuardKind::predicate) {
        return "";
    }
    if (const auto* open = std::get_if<definition::DeadlineOpen>(&*guard.predicate)) {
        const Deadline* deadline = find_deadline(shadow, record, open->deadline);
        const bool is_open = deadline != nullptr && deadline->status != DeadlineStatus::cancelled &&
                             (!deadline->bound || at < *deadline->bound);
        return is_open ? "" : fmt::format("dopo il termine {}", open->deadline.name);
    }
    if (const auto* passed = std::get_if<definition::DeadlinePassed>(&*guard.predicate)) {
        const Deadline* deadline = find_deadline(shadow, record, passed->deadline);
        const bool is_over = deadline != nullptr && deadline->bound && at >= *deadline->bound;
        return is_over ? "" : fmt::format("prima che passi il termine {}", passed->deadline.name);
    }
    return "";
}

std::string find_untimely_act(const Shadow& shadow, const InstanceRecord& record,
                              const definition::WorkflowDefinition& machine,
                              const JournalEntry& entry) {
    const auto* transition = machine.find_transition(record.instance.state, entry.event);
    if (transition == nullptr) {
        return fmt::format("atto {} che lo stato {} non conosce", entry.event,
                           record.instance.state);
    }
    const Instant at = entry.occurred_at.value_or(entry.received_at);
    std::string broken = "nessun ramo ha il titolo della riga";
    for (const auto& branch : transition->branches) {
        if ((branch.title.empty() ? transition->title : branch.title) != entry.title) {
            continue;
        }
        broken = branch.guard ? find_broken(shadow, record, *branch.guard, at) : "";
        if (broken.empty()) {
            return "";
        }
    }
    return fmt::format("{} («{}»): accolto {}", entry.event, entry.title, broken);
}

std::string find_untimely_deadline(const InstanceRecord& record, const JournalEntry& entry) {
    const auto* ended = entry.effects.empty()
                            ? nullptr
                            : std::get_if<engine::machine::DeadlineEnded>(&entry.effects.front());
    if (ended == nullptr) {
        return fmt::format("{} non dice quale termine finisce", entry.event);
    }
    const auto found = record.deadlines.find({ended->name, ended->occurrence});
    const bool is_running = found != record.deadlines.end() &&
                            found->second.status == DeadlineStatus::running &&
                            found->second.bound == entry.received_at;
    const bool is_due = entry.received_at <= entry.recorded_at;
    return is_running && is_due ? "" : fmt::format("{} non scadeva in quel momento", entry.event);
}

}  // namespace

std::string find_untimely(const Shadow& shadow, const definition::Catalog& catalog,
                          const JournalEntry& entry) {
    const InstanceRecord* record = shadow.find(entry.instance);
    if (entry.event.starts_with(engine::machine::kEventDeadline)) {
        return record == nullptr ? "scadenza di nessuno" : find_untimely_deadline(*record, entry);
    }
    if (entry.person.empty() || entry.event.starts_with("engine:")) {
        return "";
    }
    const auto machine = catalog.find_by_hash(record->instance.definition_sha256);
    return find_untimely_act(shadow, *record, *machine, entry);
}

}  // namespace tests::simulation
