// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/pages/page.h"
#include "api/pages/words.h"
#include "engine/base/sha256.h"

namespace api::pages {
namespace {

using access::Caller;
using access::RoleClass;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using nlohmann::json;

/// Everything comes from here; `data:` images are the small drawings inside Bootstrap Italia's
/// sheet.
constexpr const char* kContentPolicy =
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";

struct MenuItem {
    const char* url;
    const char* words;
    const char* route;  ///< its line in the authorization table
};

constexpr MenuItem kMenu[] = {{"/", "Avvisi", "pagina_home"},
                              {"/cruscotto", "Cruscotto", "pagina_cruscotto"},
                              {"/procedure", "Procedure", "pagina_procedure"},
                              {"/compiti", "Compiti", "pagina_compiti"},
                              {"/scadenze", "Scadenze", "pagina_scadenze"}};

/// The first page of who keeps the program, and of nobody's menu else.
constexpr MenuItem kStatus{"/stato", "Stato del servizio", "pagina_stato"};

bool may_open(const MenuItem& item, RoleClass role_class) {
    const auto reach = access::find_reach(item.route, role_class);
    return reach && *reach != access::Reach::none;
}

bool is_at(const std::string& path, const std::string& url) {
    return path == url || path.starts_with(url + "/");
}

/// "page" on the very page, "true" on one below it, "" elsewhere.
std::string here(const std::string& path, const std::string& url) {
    if (path == url) {
        return "page";
    }
    const bool is_below = url != "/" && is_at(path, url);
    const bool is_notice = url == "/" && path.starts_with("/avvisi/");
    return is_below || is_notice ? "true" : "";
}

json menu_json(const http::Request& request, const Caller& caller) {
    json menu = json::array();
    const auto add = [&](const MenuItem& item) {
        menu.push_back({{"indirizzo", item.url},
                        {"testo", item.words},
                        {"qui", here(request.target.path, item.url)}});
    };
    for (const MenuItem& item : kMenu) {
        if (may_open(item, caller.role_class)) {
            add(item);
        }
    }
    if (home_of(caller.role_class).url == kStatus.url) {
        add(kStatus);
    }
    return menu;
}

json caller_json(const Site& site, const http::Request& request, const Caller& caller) {
    if (!caller.is_known()) {
        return json();
    }
    const auto& actor = caller.actor;
    return {{"nome", caller.display_name},
            {"ruolo", site.role_title(actor.role)},
            {"per", owner_words(site, actor.office, actor.party)},
            {"sigillo", session_seal(request)}};
}

json crumbs_json(const Page& page) {
    if (page.crumbs.empty()) {
        return json();
    }
    json crumbs = {{{"testo", "Inizio"}, {"indirizzo", "/"}, {"prima", true}, {"ultima", false}}};
    for (const Crumb& crumb : page.crumbs) {
        crumbs.push_back({{"testo", crumb.words},
                          {"indirizzo", crumb.url},
                          {"prima", false},
                          {"ultima", &crumb == &page.crumbs.back()}});
    }
    return crumbs;
}

constexpr std::pair<std::string_view, const char*> kFlashes[] = {
    {"fatto", "Fatto: l'atto è registrato."},
    {"documento", "Fatto: il documento è nel fascicolo."},
    {"compito", "Fatto: il compito è aggiornato."},
    {"uscita", "Sei uscito."},
    // Of the demonstration.
    {"giorno", "Il giorno è cambiato: i termini finiti nel frattempo hanno già avuto effetto."},
    {"daccapo", "Si ricomincia: i dati sono quelli iniziali, contati da oggi. Scegli chi sei."},
};

/// What the page before asked to say, by a name in the address: never a text from outside.
json flash_json(const http::Request& request) {
    const std::string name = request.target.query.find("esito").value_or("");
    const auto* found = std::find_if(std::begin(kFlashes), std::end(kFlashes),
                                     [&](const auto& flash) { return flash.first == name; });
    return found == std::end(kFlashes) ? json()
                                       : json{{"tipo", "success"}, {"testo", found->second}};
}

}  // namespace

Home home_of(RoleClass role_class) {
    if (role_class == RoleClass::anonymous) {
        return {"/", "Vai agli avvisi"};
    }
    return may_open(kMenu[1], role_class) ? Home{kMenu[1].url, "Vai al cruscotto"}
                                          : Home{kStatus.url, "Vai allo stato del servizio"};
}

std::string first_path_of(RoleClass role_class, const std::string& asked) {
    const std::string path = safe_path(asked);
    const std::string bare = path.substr(0, path.find('?'));
    const bool is_closed = std::any_of(
        std::begin(kMenu), std::end(kMenu),
        [&](const MenuItem& item) { return !may_open(item, role_class) && is_at(bare, item.url); });
    return is_closed ? home_of(role_class).url : path;
}

Result<access::SeenInstance> find_seen(const PageCall& page, access::Sight least) {
    return access::find_instance(page.call.reach, page.actor(),
                                 engine::base::InstanceId{page.path("id")}, least, page.queries());
}

std::string owner_words(const Site& site, const std::string& office, const std::string& party) {
    if (!party.empty()) {
        return "ente " + party;
    }
    return office.empty() ? "" : site.office_name(office);
}

std::string session_seal(const http::Request& request) {
    const auto secret = access::find_secret(request, access::Credential::session);
    return secret && !secret->empty()
               ? engine::base::keyed_sha256_hex(*secret, "sigillo dei moduli")
               : "";
}

bool is_from_elsewhere(const http::Request& request) {
    const auto origin = request.headers.find("Origin");
    if (!origin) {
        return false;
    }
    const std::size_t slashes = origin->find("//");
    return slashes == std::string::npos || origin->substr(slashes + 2) != request.host;
}

Result<FormData> read_sealed_form(const http::Request& request) {
    auto form = read_form(request.headers.find("Content-Type").value_or(""), request.body);
    if (!form) {
        return form;
    }
    const std::string seal = session_seal(request);
    if (is_from_elsewhere(request) || seal.empty() || form->text("sigillo") != seal) {
        return fail(ErrorCode::forbidden,
                    "Il modulo non viene da una pagina di questa sessione. Riapri la pagina e "
                    "riprova: niente è stato registrato.");
    }
    return form;
}

http::Response see_other(const std::string& url) {
    http::Response response;
    response.status = 303;
    response.headers.add("Location", url);
    response.headers.add("Cache-Control", "no-store");
    return response;
}

std::string next_page_url(const http::Request& request, const std::string& next) {
    std::string url = request.target.path;
    char joint = '?';
    for (const auto& [name, value] : request.target.query.items()) {
        if (name != "dopo") {
            url += fmt::format("{}{}={}", joint, percent_encode(name), percent_encode(value));
            joint = '&';
        }
    }
    return next.empty() ? url : fmt::format("{}{}dopo={}", url, joint, percent_encode(next));
}

http::Response render_page(const Site& site, const http::Request& request, const Caller& caller,
                           const Page& page) {
    const Assets& assets = site.assets();
    const json frame = {{"pagina", {{"titolo", page.title}}},
                        {"file",
                         {{"stile", assets.url("coprog.css")},
                          {"htmx", assets.url("htmx.js")},
                          {"carattere", assets.url("titillium-400.woff2")},
                          {"licenze", assets.url("licenze.txt")}}},
                        {"prova", site.banner_html(request, caller)},
                        {"chi", caller_json(site, request, caller)},
                        {"menu", menu_json(request, caller)},
                        {"briciole", crumbs_json(page)},
                        {"messaggio", flash_json(request)},
                        {"contenuto", page.content_html},
                        {"adesso", instant_words(site.now())}};
    http::Response response;
    response.status = page.status;
    response.headers.add("Content-Type", "text/html; charset=utf-8");
    response.headers.add("Content-Security-Policy", kContentPolicy);
    response.headers.add("Referrer-Policy", "same-origin");
    response.headers.add("Cache-Control", "no-store");
    response.body = site.renderer().render("layout", frame);
    return response;
}

}  // namespace api::pages
