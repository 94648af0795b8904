// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/routes/instance_json.h"
#include "api/routes/json_replies.h"
#include "api/routes/problem.h"
#include "api/routes/routes.h"
#include "engine/base/embedded.h"
#include "engine/calendar/local_time.h"

namespace api::routes {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using Json = nlohmann::ordered_json;

/// Below this a day of acts may no longer fit: told before it happens.
constexpr std::uint64_t kLeastDiskBytes = std::uint64_t{200} << 20U;
constexpr int kRetrySeconds = 30;

/// One word for machines; empty when all is well.
std::string find_trouble(const service::ServiceState& state) {
    if (state.is_stopping) {
        return "in_chiusura";
    }
    if (state.storage != service::StorageState::well) {
        return state.storage == service::StorageState::refusing ? "disco_non_scrive"
                                                                : "archivio_danneggiato";
    }
    if (state.acts_waiting >= state.acts_at_most) {
        return "coda_piena";
    }
    if (!state.disk_free || *state.disk_free < kLeastDiskBytes) {
        return "disco_quasi_pieno";
    }
    return "";
}

Result<http::Response> show(const http::Request& request, service::Service& service) {
    const auto state = service.state();
    if (const std::string trouble = find_trouble(state); !trouble.empty()) {
        const auto refusal = service.writer().storage().refusal();
        return render_problem({trouble,
                               refusal ? refusal->message_it
                                       : "Il servizio ora non è in grado di lavorare bene: "
                                         "riprovare tra mezzo minuto.",
                               {},
                               kRetrySeconds},
                              request.request_id);
    }
    Json definitions = Json::array();
    for (const auto& definition : service.catalog().definitions()) {
        definitions.push_back(definition_id(*definition));
    }
    Json body{{"stato", "attivo"},
              {"versione", service::kProgramVersion},
              {"definizioni", std::move(definitions)},
              {"ora", engine::calendar::render_instant(service.clock().now())},
              {"coda", {{"in_attesa", state.acts_waiting}, {"massimo", state.acts_at_most}}},
              {"disco_libero_mb", *state.disk_free >> 20U},
              {"ultima_copia", state.last_backup
                                   ? Json(engine::calendar::render_instant(*state.last_backup))
                                   : Json(nullptr)}};
    return json_reply(200, body);
}

Result<http::Response> show_openapi(const http::Request&, service::Service&) {
    const auto files = engine::base::embedded_files();
    const auto file = std::find_if(files.begin(), files.end(),
                                   [](const auto& one) { return one.path == "api/openapi.json"; });
    if (file == files.end()) {
        return fail(ErrorCode::internal, "openapi.json is not in the binary");
    }
    http::Response reply;
    reply.headers.add("Content-Type", "application/json");
    reply.body = std::string(file->bytes);
    return reply;
}

}  // namespace

std::vector<Route> status_routes() {
    return {
        {"stato_leggi", "GET", "/status", Immediate{show}},
        {"openapi_leggi", "GET", "/openapi.json", Immediate{show_openapi}},
    };
}

}  // namespace api::routes
