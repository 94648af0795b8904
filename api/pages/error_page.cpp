// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/pages/page.h"
#include "api/routes/attachment.h"
#include "api/routes/problem.h"

namespace api::pages {
namespace {

using access::Caller;
using engine::base::Error;
using nlohmann::json;

constexpr int kBadRequest = 400;
constexpr int kUnauthenticated = 401;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;
constexpr int kConflict = 409;
constexpr int kVersionConflict = 412;
constexpr int kTooLarge = 413;
constexpr int kTooMany = 429;
constexpr int kInternal = 500;
constexpr int kBusy = 503;

const char* heading_of(int status) {
    switch (status) {
        case kUnauthenticated: return "Serve l'accesso";
        case kForbidden: return "Non puoi farlo con questo ruolo";
        case kNotFound: return "Questa pagina non c'è";
        case kConflict: return "Ora non è possibile";
        case kVersionConflict: return "Nel frattempo qualcosa è cambiato";
        case kTooLarge: return "È troppo grande";
        case kTooMany: return "Troppe richieste in poco tempo";
        case kBusy: return "Il servizio è occupato";
        default: return status >= kInternal ? "Qualcosa non ha funzionato" : "Qualcosa va corretto";
    }
}

/// Bytes are no measure for people.
std::string too_large_words() {
    return fmt::format(
        "Quello che hai inviato è troppo grande per questa pagina, e non è stato registrato. Un "
        "file può avere al massimo {} MB: se è più grande va diviso o ridotto.",
        routes::kMaxAttachmentBytes >> 20U);
}

json step(const std::string& words, const std::string& url = "") {
    return {{"testo", words}, {"indirizzo", url}};
}

json steps_of(int status, const http::Request& request, const Caller& caller) {
    json steps = json::array();
    if (status == kUnauthenticated) {
        steps.push_back(step("Entra con il tuo codice di accesso", "/accedi"));
    } else if (status == kNotFound) {
        steps.push_back(
            step("Controlla l'indirizzo: forse manca un pezzo, o il procedimento non è "
                 "tra quelli che puoi vedere."));
    } else if (status == kForbidden) {
        steps.push_back(
            step("Se operi anche con un altro ruolo, esci ed entra con il codice di "
                 "quel ruolo."));
    } else if (status == kConflict || status == kVersionConflict) {
        steps.push_back(step("Torna indietro e ricarica la pagina per vedere lo stato di adesso."));
    } else if (status == kBusy || status == kTooMany) {
        steps.push_back(step("Aspetta qualche secondo e riprova: niente è stato registrato."));
    } else if (status >= kInternal) {
        steps.push_back(
            step("Riprova tra poco. Se succede ancora, scrivi a chi gestisce il "
                 "servizio."));
    } else if (status == kBadRequest && request.method == "GET" &&
               !request.target.query.items().empty()) {
        steps.push_back(step("Apri la pagina senza quei filtri", request.target.path));
    } else {
        steps.push_back(step("Torna alla pagina precedente e correggi."));
    }
    const Home home = home_of(caller.role_class);
    steps.push_back(step(home.words, home.url));
    return steps;
}

json reasons_json(const routes::Problem& problem) {
    json reasons = json::array();
    for (const auto& detail : problem.details) {
        std::string sources;
        for (const std::string& source : detail.legal_basis) {
            sources += (sources.empty() ? "" : "; ") + source;
        }
        reasons.push_back({{"testo", detail.message_it}, {"fonti", sources}});
    }
    return reasons;
}

}  // namespace

http::Response render_error_page(const Site& site, const http::Request& request,
                                 const Caller& caller, const Error& error) {
    const routes::Problem problem = routes::problem_of(error);
    if (problem.status() == kUnauthenticated && request.method == "GET") {
        return see_other("/accedi?poi=" + percent_encode(request.target.path));
    }
    const json reasons = reasons_json(problem);
    Page page;
    page.status = problem.status();
    page.title = heading_of(problem.status());
    page.content_html = site.fill(
        "errore",
        {{"titolo", page.title},
         {"spiegazione", problem.detail_it},
         {"ragioni", reasons},
         {"ha_ragioni", !reasons.empty()},
         {"passi", steps_of(problem.status(), request, caller)},
         {"riferimento", problem.status() >= kInternal ? request.request_id : std::string()}});
    http::Response response = render_page(site, request, caller, page);
    if (problem.retry_after_s > 0) {
        response.headers.add("Retry-After", std::to_string(problem.retry_after_s));
    }
    return response;
}

http::Response render_refusal_page(const Site& site, const http::Refusal& refusal) {
    const bool is_too_large = refusal.status() == kTooLarge;
    json steps = json::array();
    if (is_too_large && safe_path(refusal.asked.path) == refusal.asked.path) {
        steps.push_back(step("Torna al modulo e riprova", refusal.asked.path));
    } else {
        steps.push_back(step("Torna alla pagina precedente e riprova."));
    }
    steps.push_back(step("Vai alla pagina iniziale", "/"));
    Page page;
    page.status = refusal.status();
    page.title = heading_of(refusal.status());
    page.content_html =
        site.fill("errore", {{"titolo", page.title},
                             {"spiegazione", is_too_large ? too_large_words() : refusal.message_it},
                             {"ha_ragioni", false},
                             {"passi", std::move(steps)},
                             {"riferimento", ""}});
    http::Response response = render_page(site, {}, {}, page);
    if (refusal.retry_after_s > 0) {
        response.headers.add("Retry-After", std::to_string(refusal.retry_after_s));
    }
    return response;
}

}  // namespace api::pages
