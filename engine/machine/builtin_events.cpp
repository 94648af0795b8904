// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/builtin_events.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/task_acts.h"
#include "engine/machine/erasure.h"
#include "engine/machine/payload.h"

namespace engine::machine {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

constexpr std::size_t kMaxDocumentVersions = 1000;
/// Longest id of a person, in bytes: ids are opaque and short.
constexpr std::size_t kMaxPersonIdBytes = 100;

std::string text_of(const base::Fields& payload, const char* field) {
    const auto found = payload.find(field);
    return found == payload.end() ? "" : base::read_text(found->second).value_or("");
}

bool is_sha256(std::string_view text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char letter) {
               return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
           });
}

Result<Document> read_document(const DecideContext& context, const Command& command) {
    const std::string name = text_of(command.payload, "documento");
    const auto* definition = context.definition.documents.find(name);
    if (definition == nullptr) {
        return fail(ErrorCode::event_not_available,
                    fmt::format("Questo procedimento non prevede il documento «{}».", name));
    }
    if (auto allowed = check_actor(context, command.actor, definition->by, definition->title);
        !allowed) {
        return fail(allowed.error());
    }
    Document document;
    document.name = name;
    document.sha256 = text_of(command.payload, "sha256");
    document.signed_by = text_of(command.payload, "firmato_da");
    document.signature_status = document.signed_by.empty() ? "assente" : "non_verificata";
    document.recorded_at = command.received_at;
    if (!is_sha256(document.sha256)) {
        return fail({ErrorCode::invalid_input,
                     "Serve l'impronta SHA-256 del documento.",
                     {{"/sha256", "pattern", "non sono 64 cifre esadecimali", {}}}});
    }
    if (!document.signed_by.empty() && document.signed_by != definition->signed_by) {
        return fail({ErrorCode::invalid_input,
                     fmt::format("«{}» non può essere firmato da questo ruolo.", definition->title),
                     {{"/firmato_da", "enum", "non è il ruolo che firma questo documento", {}}}});
    }
    return document;
}

/// Whether the file still takes a version of this document, here and now.
Result<void> check_may_add(const DecideContext& context, const Document& document,
                           const Document* before) {
    const auto* definition = context.definition.documents.find(document.name);
    const std::string& state = context.facts.own.record.instance.state;
    const auto& in = definition->in;
    if (!in.empty() && std::find(in.begin(), in.end(), state) == in.end()) {
        return fail(ErrorCode::event_not_available,
                    fmt::format("In questa fase «{}» non si può aggiungere.", definition->title));
    }
    if (before != nullptr && before->is_frozen && definition->is_final_once_frozen) {
        return fail(ErrorCode::event_not_available,
                    fmt::format("«{}» è definitivo: non cambia più. Una correzione si mette in un "
                                "documento a parte.",
                                definition->title));
    }
    return {};
}

Result<Plan> record_document(const DecideContext& context, const Command& command) {
    auto document = read_document(context, command);
    if (!document) {
        return fail(document.error());
    }
    const Document* before = context.facts.own.record.find_document(document->name);
    document->version = before == nullptr ? 1 : before->version + 1;
    if (document->version > static_cast<int>(kMaxDocumentVersions)) {
        return fail(ErrorCode::too_many_requests, "Il documento ha già troppe versioni.");
    }
    if (auto open = check_may_add(context, *document, before); !open) {
        return fail(open.error());
    }
    Plan plan;
    plan.title = context.definition.documents.find(document->name)->title;
    plan.effects.emplace_back(DocumentRecorded{std::move(*document)});
    return plan;
}

Result<const Task*> find_task(const DecideContext& context, const Command& command) {
    const auto& tasks = context.facts.own.record.tasks;
    const auto found = tasks.find(text_of(command.payload, "compito"));
    if (found == tasks.end() || !is_open(found->second.status)) {
        return fail(ErrorCode::event_not_available, "Il compito non c'è o è già chiuso.");
    }
    if (auto allowed =
            check_actor(context, command.actor, {found->second.role}, found->second.name);
        !allowed) {
        return fail(allowed.error());
    }
    return &found->second;
}

