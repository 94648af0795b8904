// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/page_routes.h"

#include <algorithm>

#include "api/pages/page_families.h"
#include "api/routes/attachment.h"
#include "api/routes/problem.h"

namespace api::pages {
namespace {

using access::Caller;
using access::Credential;
using engine::Outcome;
using engine::base::Error;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::machine::Command;
using routes::Call;
using routes::Route;

/// As long as a browser keeps anything: the address changes when the bytes do.
constexpr const char* kForEver = "public, max-age=31536000, immutable";

/// Makes the routes of pages, all with the session's cookie and errors as pages.
class PageRoutes {
  public:
    explicit PageRoutes(SitePointer site) : site_(std::move(site)) {}

    /// A page that a reader makes.
    void get(const char* name, const char* pattern, PageResult (*make)(const PageCall&)) {
        add(name, "GET", pattern, read_page(make));
    }
    /// A form that is judged and shown back: nothing is written.
    void judge(const char* name, const char* pattern, PageResult (*make)(const PageCall&)) {
        add(name, "POST", pattern, read_page(make));
    }
    void get_file(const char* name, const char* pattern,
                  Result<http::Response> (*make)(const PageCall&)) {
        add(name, "GET", pattern, routes::Read{responder(make)});
    }
    void chore(const char* name, const char* pattern,
               Result<http::Response> (*make)(const PageCall&)) {
        add(name, "POST", pattern, routes::Chore{responder(make)});
    }
    void act(const char* name, const char* pattern, Result<Command> (*prepare)(const PageCall&),
             Result<http::Response> (*answer)(const PageCall&, const Result<Outcome>&),
             std::size_t max_body_bytes = routes::kMaxBodyBytes) {
        const SitePointer site = site_;
        routes::Act act;
        act.prepare = [site, prepare](const Call& call) {
            return prepare({*site, call, site->now()});
        };
        act.answer = [site, answer](const Call& call, const Result<Outcome>& outcome) {
            return answer({*site, call, site->now()}, outcome);
        };
        add(name, "POST", pattern, std::move(act));
        routes_.back().max_body_bytes = max_body_bytes;
    }
    void assets();

    std::vector<Route> take() { return std::move(routes_); }

  private:
    std::function<Result<http::Response>(const Call&)> responder(
        Result<http::Response> (*make)(const PageCall&)) const {
        return [site = site_, make](const Call& call) { return make({*site, call, site->now()}); };
    }

    routes::Read read_page(PageResult (*make)(const PageCall&)) const {
        const SitePointer site = site_;
        return {[site, make](const Call& call) -> Result<http::Response> {
            const auto page = make({*site, call, site->now()});
            if (!page) {
                return fail(page.error());
            }
            return render_page(*site, call.request, call.caller, *page);
        }};
    }

    void add(const char* name, const char* method, const char* pattern, routes::Work work) {
        const SitePointer site = site_;
        Route route{name, method, pattern, std::move(work), Credential::session, {}};
        route.render_error = [site](const http::Request& request, const Caller& caller,
                                    const Error& error) {
            return render_error_page(*site, request, caller, error);
        };
        routes_.push_back(std::move(route));
    }

