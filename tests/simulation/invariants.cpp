// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/invariants.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/ensure.h"
#include "engine/calendar/local_time.h"
#include "tests/simulation/deadline_oracle.h"

namespace tests::simulation {

using engine::base::Error;
using engine::base::ErrorCode;
using engine::base::InstanceId;
using engine::base::Result;
using engine::machine::Command;
using engine::machine::DeadlineStatus;
using engine::machine::InstanceRecord;
using engine::machine::JournalEntry;
using engine::machine::MessageStatus;
using engine::machine::TaskStatus;

namespace {

/// Refusals that people or the law can cause; any other is a defect.
bool is_expected(ErrorCode code) {
    switch (code) {
        case ErrorCode::malformed:
        case ErrorCode::invalid_input:
        case ErrorCode::unauthenticated:
        case ErrorCode::forbidden:
        case ErrorCode::not_found:
        case ErrorCode::event_not_available:
        case ErrorCode::guard_failed:
        case ErrorCode::task_needs_act:
        case ErrorCode::version_conflict:
        case ErrorCode::too_many_requests:
        case ErrorCode::busy: return true;
        case ErrorCode::invalid_query:
        case ErrorCode::unsupported_type:
        case ErrorCode::version_required:
        case ErrorCode::payload_too_large:
        case ErrorCode::storage_full:
        case ErrorCode::storage_corrupt:
        case ErrorCode::internal: return false;
    }
    return false;
}

bool is_same_request(const Command& a, const Command& b) {
    return a.instance == b.instance && a.event == b.event && a.payload == b.payload &&
           a.actor == b.actor && a.opening == b.opening && a.occurred_at == b.occurred_at;
}

/// Running or suspended: a missed obligation of an ended instance stays missed.
bool is_counting(DeadlineStatus status) {
    return status == DeadlineStatus::running || status == DeadlineStatus::suspended;
}

/// What an ended instance still has open.
std::string find_left_open(const engine::machine::InstanceRecord& record) {
    for (const auto& [id, task] : record.tasks) {
        if (engine::machine::is_open(task.status)) {
            return fmt::format("compito {} aperto in un procedimento concluso", task.name);
        }
    }
    for (const auto& [key, deadline] : record.deadlines) {
        if (is_counting(deadline.status)) {
            return fmt::format("termine {} in corso in un procedimento concluso", key.name);
        }
    }
    return "";
}

/// The first part of an instance that is not the same.
const char* find_difference(const InstanceRecord& one, const InstanceRecord& other) {
    return !(one.instance == other.instance)          ? "l'istanza"
           : one.deadlines != other.deadlines         ? "i termini"
           : one.tasks != other.tasks                 ? "i compiti"
           : one.documents != other.documents         ? "i documenti"
           : one.values != other.values               ? "i valori"
           : one.registrations != other.registrations ? "le registrazioni"
           : !(one.silences == other.silences)        ? "i silenzi"
                                                      : "i messaggi";
}

}  // namespace

std::string Invariants::begin() {
    for (const JournalEntry& entry : shadow_.take_new(world_)) {
        if (auto problem = take_entry(entry); !problem.empty()) {
            return problem;
        }
    }
    return "";
}

std::string Invariants::take_effect(const JournalEntry& entry,
                                    const engine::machine::Effect& effect) {
    if (const auto* registered = std::get_if<engine::machine::Registered>(&effect)) {
        const auto& row = registered->registration;
        if (row.year != engine::calendar::legal_date_of(entry.received_at).year()) {
            return fmt::format("numero {}/{} di un altro anno", row.number, row.year);
        }
        auto& numbers = numbers_[{row.office, row.register_name, row.year}];
        if (!numbers.insert(row.number).second) {
            return fmt::format("numero {}/{} dato due volte", row.number, row.year);
        }
    }
    if (const auto* queued = std::get_if<engine::machine::MessageQueued>(&effect)) {
        if (!messages_.emplace(queued->message.id.text, MessageStatus::queued).second) {
            return "due messaggi con lo stesso identificativo";
        }
    }
    if (const auto* sent = std::get_if<engine::machine::MessageSent>(&effect)) {
        auto& status = messages_[sent->id.text];
        if (status != MessageStatus::queued) {
            return fmt::format("messaggio {} registrato due volte", sent->id.text);
        }
        status = sent->status;
        if (status == MessageStatus::sent && world_.deliveries[sent->id.text] == 0 &&
            entry.recorded_at == world_.now()) {
            return fmt::format("messaggio {} registrato e mai consegnato", sent->id.text);
        }
    }
    return "";
}

std::string Invariants::take_entry(const JournalEntry& entry) {
    if (entry.recorded_at > world_.now() || entry.received_at > entry.recorded_at) {
        return fmt::format("{}: tempi impossibili", entry.event);
    }
    if (auto problem = find_untimely(shadow_, world_.catalog(), entry); !problem.empty()) {
        return problem;
    }
    for (const auto& effect : entry.effects) {
        if (auto problem = take_effect(entry, effect); !problem.empty()) {
            return problem;
        }
    }
    shadow_.fold(entry);
    const auto& record = *shadow_.find(entry.instance);
    return record.instance.is_final ? find_left_open(record) : "";
}

std::string Invariants::check_record(const InstanceId& id) {
    const auto view = world_.engine().queries().view(id);
    engine::base::ensure(view.has_value(), "what the journal opened is there");
    const auto& told = *shadow_.find(id);
    return view->record == told
               ? ""
               : fmt::format("le tabelle non dicono ciò che dice il registro ({}: {})",
                             told.instance.machine, find_difference(view->record, told));
}

std::string Invariants::take_entries(const Step& step, std::vector<JournalEntry>& of_persons) {
    std::set<InstanceId> touched;
    for (JournalEntry& entry : shadow_.take_new(world_)) {
        if (auto problem = take_entry(entry); !problem.empty()) {
            return problem;
        }
        touched.insert(entry.instance);
        if (!entry.person.empty() && entry.cause == 0) {
            of_persons.push_back(std::move(entry));
        }
    }
    if (step.kind != StepKind::commands && !of_persons.empty()) {
        return "un atto che nessuno ha compiuto";
    }
    for (const InstanceId& id : touched) {
        if (auto problem = check_record(id); !problem.empty()) {
            return problem;
        }
    }
    for (const auto& [key, numbers] : numbers_) {
        if (*numbers.rbegin() != static_cast<std::int64_t>(numbers.size())) {
            return fmt::format("registro {} {}: manca un numero", std::get<0>(key),
                               std::get<2>(key));
        }
    }
    return "";
}

/// An accepted command is in the journal once; a repeated one not again.
std::string Invariants::check_answer(const Command& command, const Result<engine::Outcome>& answer,
                                     std::vector<JournalEntry>& of_persons) {
    const auto known = answered_.find({command.idempotency_key, command.actor.person});
    const bool is_repeated = !command.idempotency_key.empty() && known != answered_.end();
    if (is_repeated) {
        const bool is_same = is_same_request(known->second.first, command);
        if (answer.has_value() != is_same) {
            return "una chiave già usata non ha avuto la risposta che le spetta";
        }
        return !answer || answer->instance == known->second.second
                   ? ""
                   : "una chiave già usata ha avuto un'altra risposta";
    }
    if (!answer) {
        return "";
    }
    const auto found = std::find_if(of_persons.begin(), of_persons.end(), [&](const auto& entry) {
        return entry.person == command.actor.person && entry.instance == answer->instance &&
               entry.received_at == command.received_at &&
               entry.occurred_at == command.occurred_at &&
               entry.event == (command.opening ? engine::machine::kEventOpen : command.event);
    });
    if (found == of_persons.end()) {
        return fmt::format("l'atto {} è accolto ma non è nel registro", command.event);
    }
    of_persons.erase(found);
    if (!command.idempotency_key.empty()) {
        answered_[{command.idempotency_key, command.actor.person}] = {command, answer->instance};
    }
    return "";
}

/// The same command again, at the same instant, is refused for the same reason and writes nothing:
/// what the clock had to do it has done the first time.
std::string Invariants::check_refusal(const Command& command, const Error& error, bool is_alone) {
    if (!is_expected(error.code) || error.message_it.empty()) {
        return fmt::format("rifiuto inatteso: {} {}", engine::base::error_code_name(error.code),
                           error.message_it);
    }
    if (!is_alone || !repeats_refused_ || error.code == ErrorCode::busy) {
        return "";
    }
    const std::string before = world_.fingerprint();
    const auto again = world_.engine().execute(command);
    if (again || again.error() != error) {
        return fmt::format("lo stesso atto ha avuto un'altra risposta: {}",
                           again ? "accolto" : again.error().message_it);
    }
    return world_.fingerprint() == before ? "" : "un atto rifiutato ha lasciato traccia";
}

std::string Invariants::check_step(const Step& step, const Answers& answers) {
    std::vector<JournalEntry> of_persons;
    std::string problem = take_entries(step, of_persons);
    for (std::size_t index = 0; index < answers.size() && problem.empty(); ++index) {
        const Command& command = step.commands[index];
        problem = check_answer(command, answers[index], of_persons);
        ++(answers[index] ? accepted_ : refused_);
        if (problem.empty() && !answers[index]) {
            problem = check_refusal(command, answers[index].error(), answers.size() == 1);
        }
    }
    return !problem.empty() || of_persons.empty() ? problem
                                                  : "un atto è nel registro più di una volta";
}

std::string Invariants::check_all() {
    const auto report = engine::verify(world_.store(), &world_.contents());
    if (!report) {
        return "verify: " + report.error().message_it;
    }
    if (!report->first_problem.empty()) {
        return "verify: " + report->first_problem;
    }
    return report->entries == shadow_.entries() ? "" : "verify ha letto altre righe";
}

std::string Invariants::check_messages() const {
    for (const auto& [id, status] : messages_) {
        if (status == MessageStatus::queued) {
            return fmt::format("messaggio {} mai spedito", id);
        }
    }
    return "";
}

}  // namespace tests::simulation
