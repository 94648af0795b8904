// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/pages/page_families.h"

namespace api::pages {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using nlohmann::json;

constexpr const char* kDashboard = "/cruscotto";

/// `Secure` would keep the cookie off the plain connection of a machine to itself.
bool is_loopback(const std::string& host) {
    const std::string name = host.substr(0, host.rfind(':'));
    return host == "localhost" || host == "[::1]" || name == "127.0.0.1" || name == "localhost" ||
           name == "[::1]";
}

std::string session_cookie(const http::Request& request, const std::string& secret,
                           std::int64_t max_age_s) {
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}",
                       access::kSessionCookie, secret, max_age_s,
                       is_loopback(request.host) ? "" : "; Secure");
}

Page login_form(const PageCall& page, const std::string& next, const std::string& problem) {
    json errors = json::array();
    if (!problem.empty()) {
        errors.push_back({{"indirizzo", "#codice"}, {"testo", problem}, {"fonti", ""}});
    }
    return {"Accedi",
            page.site.fill("accedi", {{"poi", next},
                                      {"errore", problem},
                                      {"ha_errori", !errors.empty()},
                                      {"titolo_errori", "Non sei entrato"},
                                      {"errori", errors}}),
            {{"Accedi", ""}},
            problem.empty() ? 200 : 422};
}

}  // namespace

std::string safe_path(const std::string& path) {
    const bool is_clean = std::none_of(path.begin(), path.end(), [](unsigned char letter) {
        return letter == '\\' || letter <= ' ' || letter == 0x7f;
    });
    const bool is_ours = path.starts_with('/') && !path.starts_with("//") && is_clean;
    return is_ours ? path : kDashboard;
}

Result<http::Response> open_session(const PageCall& page, const engine::machine::Actor& actor,
                                    engine::base::Instant until, const std::string& path) {
    engine::TokenRequest session;
    session.actor = actor;
    session.valid_from = page.now;
    session.valid_until = until;
    session.label = "sessione";
    session.is_session = true;
    const auto issued = page.call.desk.accounts->create_token(session);
    if (!issued) {
        return fail(issued.error());
    }
    http::Response response = see_other(path);
    const std::int64_t seconds = (until.utc_ms - page.now.utc_ms) / 1000;
    response.headers.add("Set-Cookie", session_cookie(page.call.request, issued->secret, seconds));
    return response;
}

PageResult login_page(const PageCall& page) {
    return login_form(page, page.query("poi"), "");
}

Result<http::Response> log_in(const PageCall& page) {
    const http::Request& request = page.call.request;
    const auto form = read_form(request.headers.find("Content-Type").value_or(""), request.body);
    if (!form) {
        return fail(form.error());
    }
    if (is_from_elsewhere(request)) {
        return fail(ErrorCode::forbidden, "L'accesso si fa dalla pagina di questo servizio.");
    }
    auto& accounts = *page.call.desk.accounts;
    const auto identity = accounts.find_identity(form->text("codice"));
    if (!identity && identity.error().code != ErrorCode::unauthenticated) {
        return fail(identity.error());
    }
    if (!identity || identity->is_session) {
        return render_page(page.site, request, page.call.caller,
                           login_form(page, form->text("poi"),
                                      "Il codice non è valido, o non lo è più. Controlla di averlo "
                                      "copiato intero."));
    }
    return open_session(
        page, identity->actor,
        std::min(identity->valid_until, engine::base::Instant{page.now.utc_ms + kSessionMs}),
        first_path_of(page.call.roles.find(identity->actor.role), form->text("poi")));
}

Result<http::Response> log_out(const PageCall& page) {
    const auto form = read_sealed_form(page.call.request);
    if (!form) {
        return fail(form.error());
    }
    if (auto revoked = page.call.desk.accounts->revoke_token(page.call.caller.token_code);
        !revoked) {
        return fail(revoked.error());
    }
    http::Response response = see_other("/?esito=uscita");
    response.headers.add("Set-Cookie", session_cookie(page.call.request, "", 0));
    return response;
}

}  // namespace api::pages
