// SPDX-License-Identifier: EUPL-1.2
#include "api/routes/acts.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/routes/instance_json.h"
#include "api/routes/json_replies.h"
#include "api/routes/request_reading.h"
#include "engine/calendar/local_time.h"

namespace api::routes {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Fields;

void BodyReader::refuse(const std::string& name, std::string_view code, std::string message_it) {
    details_.push_back(
        {"/" + name, std::string(code), fmt::format("«{}»: {}", name, std::move(message_it)), {}});
}

std::string BodyReader::text(const std::string& name) {
    const auto found = fields_.find(name);
    if (found == fields_.end() || found->second == "null") {
        return "";
    }
    auto text = engine::base::read_text(found->second);
    if (!text) {
        refuse(name, "type", "serve un testo");
    }
    return text.value_or("");
}

std::string BodyReader::required_text(const std::string& name) {
    if (!fields_.contains(name)) {
        refuse(name, "required", "manca");
        return "";
    }
    auto found = text(name);
    if (found.empty() && details_.empty()) {
        refuse(name, "minLength", "non può essere vuoto");
    }
    return found;
}

std::int64_t BodyReader::integer(const std::string& name, std::int64_t least, std::int64_t most) {
    const auto found = fields_.find(name);
    if (found == fields_.end()) {
        return 0;
    }
    const auto number = engine::base::read_integer(found->second);
    if (!number || *number < least || *number > most) {
        refuse(name, "range", fmt::format("serve un numero intero da {} a {}", least, most));
        return 0;
    }
    return *number;
}

Fields BodyReader::object(const std::string& name) {
    const auto found = fields_.find(name);
    if (found == fields_.end()) {
        return {};
    }
    auto fields = engine::base::parse_fields(found->second);
    if (!fields) {
        refuse(name, "type", "serve un oggetto {…}");
        return {};
    }
    return std::move(*fields);
}

std::optional<engine::base::Instant> BodyReader::instant(const std::string& name) {
    const std::string written = text(name);
    if (written.empty()) {
        return std::nullopt;
    }
    auto instant = engine::calendar::parse_instant(written);
    if (!instant) {
        refuse(name, "format", instant.error().message_it);
        return std::nullopt;
    }
    return *instant;
}

Result<void> BodyReader::finish() {
    if (details_.empty()) {
        return {};
    }
    return fail(
        {ErrorCode::invalid_input, "Il corpo della richiesta va corretto.", std::move(details_)});
}

Result<Command> with_key(const http::Request& request, Command command) {
    auto key = read_idempotency_key(request);
    if (!key) {
        return fail(key.error());
    }
    command.idempotency_key = std::move(*key);
    return command;
}

namespace {

/// The engine points into the act's data; the client wrote them under `dati`. What was wrong before
/// there was a command is pointed at in the body already.
engine::base::Error with_body_pointers(const Call& call, engine::base::Error error) {
    for (auto& detail : error.details) {
        const bool is_own = detail.pointer.empty() || detail.pointer == "/avvenuto_il";
        if (call.was_prepared && error.code == ErrorCode::invalid_input && !is_own) {
            detail.pointer = "/dati" + detail.pointer;
        }
    }
    return error;
}

Result<http::Response> reply_outcome(const Call& call, const Result<Outcome>& outcome, int status) {
    if (!outcome) {
        return fail(outcome.error());
    }
    auto definition = outcome->definition;
    if (!definition) {
        const auto view = call.desk.queries->view_row(outcome->instance);
        if (!view) {
            return fail(view.error());
        }
        definition = view->definition;
    }
    auto reply = json_reply(status, render_outcome(*outcome, *definition));
    reply.headers.add("ETag", version_tag(outcome->version));
    if (status == 201) {
        reply.headers.add("Location", "/v1/procedure/" + outcome->instance.text);
    }
    return reply;
}

}  // namespace

Result<http::Response> answer_act(const Call& call, const Result<Outcome>& outcome) {
    return reply_outcome(call, outcome, 200);
}

Result<http::Response> answer_event(const Call& call, const Result<Outcome>& outcome) {
    return outcome ? reply_outcome(call, outcome, 200)
                   : fail(with_body_pointers(call, outcome.error()));
}

Result<http::Response> answer_opening(const Call& call, const Result<Outcome>& outcome) {
    return outcome ? reply_outcome(call, outcome, 201)
                   : fail(with_body_pointers(call, outcome.error()));
}

Result<void> check_assignee(const Call& call, const std::string& assignee) {
    auto colleague = call.caller.actor;
    colleague.person = assignee;
    const auto may = call.desk.accounts->may_act(colleague);
    if (!may) {
        return fail(may.error());
    }
    if (!*may) {
        return fail({ErrorCode::invalid_input,
                     "Il compito si passa a una persona che oggi può agire nello stesso ruolo, per "
                     "la stessa amministrazione o lo stesso ente.",
                     {{"/assegnatario", "unknown", "non può agire in questo ruolo", {}}}});
    }
    return {};
}

Result<void> check_holders(const Call& call,
                           const engine::definition::WorkflowDefinition& definition,
                           const std::string& office, const Fields& payload,
                           const std::string& data_at) {
    for (const auto& [name, role] : definition.roles) {
        const std::string field(role.holder_field());
        const auto given = field.empty() ? payload.end() : payload.find(field);
        const auto person =
            given == payload.end() ? std::nullopt : engine::base::read_text(given->second);
        if (!person) {
            continue;
        }
        const auto may = call.desk.accounts->may_act({*person, name, office, ""});
        if (!may) {
            return fail(may.error());
        }
        if (!*may) {
            const std::string why = fmt::format(
                "«{}» non è il codice di una persona che oggi può agire come «{}» per questa "
                "amministrazione: va scelta tra chi ha quel ruolo; a chi non lo ha lo dà chi "
                "amministra il programma («coprog token create»).",
                *person, role.title);
            return fail(
                {ErrorCode::invalid_input, why, {{data_at + "/" + field, "unknown", why, {}}}});
        }
    }
    return {};
}

Result<access::SeenInstance> find_target(const Call& call, access::Sight least) {
    return access::find_instance(call.reach, call.caller.actor,
                                 engine::base::InstanceId{call.path.at("id")}, least,
                                 *call.desk.queries);
}

Result<engine::base::InstanceId> find_acted_on(const Call& call, access::Sight least) {
    auto seen = access::find_acted_on(call.reach, call.caller.actor,
                                      engine::base::InstanceId{call.path.at("id")}, least,
                                      *call.desk.queries);
    if (!seen) {
        return fail(seen.error());
    }
    return std::move(seen->view.record.instance.id);
}

}  // namespace api::routes
