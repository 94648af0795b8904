// SPDX-License-Identifier: EUPL-1.2
#include <nlohmann/json.hpp>

#include "api/routes/acts.h"
#include "api/routes/json_replies.h"
#include "api/routes/request_reading.h"
#include "api/routes/routes.h"
#include "api/routes/rows_reply.h"
#include "engine/calendar/local_time.h"

namespace api::routes {
namespace {

using access::Sight;
using engine::base::fail;
using engine::base::render_text;
using engine::calendar::render_instant;
using Json = nlohmann::ordered_json;

Json render_task(const engine::TaskRow& row) {
    return {{"id", row.id.text},
            {"procedura", row.instance.text},
            {"radice", row.root.text},
            {"procedimento", row.machine_title},
            {"amministrazione", row.office},
            {"ente", row.party.empty() ? Json(nullptr) : Json(row.party)},
            {"nome", row.name},
            {"titolo", row.title},
            {"ruolo", row.role},
            {"titolo_ruolo", row.role_title},
            {"stato", engine::machine::task_status_name(row.status)},
            {"assegnatario", row.assignee.empty() ? Json(nullptr) : Json(row.assignee)},
            {"aperto_il", render_instant(row.opened_at)},
            {"scadenza", row.due_date ? Json(*row.due_date) : Json(nullptr)},
            {"limite", row.bound ? Json(render_instant(*row.bound)) : Json(nullptr)},
            {"in_ritardo", row.is_overdue},
            {"fonti", row.legal_basis}};
}

Result<http::Response> list(const Call& call) {
    QueryReader query(call.request.target.query,
                      {"miei", "ruolo", "amministrazione", "ente", "procedura", "stato",
                       "prima_del", "in_ritardo", "conclusi", "dopo", "limite"});
    engine::TaskFilter filter;
    filter.visible = access::visibility_of(call.reach, call.caller.actor);
    filter.person = query.flag("miei").value_or(false) ? call.caller.actor.person : "";
    filter.role = query.text("ruolo");
    filter.office = query.office("amministrazione");
    filter.party = query.party("ente");
    filter.root = query.instance("procedura");
    filter.status = query.text("stato");
    filter.before = query.instant("prima_del");
    filter.only_overdue = query.flag("in_ritardo").value_or(false);
    filter.only_open = !query.flag("conclusi").value_or(false);
    const auto asked = query.page();
    if (auto read = query.finish(); !read) {
        return fail(read.error());
    }
    return rows_reply(call.request, call.desk.queries->list_tasks(filter, asked), render_task);
}

/// The instance that has the task named in the path.
Result<engine::base::InstanceId> find_owner(const Call& call) {
    return call.desk.queries->find_task_instance(engine::base::TaskId{call.path.at("id")});
}

/// Those to whom the caller may pass the task: nobody, for who has another role.
Result<http::Response> list_colleagues(const Call& call) {
    const auto instance = find_owner(call);
    if (!instance) {
        return fail(instance.error());
    }
    const auto seen = access::find_instance(call.reach, call.caller.actor, *instance,
                                            Sight::contents, *call.desk.queries);
    if (!seen) {
        return fail(seen.error());
    }
    const auto& task = seen->view.record.tasks.at(call.path.at("id"));
    Json people = Json::array();
    if (task.role == call.caller.actor.role) {
        const auto colleagues = call.desk.accounts->list_colleagues(call.caller.actor);
        if (!colleagues) {
            return fail(colleagues.error());
        }
        for (const auto& person : *colleagues) {
            people.push_back({{"persona", person.id}, {"nome", person.display_name}});
        }
    }
    return json_reply(200, {{"elementi", std::move(people)}});
}

/// A command about the task named in the path, on the instance that has it.
Result<Command> task_command(const Call& call, const char* event) {
    const auto instance = find_owner(call);
    if (!instance) {
        return fail(instance.error());
    }
    const auto seen = access::find_acted_on(call.reach, call.caller.actor, *instance,
                                            Sight::contents, *call.desk.queries);
    if (!seen) {
        return fail(seen.error());
    }
    const auto version = find_if_match(call.request);
    if (!version) {
        return fail(version.error());
    }
    Command command;
    command.instance = seen->view.record.instance.id;
    command.event = event;
    command.payload["compito"] = render_text(call.path.at("id"));
    command.expected_version = *version;
    return with_key(call.request, std::move(command));
}

Result<Command> take(const Call& call) {
    return task_command(call, engine::machine::kEventTakeTask);
}

Result<Command> give_back(const Call& call) {
    return task_command(call, engine::machine::kEventReturnTask);
}

Result<Command> complete(const Call& call) {
    return task_command(call, engine::machine::kEventCompleteTask);
}

/// `{"assegnatario"}`: the person it goes to.
Result<Command> hand_over(const Call& call) {
    const auto body = read_body(call.request, {"assegnatario"});
    if (!body) {
        return fail(body.error());
    }
    BodyReader reader(*body);
    const std::string assignee = reader.required_text("assegnatario");
    if (auto read = reader.finish(); !read) {
        return fail(read.error());
    }
    auto command = task_command(call, engine::machine::kEventHandOverTask);
    if (!command) {
        return command;
    }
    if (auto able = check_assignee(call, assignee); !able) {
        return fail(able.error());
    }
    command->payload["assegnatario"] = render_text(assignee);
    return command;
}

}  // namespace

std::vector<Route> task_routes() {
    return {
        {"compiti_elenca", "GET", "/v1/compiti", Read{list}},
        {"compito_colleghi", "GET", "/v1/compiti/{id}/colleghi", Read{list_colleagues}},
        {"compito_prendi", "POST", "/v1/compiti/{id}/prendi", Act{take, answer_act}},
        {"compito_cedi", "POST", "/v1/compiti/{id}/cedi", Act{hand_over, answer_act}},
        {"compito_restituisci", "POST", "/v1/compiti/{id}/restituisci", Act{give_back, answer_act}},
        {"compito_concludi", "POST", "/v1/compiti/{id}/concludi", Act{complete, answer_act}},
    };
}

}  // namespace api::routes
