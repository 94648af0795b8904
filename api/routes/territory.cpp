// SPDX-License-Identifier: EUPL-1.2
#include "workflows/territorio/territory.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/routes/json_replies.h"
#include "api/routes/request_reading.h"
#include "api/routes/routes.h"

namespace api::routes {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::calendar::render_legal_date;
using workflows::territorio::kUnitKinds;
using workflows::territorio::TerritorialUnit;
using workflows::territorio::Territory;
using workflows::territorio::unit_kind_name;
using workflows::territorio::unit_list_name;
using workflows::territorio::UnitKind;
using Json = nlohmann::ordered_json;

Json render_unit(const Territory& territory, const TerritorialUnit& unit) {
    Json json{{"tipo", unit_kind_name(unit.kind)}, {"codice", unit.code}, {"nome", unit.name}};
    if (unit.printed_name) {
        json["nome_nell_atto"] = *unit.printed_name;
    }
    if (unit.sioss_code) {
        json["codice_sioss"] = *unit.sioss_code;
    }
    for (const auto kind : kUnitKinds) {
        if (kind == unit.kind) {
            continue;
        }
        Json codes = Json::array();
        for (const auto& related : workflows::territorio::find_related(territory, unit, kind)) {
            codes.push_back(related.code);
        }
        json[std::string(unit_list_name(kind))] = std::move(codes);
    }
    return json;
}

Json render_edition(const Territory& territory) {
    return {{"versione", territory.version},
            {"in_vigore_dal", render_legal_date(territory.valid_from)},
            {"in_vigore_fino_al",
             territory.valid_to ? Json(render_legal_date(*territory.valid_to)) : Json(nullptr)},
            {"atto", territory.source_act},
            {"allegato", territory.source_annex}};
}

/// The units of a kind, of a code, or with a text in the name; the ATS when nothing is asked.
Result<std::vector<TerritorialUnit>> find_units(const Territory& territory,
                                                const std::string& kind_name,
                                                const std::string& code, const std::string& text) {
    if (!text.empty()) {
        return workflows::territorio::search_units(territory, text);
    }
    const std::string asked = kind_name.empty() ? "ats" : kind_name;
    for (const auto kind : kUnitKinds) {
        if (unit_kind_name(kind) != asked) {
            continue;
        }
        if (code.empty()) {
            return workflows::territorio::units_of_kind(territory, kind);
        }
        const auto unit = workflows::territorio::find_unit(territory, kind, code);
        if (unit) {
            return std::vector{*unit};
        }
        return fail(
            {ErrorCode::invalid_query,
             "I parametri della richiesta vanno corretti.",
             {{"?codice",
               "enum",
               fmt::format("«codice»: «{}» non è il codice di un'unità di tipo {}. I codici "
                           "sono a /v1/territorio?tipo={}",
                           code, asked, asked),
               {}}}});
    }
    return fail({ErrorCode::invalid_query,
                 "I parametri della richiesta vanno corretti.",
                 {{"?tipo", "enum", "«tipo»: serve ats, asst, ambito o distretto", {}}}});
}

Result<http::Response> show(const http::Request& request, service::Service&) {
    QueryReader query(request.target.query, {"tipo", "codice", "cerca", "al"});
    const std::string kind = query.text("tipo");
    const std::string code = query.text("codice");
    const std::string text = query.text("cerca");
    const auto date = query.date("al");
    if (!text.empty() && (!kind.empty() || !code.empty())) {
        query.refuse("cerca", "excludes", "non sta con tipo né con codice");
    }
    if (auto read = query.finish(); !read) {
        return fail(read.error());
    }
    const auto territory = date ? workflows::territorio::load_territory(*date)
                                : workflows::territorio::load_latest_territory();
    if (!territory) {
        return fail(territory.error());
    }
    const auto units = find_units(*territory, kind, code, text);
    if (!units) {
        return fail(units.error());
    }
    Json list = Json::array();
    for (const auto& unit : *units) {
        list.push_back(render_unit(*territory, unit));
    }
    return json_reply(200, {{"edizione", render_edition(*territory)}, {"elementi", list}});
}

}  // namespace

std::vector<Route> territory_routes() {
    return {{"territorio_leggi", "GET", "/v1/territorio", Immediate{show}}};
}

}  // namespace api::routes
