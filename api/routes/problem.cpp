// SPDX-License-Identifier: EUPL-1.2
#include "api/routes/problem.h"

#include <nlohmann/json.hpp>

namespace api::routes {
namespace {

using engine::base::ErrorCode;
using Json = nlohmann::ordered_json;

/// How long who finds the queue full waits: several times what the queue takes to drain.
constexpr int kBusyRetrySeconds = 2;

Json render_details(const std::vector<engine::base::ErrorDetail>& details) {
    Json list = Json::array();
    for (const auto& detail : details) {
        Json one = Json::object();
        if (!detail.pointer.empty()) {
            one["puntatore"] = detail.pointer;
        }
        one["codice"] = detail.code;
        one["messaggio"] = detail.message_it;
        one["fonti"] = detail.legal_basis;
        list.push_back(std::move(one));
    }
    return list;
}

}  // namespace

int status_of(ErrorCode code) {
    return http::problem_kind(engine::base::error_code_name(code)).status;
}

Problem problem_of(const engine::base::Error& error) {
    Problem problem{std::string(engine::base::error_code_name(error.code)), error.message_it,
                    error.details};
    if (problem.status() == 500) {
        problem.detail_it =
            "Il programma non ha potuto rispondere e non ha scritto nulla. Riprovare; se si "
            "ripete, "
            "comunicare il riferimento a chi gestisce il servizio.";
        problem.details.clear();
    }
    if (error.code == ErrorCode::storage_corrupt) {
        problem.detail_it =
            "Nell'archivio c'è un dato danneggiato, e nulla è stato scritto: riprovare non serve. "
            "Comunicare il riferimento a chi gestisce il servizio.";
    }
    if (error.code == ErrorCode::busy) {
        problem.retry_after_s = kBusyRetrySeconds;
    }
    return problem;
}

http::Response render_problem(const Problem& problem, const std::string& reference) {
    const http::ProblemKind& kind = http::problem_kind(problem.code);
    Json body{{"type", "urn:coprog:problema:" + problem.code},
              {"title", kind.title_it},
              {"status", kind.status},
              {"detail", problem.detail_it},
              {"codice", problem.code}};
    if (!reference.empty()) {
        body["riferimento"] = reference;
    }
    if (!problem.details.empty()) {
        body["dettagli"] = render_details(problem.details);
    }
    http::Response response;
    response.status = kind.status;
    response.headers.add("Content-Type", "application/problem+json");
    response.headers.add("Cache-Control", "no-store");
    if (kind.status == 401) {
        response.headers.add("WWW-Authenticate", R"(Bearer realm="coprog")");
    }
    if (problem.retry_after_s > 0) {
        response.headers.add("Retry-After", std::to_string(problem.retry_after_s));
    }
    // What people typed may come back in a sentence: bytes that are not UTF-8 are shown as such.
    response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    return response;
}

}  // namespace api::routes
