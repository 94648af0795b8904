// SPDX-License-Identifier: EUPL-1.2
#include <nlohmann/json.hpp>

#include "api/routes/instance_json.h"
#include "api/routes/json_replies.h"
#include "api/routes/request_reading.h"
#include "api/routes/routes.h"

namespace api::routes {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::definition::DefinitionPointer;
using Json = nlohmann::ordered_json;

Json render_summary(const engine::definition::WorkflowDefinition& definition) {
    const std::string id = definition_id(definition);
    return {{"id", id},
            {"famiglia", definition.family},
            {"macchina", definition.machine},
            {"versione", definition.version},
            {"titolo", definition.title},
            {"impronta", definition.sha256},
            {"si_apre", definition.opening.has_value()},
            {"fonti", definition.legal_basis},
            {"scheda", "/v1/definizioni/" + id + "/scheda"}};
}

Result<DefinitionPointer> find(const http::Request& request, const service::Service& service) {
    const std::string& id = request.target.segments.at(2);
    for (const auto& definition : service.catalog().definitions()) {
        if (definition_id(*definition) == id) {
            return definition;
        }
    }
    return fail(ErrorCode::not_found, "Questa definizione non c'è: l'elenco è a /v1/definizioni.");
}

Result<http::Response> list(const http::Request& request, service::Service& service) {
    Json items = Json::array();
    for (const auto& definition : service.catalog().definitions()) {
        items.push_back(render_summary(*definition));
    }
    return page_reply(request, std::move(items), "");
}

Result<http::Response> show(const http::Request& request, service::Service& service) {
    const auto definition = find(request, service);
    if (!definition) {
        return fail(definition.error());
    }
    Json body = render_summary(**definition);
    body["testo"] = parse_kept((*definition)->text);
    auto reply = json_reply(200, body);
    reply.headers.add("ETag", "\"" + (*definition)->sha256 + "\"");
    return reply;
}

Result<http::Response> show_sheet(const http::Request& request, service::Service& service) {
    const auto definition = find(request, service);
    if (!definition) {
        return fail(definition.error());
    }
    const auto title_of = [&](std::string_view name, int version) {
        const auto* check = service.checks().find(name, version);
        return check == nullptr ? std::string(name) : check->condition_it;
    };
    http::Response reply;
    reply.headers.add("Content-Type", "text/markdown; charset=utf-8");
    reply.body = engine::definition::render_sheet(**definition, title_of);
    return reply;
}

}  // namespace

std::vector<Route> definition_routes() {
    return {
        {"definizioni_elenca", "GET", "/v1/definizioni", Immediate{list}},
        {"definizione_leggi", "GET", "/v1/definizioni/{id}", Immediate{show}},
        {"definizione_scheda", "GET", "/v1/definizioni/{id}/scheda", Immediate{show_sheet}},
    };
}

}  // namespace api::routes
