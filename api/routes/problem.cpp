// SPDX-License-Identifier: EUPL-1.2
#include "api/routes/problem.h"

#include <nlohmann/json.hpp>

namespace api::routes {
namespace {

using engine::base::ErrorCode;
using Json = nlohmann::ordered_json;

/// How long who finds the queue full waits: several times what the queue takes to drain.
constexpr int kBusyRetrySeconds = 2;

/// A title for people, the same for every problem of a status (RFC 9457, 3.1.3).
std::string title_of(int status) {
    switch (status) {
        case 400: return "Richiesta non leggibile";
        case 401: return "Serve l'accesso";
        case 403: return "Non consentito";
        case 404: return "Non trovato";
        case 405: return "Metodo non ammesso";
        case 409: return "L'atto ora non è possibile";
        case 412: return "Nel frattempo è cambiato";
        case 413: return "Troppo grande";
        case 415: return "Formato non ammesso";
        case 422: return "Dati da correggere";
        case 428: return "Serve la versione";
        case 429: return "Troppe richieste";
        case 500: return "Errore interno";
        case 503: return "Servizio occupato";
        case 507: return "Spazio esaurito";
        default: return std::string(http::reason_phrase(status));
    }
}

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
    switch (code) {
        case ErrorCode::malformed: return 400;
        case ErrorCode::unauthenticated: return 401;
        case ErrorCode::forbidden: return 403;
        case ErrorCode::not_found: return 404;
        case ErrorCode::event_not_available:
        case ErrorCode::guard_failed: return 409;
        case ErrorCode::version_conflict: return 412;
        case ErrorCode::payload_too_large: return 413;
        case ErrorCode::invalid_input: return 422;
        case ErrorCode::version_required: return 428;
        case ErrorCode::too_many_requests: return 429;
        case ErrorCode::busy: return 503;
        case ErrorCode::storage_full: return 507;
        case ErrorCode::storage_corrupt:
        case ErrorCode::internal: return 500;
    }
    return 500;
}

Problem problem_of(const engine::base::Error& error) {
    Problem problem{status_of(error.code), std::string(engine::base::error_code_name(error.code)),
                    error.message_it, error.details};
    if (problem.status == 500) {
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
    Json body{{"type", "urn:coprog:problema:" + problem.code},
              {"title", title_of(problem.status)},
              {"status", problem.status},
              {"detail", problem.detail_it},
              {"codice", problem.code}};
    if (!reference.empty()) {
        body["riferimento"] = reference;
    }
    if (!problem.details.empty()) {
        body["dettagli"] = render_details(problem.details);
    }
    http::Response response;
    response.status = problem.status;
    response.headers.add("Content-Type", "application/problem+json");
    response.headers.add("Cache-Control", "no-store");
    if (problem.status == 401) {
        response.headers.add("WWW-Authenticate", R"(Bearer realm="coprog")");
    }
    if (problem.retry_after_s > 0) {
        response.headers.add("Retry-After", std::to_string(problem.retry_after_s));
    }
    // What people typed may come back in a sentence: bytes that are not UTF-8 are shown as such.
    response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    return response;
}

http::Response render_refusal_problem(const http::Refusal& refusal) {
    return render_problem(
        {refusal.status, refusal.code, refusal.message_it, {}, refusal.retry_after_s}, "");
}

}  // namespace api::routes