    SitePointer site_;
    std::vector<Route> routes_;
};

/// The bytes in the shortest form that the browser says it reads.
http::SharedBytes choose_bytes(const Asset& asset, const http::Request& request,
                               http::Response& response) {
    for (const auto& [name, bytes] : {std::pair{"br", asset.brotli}, {"gzip", asset.gzip}}) {
        const auto accepted = request.headers.list("Accept-Encoding");
        const bool is_read = std::find(accepted.begin(), accepted.end(), name) != accepted.end();
        if (bytes && is_read) {
            response.headers.add("Content-Encoding", name);
            return bytes;
        }
    }
    return asset.plain;
}

Result<http::Response> send_asset(const Site& site, const http::Request& request) {
    const Asset* asset = site.assets().find(request.target.path);
    if (asset == nullptr) {
        return fail(ErrorCode::not_found, "Questo file non c'è, o non c'è più.");
    }
    http::Response response;
    response.headers.add("Content-Type", asset->media_type);
    response.headers.add("Cache-Control", kForEver);
    response.headers.add("Vary", "Accept-Encoding");
    response.body = choose_bytes(*asset, request, response);
    return response;
}

void PageRoutes::assets() {
    const SitePointer site = site_;
    add("pagina_file", "GET", "/assets/{nome}",
        routes::Immediate{[site](const http::Request& request, service::Service&) {
            return send_asset(*site, request);
        }});
}

bool wants_a_page(const std::string& path, const std::string& accept) {
    return !path.starts_with("/v1/") && accept.find("text/html") != std::string::npos;
}

}  // namespace

std::vector<Route> page_routes(const SitePointer& site) {
    PageRoutes pages(site);
    pages.assets();
    pages.get("pagina_home", "/", home_page);
    pages.get("pagina_avviso", "/avvisi/{id}", notice_page);
    pages.get_file("pagina_scarica_pubblico", "/avvisi/{id}/documenti/{nome}/{versione}",
                   download_public_document);
    pages.get("pagina_guida", "/guida", guide_page);
    pages.get("pagina_accessibilita", "/accessibilita", accessibility_page);
    pages.get("pagina_privacy", "/privacy", privacy_page);
    pages.get("pagina_stato", "/stato", status_page);
    pages.get("pagina_accedi", "/accedi", login_page);
    pages.chore("pagina_entra", "/accedi", log_in);
    pages.chore("pagina_esci", "/esci", log_out);
    pages.get("pagina_cruscotto", "/cruscotto", dashboard_page);
    pages.get("pagina_procedure", "/procedure", procedures_page);
    pages.get("pagina_compiti", "/compiti", tasks_page);
    pages.get("pagina_scadenze", "/scadenze", deadlines_page);
    pages.get("pagina_apertura", "/procedure/nuova/{macchina}", opening_page);
    pages.judge("pagina_controlla_apertura", "/procedure/nuova/{macchina}/controlla",
                review_opening_page);
    pages.act("pagina_apri", "/procedure/nuova/{macchina}", prepare_opening, answer_act);
    pages.get("pagina_procedura", "/procedure/{id}", procedure_page);
    pages.get_file("pagina_diagramma", "/procedure/{id}/diagramma.svg", procedure_diagram);
    pages.get("pagina_atto", "/procedure/{id}/atti/{evento}", act_page);
    pages.judge("pagina_controlla_atto", "/procedure/{id}/atti/{evento}/controlla",
                review_act_page);
    pages.act("pagina_compi_atto", "/procedure/{id}/atti/{evento}", prepare_act, answer_act);
    pages.get("pagina_documento", "/procedure/{id}/documenti/nuovo", document_page);
    pages.get_file("pagina_scarica", "/procedure/{id}/documenti/{nome}/{versione}",
                   download_document);
    pages.act("pagina_aggiungi_documento", "/procedure/{id}/documenti/nuovo", prepare_document,
              answer_document, routes::kMaxAttachmentBodyBytes);
    pages.act("pagina_compito", "/procedure/{id}/compiti/{compito}", prepare_task, answer_task);
    return pages.take();
}

routes::RenderError page_errors(const SitePointer& site) {
    return [site](const http::Request& request, const Caller& caller, const Error& error) {
        const auto accept = request.headers.find("Accept");
        return wants_a_page(request.target.path, accept.value_or(""))
                   ? render_error_page(*site, request, caller, error)
                   : routes::render_problem(routes::problem_of(error), request.request_id);
    };
}

std::function<http::Response(const http::Refusal&)> page_refusals(const SitePointer& site) {
    return [site](const http::Refusal& refusal) {
        return wants_a_page(refusal.asked.path, refusal.asked.accept)
                   ? render_refusal_page(*site, refusal)
                   : http::render_refusal(refusal);
    };
}

}  // namespace api::pages
