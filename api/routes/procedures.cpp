// SPDX-License-Identifier: EUPL-1.2
#include <nlohmann/json.hpp>

#include "api/routes/acts.h"
#include "api/routes/instance_json.h"
#include "api/routes/json_replies.h"
#include "api/routes/request_reading.h"
#include "api/routes/routes.h"
#include "api/routes/rows_reply.h"
#include "engine/calendar/local_time.h"

namespace api::routes {
namespace {

using access::Sight;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::InstanceId;
using Json = nlohmann::ordered_json;

Result<http::Response> list(const Call& call) {
    QueryReader query(call.request.target.query, {"macchina", "amministrazione", "ente", "stato",
                                                  "concluse", "dopo", "limite"});
    engine::InstanceFilter filter;
    filter.visible = access::visibility_of(call.reach, call.caller.actor);
    filter.machine = query.text("macchina");
    filter.office = query.office("amministrazione");
    filter.party = query.party("ente");
    filter.state = query.text("stato");
    filter.only_live = !query.flag("concluse").value_or(false);
    const auto asked = query.page();
    if (auto read = query.finish(); !read) {
        return fail(read.error());
    }
    return rows_reply(call.request, call.desk.queries->list_instances(filter, asked), render_row);
}

Result<http::Response> list_children(const Call& call) {
    QueryReader query(call.request.target.query, {"macchina", "stato", "aperte", "dopo", "limite"});
    engine::InstanceFilter filter;
    filter.visible = access::visibility_of(call.reach, call.caller.actor);
    filter.parent = call.path.at("id");
    filter.machine = query.text("macchina");
    filter.state = query.text("stato");
    filter.only_live = query.flag("aperte").value_or(false);
    filter.oldest_first = true;
    const auto asked = query.page();
    if (auto read = query.finish(); !read) {
        return fail(read.error());
    }
    auto parent = access::find_instance(call.reach, call.caller.actor, InstanceId{filter.parent},
                                        Sight::outline, *call.desk.queries);
    if (!parent) {
        return fail(parent.error());
    }
    return rows_reply(call.request, call.desk.queries->list_instances(filter, asked), render_row);
}

/// How things were: every instance of the picture that the caller may see.
Result<http::Response> show_past(const Call& call, const InstanceId& id,
                                 const engine::base::Instant at) {
    const auto seen = access::find_instance(call.reach, call.caller.actor, id, Sight::contents,
                                            *call.desk.queries);
    if (!seen) {
        return fail(seen.error());
    }
    const auto picture = call.desk.queries->as_of(id, at);
    if (!picture) {
        auto error = picture.error();  // the moment was asked in the address
        error.code = error.code == ErrorCode::invalid_input ? ErrorCode::invalid_query : error.code;
        return fail(std::move(error));
    }
    Json instances = Json::array();
    for (const auto& past : picture->instances) {
        const engine::InstanceView then{past.record, past.values, past.definition};
        const auto sight =
            access::find_sight(call.reach, call.caller.actor, then, *call.desk.queries);
        if (!sight) {
            return fail(sight.error());
        }
        if (*sight >= Sight::contents) {
            instances.push_back(render_past_instance(past, *sight, call.service.contents()));
        }
    }
    return json_reply(200, {{"al", engine::calendar::render_instant(picture->at)},
                            {"procedure", std::move(instances)}});
}

Result<http::Response> show_now(const Call& call, const InstanceId& id) {
    auto look = call.desk.queries->look(id, call.caller.actor);
    if (!look) {
        return fail(look.error());
    }
    const auto seen = access::see(call.reach, call.caller.actor, std::move(look->view),
                                  Sight::outline, *call.desk.queries);
    if (!seen) {
        return fail(seen.error());
    }
    const auto& own = seen->view.record.instance;
    Json body = render_instance(seen->view, seen->sight, call.service.contents());
    body["eventi"] = render_events(*seen->view.definition, own.state, look->events);
    auto reply = json_reply(200, body);
    reply.headers.add("ETag", version_tag(own.version));
    return reply;
}

Result<http::Response> show(const Call& call) {
    QueryReader query(call.request.target.query, {"al"});
    const std::string at = query.text("al");
    const auto moment = at.empty()
                            ? Result<engine::base::Instant>(engine::base::Instant{})
                            : engine::calendar::parse_past_moment(at, call.request.received_at);
    if (!moment) {
        query.refuse("al", "format", moment.error().message_it);
    }
    if (auto read = query.finish(); !read) {
        return fail(read.error());
    }
    const InstanceId id{call.path.at("id")};
    return at.empty() ? show_now(call, id) : show_past(call, id, *moment);
}

/// `{"famiglia", "macchina", "versione"?, "iniziativa"?, "dati"?, "avvenuto_il"?}`
Result<Command> open(const Call& call) {
    auto body = read_body(
        call.request, {"famiglia", "macchina", "versione", "iniziativa", "dati", "avvenuto_il"});
    if (!body) {
        return fail(body.error());
    }
    BodyReader reader(*body);
    engine::machine::Opening opening;
    opening.family = reader.required_text("famiglia");
    opening.machine = reader.required_text("macchina");
    opening.version = static_cast<int>(reader.integer("versione", 1, kMaxDefinitionVersion));
    opening.initiative = reader.text("iniziativa");
    opening.office = call.caller.actor.office;
    Command command;
    command.opening = std::move(opening);
    command.payload = reader.object("dati");
    command.occurred_at = reader.instant("avvenuto_il");
    if (auto read = reader.finish(); !read) {
        return fail(read.error());
    }
    // What is not in the catalog is refused by the engine, with the names there are.
    const auto definition = call.service.catalog().find(
        command.opening->family, command.opening->machine, command.opening->version);
    if (definition) {
        const auto& office = call.caller.actor.office;
        if (auto checked = check_holders(call, *definition, office, command.payload, "/dati");
            !checked) {
            return fail(checked.error());
        }
    }
    return with_key(call.request, std::move(command));
}

}  // namespace

std::vector<Route> procedure_routes() {
    return {
        {"procedure_elenca", "GET", "/v1/procedure", Read{list}},
        {"procedure_apri", "POST", "/v1/procedure", Act{open, answer_opening}},
        {"procedura_leggi", "GET", "/v1/procedure/{id}", Read{show}},
        {"figli_elenca", "GET", "/v1/procedure/{id}/figli", Read{list_children}},
    };
}

}  // namespace api::routes
