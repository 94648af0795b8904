// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/http_door.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "api/access/role_class.h"
#include "api/scenario/copione.h"
#include "engine/base/json.h"
#include "engine/calendar/local_time.h"
#include "tests/support/json_probe.h"

namespace tests {
namespace {

using engine::Outcome;
using engine::base::Error;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Fields;
using engine::base::render_fields;
using engine::base::render_text;
using engine::base::Result;
using engine::machine::Command;

std::string text_of(const Fields& fields, const std::string& name) {
    const auto found = fields.find(name);
    return found == fields.end() ? "" : engine::base::read_text(found->second).value_or("");
}

ErrorCode code_named(const std::string& name) {
    for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
        if (engine::base::error_code_name(static_cast<ErrorCode>(code)) == name) {
            return static_cast<ErrorCode>(code);
        }
    }
    ADD_FAILURE() << "no such code: " << name;
    return ErrorCode::internal;
}

Error read_problem(const RawResponse& answer) {
    Error error{code_named(json_at(answer.body, "/codice")), json_at(answer.body, "/detail"), {}};
    if (error.code == ErrorCode::not_found) {
        // Who may not do it because it is somebody else's may not even know it: 404, for a program.
        error.code = ErrorCode::forbidden;
    }
    for (std::size_t i = 0; i < json_size(answer.body, "/dettagli"); ++i) {
        const std::string place = fmt::format("/dettagli/{}", i);
        error.details.push_back({json_at(answer.body, place + "/puntatore"),
                                 json_at(answer.body, place + "/codice"),
                                 json_at(answer.body, place + "/messaggio"),
                                 {}});
    }
    return error;
}

Result<Outcome> read_outcome(const RawResponse& answer) {
    if (answer.status != 200 && answer.status != 201) {
        return fail(read_problem(answer));
    }
    Outcome outcome;
    outcome.instance = engine::base::InstanceId{json_at(answer.body, "/id")};
    outcome.version = std::stoll(json_at(answer.body, "/versione"));
    outcome.state = json_at(answer.body, "/stato/nome");
    outcome.title = json_at(answer.body, "/atto");
    for (std::size_t i = 0; i < json_size(answer.body, "/aperte"); ++i) {
        outcome.opened.emplace_back(json_at(answer.body, fmt::format("/aperte/{}", i)));
    }
    return outcome;
}

void add_instant(Fields& body, const Command& command) {
    if (command.occurred_at) {
        body["avvenuto_il"] = render_text(engine::calendar::render_instant(*command.occurred_at));
    }
}

}  // namespace

HttpDoor::HttpDoor(ApiWorld& world, const engine::definition::Catalog& catalog)
    : world_(world), roles_(api::access::RoleClasses::of(catalog).value()) {}

/// A token is of an office or of a body; a script's actors have the script's office always.
std::string HttpDoor::token_of(engine::machine::Actor actor) {
    if (roles_.find(actor.role) == api::access::RoleClass::party) {
        actor.office.clear();
    } else {
        actor.party.clear();
    }
    return world_.token(actor);
}

/// A script names people "ruolo:nome"; a program, by the code that the server gave them.
Fields HttpDoor::with_people(Fields payload) {
    for (auto& [field, json] : payload) {
        const auto text = engine::base::read_text(json).value_or("");
        const bool is_person =
            roles_.find(text.substr(0, text.find(':'))) != api::access::RoleClass::anonymous &&
            text.find(':') != std::string::npos;
        if (is_person) {
            json = render_text(world_.person(text));
        }
    }
    return payload;
}

RawResponse HttpDoor::open(const Command& command, const std::string& token) {
    const auto& opening = *command.opening;
    Fields body{{"famiglia", render_text(opening.family)},
                {"macchina", render_text(opening.machine)},
                {"dati", render_fields(with_people(command.payload))}};
    if (opening.version > 0) {
        body["versione"] = std::to_string(opening.version);
    }
    if (!opening.initiative.empty()) {
        body["iniziativa"] = render_text(opening.initiative);
    }
    add_instant(body, command);
    return world_.post("/v1/procedure", token, render_fields(body));
}

RawResponse HttpDoor::add_document(const Command& command, const std::string& token) {
    const std::string document = text_of(command.payload, "documento");
    const std::string signed_by = text_of(command.payload, "firmato_da");
    std::string path =
        fmt::format("/v1/procedure/{}/documenti?documento={}", command.instance.text, document);
    path += signed_by.empty() ? "" : "&firmato_da=" + signed_by;
    // The player has kept the bytes in the folder that is served.
    const auto content =
        engine::documents::ContentStore(world_.folder.path() / engine::kContentFolder)
            .get(text_of(command.payload, "sha256"));
    if (!content) {
        ADD_FAILURE() << "no content for " << document;
        return {};
    }
    return world_.post(path, token, *content, {{"Content-Type", "text/plain"}});
}

RawResponse HttpDoor::act_on_task(const Command& command, const std::string& token) {
    const bool is_taking = command.event == engine::machine::kEventTakeTask;
    return world_.post(fmt::format("/v1/compiti/{}/{}", text_of(command.payload, "compito"),
                                   is_taking ? "prendi" : "concludi"),
                       token, "");
}

RawResponse HttpDoor::send_event(const Command& command, const std::string& token) {
    const std::string path = "/v1/procedure/" + command.instance.text;
    const auto seen = world_.get(path, token);
    Fields body{{"evento", render_text(command.event)},
                {"dati", render_fields(with_people(command.payload))}};
    add_instant(body, command);
    HeaderLines headers;
    if (seen.status == 200) {
        headers.emplace_back("If-Match", seen.header("etag"));
    }
    return world_.post(path + "/eventi", token, render_fields(body), headers);
}

Result<Outcome> HttpDoor::carry_out(const Command& command) {
    world_.clock.move_to(command.received_at);
    const std::string token = token_of(command.actor);
    ++requests_;
    if (command.opening) {
        return read_outcome(open(command, token));
    }
    if (command.event == engine::machine::kEventRecordDocument) {
        return read_outcome(add_document(command, token));
    }
    if (command.event == engine::machine::kEventTakeTask ||
        command.event == engine::machine::kEventCompleteTask) {
        return read_outcome(act_on_task(command, token));
    }
    return read_outcome(send_event(command, token));
}

}  // namespace tests
