// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/act_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/pages/awaited.h"
#include "api/pages/field_choices.h"
#include "api/pages/rows.h"
#include "api/routes/acts.h"
#include "api/routes/problem.h"
#include "engine/base/names.h"
#include "engine/calendar/local_time.h"

namespace api::pages {
namespace {

using engine::InstanceView;
using engine::base::Error;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::InstanceId;
using engine::base::Result;
using engine::definition::RoleScope;
using engine::definition::WorkflowDefinition;
using engine::machine::Command;

bool acts_for_office(const engine::definition::WorkflowDefinition& definition,
                     const std::string& role) {
    const auto* found = definition.roles.find(role);
    return found != nullptr && found->scope == RoleScope::office;
}

/// Why the act cannot be done now; nothing when it can, or when the form may give what is missing.
Result<void> check_possible(const std::vector<engine::machine::AvailableEvent>& events,
                            const std::string& event,
                            const engine::definition::TransitionDefinition* transition) {
    for (const auto& available : events) {
        if (available.event != event) {
            continue;
        }
        const bool is_open =
            available.refusals.empty() ||
            (transition != nullptr && may_be_completed(*transition, available.refusals));
        if (is_open) {
            return {};
        }
        return fail(Error{ErrorCode::guard_failed,
                          fmt::format("«{}» ora non si può fare.", available.title),
                          available.refusals});
    }
    return fail(ErrorCode::event_not_available,
                "Quest'atto non è previsto nello stato in cui si trova ora il procedimento, o non "
                "spetta al tuo ruolo.");
}

/// The instant that was typed; absent when nothing was.
std::optional<engine::base::Instant> read_occurred(const FormData& sent, FormErrors& errors) {
    const std::string text = sent.text(kOccurredInput);
    if (text.empty()) {
        return std::nullopt;
    }
    const auto typed = read_typed_moment(text);
    const auto instant =
        typed
            ? engine::calendar::parse_instant(*typed)
            : Result<engine::base::Instant>(fail(
                  ErrorCode::malformed, "Non è una data con l'ora: scrivi gg/mm/aaaa ore oo:mm."));
    if (!instant) {
        errors.fields.emplace(kOccurredInput, instant.error().message_it);
        return std::nullopt;
    }
    return *instant;
}

/// `/campo/3` → campo; empty when the pointer names no field of the form.
std::string field_of(const ActForm& form, const std::string& pointer) {
    const std::size_t from = pointer.starts_with('/') ? 1 : 0;
    const std::string name = pointer.substr(from, pointer.find('/', from) - from);
    for (const FormField& field : form.fields) {
        if (field.name == name) {
            return name;
        }
    }
    return {};
}

/// What the act answers and by when, when a body is waited for it; else null. Errors: the store's.
Result<nlohmann::json> awaited_json(const PageCall& page, const access::SeenInstance& seen,
                                    const std::string& state, const std::string& event) {
    const auto acts = engine::find_awaited_acts(*seen.view.definition, state);
    const auto act =
        std::find_if(acts.begin(), acts.end(), [&](const auto& one) { return one.event == event; });
    if (act == acts.end()) {
        return nlohmann::json();
    }
    auto shown = act_terms_json(page, seen.view, *act);
    auto asked = asked_json(page, seen, *act);
    if (!shown || !asked) {
        return fail(shown ? asked.error() : shown.error());
    }
    if (asked->is_null() && !shown->at("ha_termini") && shown->at("non_decorre").empty()) {
        return nlohmann::json();
    }
    shown->update(asked->is_null() ? nlohmann::json::object() : *asked);
    (*shown)["nota"] =
        shown->at("non_decorre").empty() ? "" : seen.view.definition->states.find(state)->note;
    return shown;
}

/// Beside each field that is missing, the act that wants it: this one, or another of the state.
void note_needs(const std::vector<engine::machine::AvailableEvent>& events,
                const std::string& event, std::vector<FormField>& fields) {
    for (const auto& available : events) {
        for (const auto& refusal : available.refusals) {
            for (FormField& field : fields) {
                if (field.is_required || refusal.pointer != "/" + field.name) {
                    continue;
                }
                if (available.event == event) {
                    field.needed = "manca";
                    field.is_missing = true;
                } else if (field.needed.empty()) {
                    field.needed = fmt::format("serve per «{}»", available.title);
                }
            }
        }
    }
}

/// The form of the act named in the path, as that state of the instance has it.
Result<ActForm> event_form(const PageCall& page, const access::SeenInstance& seen,
                           const std::string& state) {
    const InstanceView& view = seen.view;
    const auto& own = view.record.instance;
    const std::string event = page.path("evento");
    const auto* transition = view.definition->states.contains(state)
                                 ? view.definition->find_transition(state, event)
                                 : nullptr;
    if (transition == nullptr) {
        return fail(ErrorCode::event_not_available, "Quest'atto qui non è previsto.");
    }
    ActForm form;
    form.title = transition->title;
    form.about = fmt::format("{} · {}", owner_words(page.site, own.office, own.party),
                             instance_title(page.site, view));
    form.back = "/procedure/" + own.id.text;
    form.action = fmt::format("{}/atti/{}", form.back, event);
    form.version = std::to_string(own.version);
    form.state = state;
    form.sources = sources_words(transition->legal_basis);
    form.fields = form_fields(*view.definition, transition->takes, transition->may_take);
    form.office = view.record.instance.office;
    if (auto added = add_choices(page, view, form.fields); !added) {
        return fail(added.error());
    }
    auto added = add_people(page, *view.definition, form.office, form.fields);
    if (!added) {
        return fail(added.error());
    }
    if (seen.sight == access::Sight::whole) {
        form.present = view.values;
    }
    auto awaited = awaited_json(page, seen, state, event);
    if (!awaited) {
        return fail(awaited.error());
    }
    form.awaited_json = awaited->is_null() ? "" : awaited->dump();
    form.may_have_occurred = acts_for_office(*view.definition, page.actor().role);
    form.definition = view.definition;
    form.event = event;
    form.has_ways = transition->branches.size() > 1;
    form.crumbs = {{"Procedure", "/procedure"},
                   {instance_title(page.site, view), form.back},
                   {form.title, ""}};
    return form;
}

}  // namespace

bool may_be_completed(const engine::definition::TransitionDefinition& transition,
                      const std::vector<engine::base::ErrorDetail>& refusals) {
    return std::any_of(refusals.begin(), refusals.end(), [&](const auto& refusal) {
        const std::string field = refusal.pointer.starts_with('/') ? refusal.pointer.substr(1) : "";
        return engine::base::has_name(transition.takes, field) ||
               engine::base::has_name(transition.may_take, field);
    });
}

Result<ActForm> find_event_form(const PageCall& page) {
    const auto seen = find_seen(page, access::Sight::outline);
    if (!seen) {
        return fail(seen.error());
    }
    const auto& own = seen->view.record.instance;
    const std::string event = page.path("evento");
    const auto* transition = seen->view.definition->find_transition(own.state, event);
    const auto events = page.queries().available(own.id, page.actor());
    if (!events) {
        return fail(events.error());
    }
    if (auto possible = check_possible(*events, event, transition); !possible) {
        return fail(possible.error());
    }
    auto form = event_form(page, *seen, own.state);
    if (form) {
        note_needs(*events, event, form->fields);
    }
    return form;
}

Result<ActForm> find_sent_form(const PageCall& page) {
    const auto sent = read_sealed_form(page.call.request);
    if (!sent) {
        return fail(sent.error());
    }
    const auto seen = find_seen(page, access::Sight::outline);
    if (!seen) {
        return fail(seen.error());
    }
    const std::string state = sent->text(kStateInput);
    return event_form(page, *seen, state.empty() ? seen->view.record.instance.state : state);
}

Result<ActForm> find_opening_form(const PageCall& page) {
    const std::string& machine = page.path("macchina");
    engine::definition::DefinitionPointer newest;
    for (const auto& definition : page.call.service.catalog().definitions()) {
        const bool is_later = !newest || newest->version < definition->version;
        if (definition->machine == machine && definition->opening && is_later) {
            newest = definition;
        }
    }
    if (!newest) {
        return fail(ErrorCode::not_found, "Questo procedimento non si apre da qui.");
    }
    if (!engine::base::has_name(newest->opening->by, page.actor().role)) {
        return fail(ErrorCode::forbidden,
                    fmt::format("«{}» non si apre con questo ruolo.", newest->title));
    }
    ActForm form;
    form.title = "Apri: " + newest->title;
    form.about = owner_words(page.site, page.actor().office, page.actor().party);
    form.back = "/procedure";
    form.action = "/procedure/nuova/" + machine;
    form.sources = sources_words(newest->legal_basis);
    form.fields = form_fields(*newest, newest->opening->takes, newest->opening->may_take);
    form.office = page.actor().office;
    if (auto added = add_people(page, *newest, form.office, form.fields); !added) {
        return fail(added.error());
    }
    for (const auto& initiative : page.call.service.catalog().initiatives()) {
        form.initiatives.push_back(initiative->id);
    }
    form.definition = newest;
    form.crumbs = {{"Procedure", "/procedure"}, {form.title, ""}};
    return form;
}

ActInput read_input(const ActForm& form, const FormData& sent, FormErrors& errors) {
    ActInput input;
    input.payload = read_fields(form.fields, sent, errors.fields);
    if (form.may_have_occurred) {
        input.occurred_at = read_occurred(sent, errors);
    }
    input.initiative = sent.text(kInitiativeInput);
    const bool is_known =
        input.initiative.empty() || engine::base::has_name(form.initiatives, input.initiative);
    if (!is_known) {
        errors.fields.emplace(kInitiativeInput, "Scegli un'iniziativa dell'elenco.");
    }
    if (!errors.fields.empty()) {
        errors.heading = "Qualcosa manca o va corretto";
    }
    return input;
}

FormErrors errors_of(const ActForm& form, const Error& error) {
    FormErrors errors;
    errors.heading = error.message_it;
    errors.status = routes::status_of(error.code);
    for (const auto& detail : error.details) {
        const std::string field = field_of(form, detail.pointer);
        if (field.empty()) {
            errors.others.push_back(detail);
        } else {
            errors.fields.emplace(field, detail.message_it);
        }
    }
    return errors;
}

namespace {

/// The act on the instance of the path, or the opening (which has no instance yet), with what was
/// given for it.
Command command_with(const PageCall& page, const ActForm& form, const ActInput& input) {
    Command command;
    if (!form.event.empty()) {
        command.instance = InstanceId{page.path("id")};
        command.event = form.event;
    }
    command.actor = page.actor();
    command.payload = input.payload;
    command.received_at = page.call.request.received_at;
    command.occurred_at = input.occurred_at;
    return command;
}

}  // namespace

Result<const engine::definition::Branch*> foresee(const PageCall& page, const ActForm& form,
                                                  const ActInput& input) {
    if (form.event.empty()) {
        return nullptr;
    }
    return page.queries().foresee(command_with(page, form, input));
}

Result<Command> command_of(const PageCall& page, const ActForm& form) {
    const auto sent = read_sealed_form(page.call.request);
    if (!sent) {
        return fail(sent.error());
    }
    FormErrors errors;
    const ActInput input = read_input(form, *sent, errors);
    if (!errors.empty()) {
        Error error{ErrorCode::invalid_input, errors.heading, {}};
        for (const auto& [field, message] : errors.fields) {
            error.details.push_back({"/" + field, "field", message, {}});
        }
        return fail(std::move(error));
    }
    Command command = command_with(page, form, input);
    command.idempotency_key = sent->text("chiave");
    command.expected_version = engine::base::read_integer(sent->text("versione"));
    if (command.idempotency_key.empty()) {
        return fail(ErrorCode::malformed, "Al modulo manca la chiave: riapri la pagina e riprova.");
    }
    if (auto checked =
            routes::check_holders(page.call, *form.definition, form.office, command.payload, "");
        !checked) {
        return fail(checked.error());
    }
    return command;
}

}  // namespace api::pages