/// Only by who has it: a colleague passes it on to somebody, so that nothing is left to nobody by
/// another's hand.
Result<Plan> return_task(const Task& task, const Command& command) {
    if (task.status != TaskStatus::taken) {
        return fail(ErrorCode::event_not_available,
                    "Il compito non è in carico a nessuno: è già a disposizione.");
    }
    if (task.assignee != command.actor.person) {
        return fail(ErrorCode::forbidden,
                    "Il compito è di un'altra persona: lo rimette a disposizione chi lo ha in "
                    "carico. Se non può, si passa a chi lo farà.");
    }
    Plan plan;
    plan.title = task.name;
    plan.effects.emplace_back(TaskAssigned{task.id, ""});
    return plan;
}

/// By hand only what no act ends: the duty to do the act would be lost.
Result<Plan> complete_task(const DecideContext& context, const Task& task) {
    const auto acts = definition::find_task_acts(
        context.definition, context.facts.own.record.instance.state, task.name);
    if (acts.empty()) {
        Plan plan;
        plan.title = task.name;
        plan.effects.emplace_back(TaskEnded{task.id, TaskStatus::done});
        return plan;
    }
    const auto* defined = context.definition.tasks.find(task.name);
    base::Error error{
        ErrorCode::task_needs_act,
        fmt::format("«{}» non si chiude a mano: si conclude {}. {}",
                    defined == nullptr ? task.name : defined->title,
                    definition::describe_task_acts(acts),
                    acts.front().is_here
                        ? "Quando è fatto, il compito si chiude da sé."
                        : "Non è di questo stato: il compito resta aperto finché ci si arriva."),
        {}};
    for (const auto& act : acts) {
        error.details.push_back({"", act.event.empty() ? "automatic" : act.event,
                                 fmt::format("Lo conclude «{}».", act.title), act.legal_basis});
    }
    return fail(std::move(error));
}

Result<Plan> decide_task(const DecideContext& context, const Command& command) {
    auto task = find_task(context, command);
    if (!task) {
        return fail(task.error());
    }
    if (command.event == kEventReturnTask) {
        return return_task(**task, command);
    }
    Plan plan;
    plan.title = (*task)->name;
    const bool is_others =
        (*task)->status == TaskStatus::taken && (*task)->assignee != command.actor.person;
    if (command.event == kEventCompleteTask && is_others) {
        return fail(ErrorCode::forbidden,
                    "Il compito è di un'altra persona: prima va passato a chi lo conclude.");
    }
    if (command.event == kEventCompleteTask) {
        return complete_task(context, **task);
    }
    const bool is_taking = command.event == kEventTakeTask;
    if (is_taking && (*task)->status == TaskStatus::taken) {
        return fail(ErrorCode::event_not_available, "Il compito è già di qualcuno.");
    }
    const std::string assignee =
        is_taking ? command.actor.person : text_of(command.payload, "assegnatario");
    if (assignee.empty() || assignee.size() > kMaxPersonIdBytes) {
        return fail({ErrorCode::invalid_input,
                     "Serve la persona a cui passa il compito.",
                     {{"/assegnatario", "required", "manca", {}}}});
    }
    plan.effects.emplace_back(TaskAssigned{(*task)->id, assignee});
    return plan;
}

}  // namespace

bool is_builtin_event(std::string_view event) {
    return event.starts_with("engine:");
}

Result<Plan> decide_builtin_event(const DecideContext& context, const Command& command) {
    const auto& instance = context.facts.own.record.instance;
    if (command.event == kEventErase) {
        return decide_erasure(context, command);  // of what has ended too: that is when it may be
    }
    if (instance.is_final) {
        return fail(ErrorCode::event_not_available,
                    "Il procedimento è concluso: il suo fascicolo non cambia più.");
    }
    if (command.event == kEventRecordDocument) {
        return record_document(context, command);
    }
    if (command.event == kEventTakeTask || command.event == kEventHandOverTask ||
        command.event == kEventReturnTask || command.event == kEventCompleteTask) {
        return decide_task(context, command);
    }
    return fail(ErrorCode::event_not_available, "Questo atto non esiste.");
}

}  // namespace engine::machine
