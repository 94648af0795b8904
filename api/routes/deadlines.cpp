// SPDX-License-Identifier: EUPL-1.2
#include <nlohmann/json.hpp>

#include "api/routes/json_replies.h"
#include "api/routes/request_reading.h"
#include "api/routes/routes.h"
#include "api/routes/rows_reply.h"
#include "engine/calendar/local_time.h"

namespace api::routes {
namespace {

using engine::base::fail;
using engine::calendar::render_instant;
using Json = nlohmann::ordered_json;

Json render_deadline(const engine::DeadlineRow& row) {
    return {{"procedura", row.instance.text},
            {"radice", row.root.text},
            {"procedimento", row.machine_title},
            {"amministrazione", row.office},
            {"ente", row.party.empty() ? Json(nullptr) : Json(row.party)},
            {"nome", row.name},
            {"titolo", row.title},
            {"occorrenza", row.occurrence},
            {"ricorda", row.reminds_of.empty() ? Json(nullptr) : Json(row.reminds_of)},
            {"tipo", engine::definition::deadline_kind_name(row.kind)},
            {"stato", engine::machine::deadline_status_name(row.status)},
            {"scadenza", row.due_date ? Json(*row.due_date) : Json(nullptr)},
            {"limite", row.bound ? Json(render_instant(*row.bound)) : Json(nullptr)},
            {"in_ritardo", row.is_overdue},
            {"avvertenza", row.later_holiday.empty() ? Json(nullptr) : Json(row.later_holiday)},
            {"calcolo", parse_kept(row.rule)},
            {"fonti", row.legal_basis}};
}

Result<http::Response> list(const Call& call) {
    QueryReader query(call.request.target.query,
                      {"amministrazione", "ente", "procedura", "tipo", "stato", "prima_del",
                       "in_ritardo", "conclusi", "dopo", "limite"});
    engine::DeadlineFilter filter;
    filter.visible = access::visibility_of(call.reach, call.caller.actor);
    filter.office = query.office("amministrazione");
    filter.party = query.party("ente");
    filter.root = query.instance("procedura");
    filter.kind = query.text("tipo");
    filter.status = query.text("stato");
    filter.before = query.instant("prima_del");
    filter.only_overdue = query.flag("in_ritardo").value_or(false);
    filter.only_live = !query.flag("conclusi").value_or(false);
    const auto asked = query.page();
    if (auto read = query.finish(); !read) {
        return fail(read.error());
    }
    return rows_reply(call.request, call.desk.queries->list_deadlines(filter, asked),
                      render_deadline);
}

}  // namespace

std::vector<Route> deadline_routes() {
    return {{"termini_elenca", "GET", "/v1/termini", Read{list}}};
}

}  // namespace api::routes
