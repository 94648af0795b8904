// SPDX-License-Identifier: EUPL-1.2
#include <nlohmann/json.hpp>

#include "api/routes/acts.h"
#include "api/routes/instance_json.h"
#include "api/routes/json_replies.h"
#include "api/routes/request_reading.h"
#include "api/routes/routes.h"

namespace api::routes {
namespace {

using access::Sight;
using engine::base::ErrorCode;
using engine::base::fail;
using Json = nlohmann::ordered_json;

Result<http::Response> list(const Call& call) {
    QueryReader query(call.request.target.query, {});
    if (auto read = query.finish(); !read) {
        return fail(read.error());
    }
    const auto seen = find_target(call, Sight::outline);
    if (!seen) {
        return fail(seen.error());
    }
    const auto& instance = seen->view.record.instance;
    const auto events = call.desk.queries->available(instance.id, call.caller.actor);
    if (!events) {
        return fail(events.error());
    }
    auto reply = json_reply(
        200, {{"versione", instance.version},
              {"eventi", render_events(*seen->view.definition, instance.state, *events)}});
    reply.headers.add("ETag", version_tag(instance.version));
    return reply;
}

/// `{"evento", "dati"?, "avvenuto_il"?}`
Result<Command> send(const Call& call) {
    auto body = read_body(call.request, {"evento", "dati", "avvenuto_il"});
    if (!body) {
        return fail(body.error());
    }
    BodyReader reader(*body);
    Command command;
    command.event = reader.required_text("evento");
    command.payload = reader.object("dati");
    command.occurred_at = reader.instant("avvenuto_il");
    if (auto read = reader.finish(); !read) {
        return fail(read.error());
    }
    if (command.event.find(':') != std::string::npos) {
        return fail(ErrorCode::event_not_available,
                    "Questo atto non esiste: documenti e compiti hanno indirizzi loro.");
    }
    auto target = find_acted_on(call, Sight::outline);
    if (!target) {
        return fail(target.error());
    }
    const auto view = call.desk.queries->view_row(*target);
    if (!view) {
        return fail(view.error());
    }
    if (auto checked = check_holders(call, *view->definition, view->record.instance.office,
                                     command.payload, "/dati");
        !checked) {
        return fail(checked.error());
    }
    const auto version = read_if_match(call.request);
    if (!version) {
        return fail(version.error());
    }
    command.instance = std::move(*target);
    command.expected_version = *version;
    return with_key(call.request, std::move(command));
}

}  // namespace

std::vector<Route> event_routes() {
    return {
        {"eventi_elenca", "GET", "/v1/procedure/{id}/eventi", Read{list}},
        {"eventi_invia", "POST", "/v1/procedure/{id}/eventi", Act{send, answer_event}},
    };
}

}  // namespace api::routes
