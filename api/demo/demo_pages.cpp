// SPDX-License-Identifier: EUPL-1.2
#include "api/demo/demo_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "api/demo/demo_clock.h"
#include "api/demo/demo_roles.h"
#include "engine/calendar/local_time.h"

namespace api::demo {
namespace {

using access::Reach;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using nlohmann::json;
using pages::FormData;
using pages::PageCall;
using routes::Call;
using routes::Route;

constexpr std::array<Reach, access::kRoleClasses> kEverybody{
    Reach::everyone, Reach::everyone, Reach::everyone, Reach::everyone, Reach::everyone};

// Nothing of a procedure is shown or done here: whoever is at the machine may become anybody.
constexpr auto kAccess = std::to_array<access::AccessRow>({{"demo_pagina", kEverybody},
                                                           {"demo_entra", kEverybody},
                                                           {"demo_orologio", kEverybody},
                                                           {"demo_ricomincia", kEverybody}});

constexpr std::array kMonths{"gennaio", "febbraio", "marzo",     "aprile",  "maggio",   "giugno",
                             "luglio",  "agosto",   "settembre", "ottobre", "novembre", "dicembre"};

/// Days that one click moves the calendar.
constexpr std::array<int, 3> kSteps{1, 7, 30};

/// A session outlives every move of the calendar.
constexpr std::int64_t kSessionDays = DemoClock::kMaxDaysAhead + 2;
constexpr std::int64_t kMsPerDay = 86'400'000;

/// "domenica 22 novembre 2026"
std::string today_words(engine::base::Instant now) {
    const auto today = engine::calendar::legal_date_of(now);
    const auto day = today.year_month_day();
    const auto month = static_cast<unsigned>(day.month());
    return fmt::format("{} {} {} {}", engine::calendar::italian_weekday(today.weekday()),
                       static_cast<unsigned>(day.day()), kMonths.at(month - 1), today.year());
}

/// The page one is on, to come back to it; after a form, the page of the demonstration.
std::string present_page(const http::Request& request) {
    if (request.method != "GET" && request.method != "HEAD") {
        return "/demo";
    }
    std::string url = request.target.path;
    char joint = '?';
    for (const auto& [name, value] : request.target.query.items()) {
        if (name != "esito" && name != "dopo") {
            url += fmt::format("{}{}={}", joint, pages::percent_encode(name),
                               pages::percent_encode(value));
            joint = '&';
        }
    }
    return url;
}

/// What every button of the demonstration needs.
json buttons_json(const pages::Site& site, const http::Request& request) {
    json steps = json::array();
    for (const int days : kSteps) {
        steps.push_back({{"giorni", days},
                         {"primo", days == kSteps.front()},
                         {"testo", days == 1 ? "1 giorno" : fmt::format("{} giorni", days)}});
    }
    return {{"oggi", today_words(site.now())},
            {"passi", steps},
            {"poi", present_page(request)},
            {"sigillo", pages::session_seal(request)}};
}

/// A form of ours: with the session's seal where there is a session, and never from another site.
Result<FormData> read_own_form(const Call& call) {
    if (call.caller.is_known()) {
        return pages::read_sealed_form(call.request);
    }
    if (pages::is_from_elsewhere(call.request)) {
        return fail(ErrorCode::forbidden,
                    "I comandi della dimostrazione si danno dalle sue pagine. Apri /demo.");
    }
    return pages::read_form(call.request.headers.find("Content-Type").value_or(""),
                            call.request.body);
}

pages::Page make_demo_page(const PageCall& page) {
    json data = buttons_json(page.site, page.call.request);
    for (const DemoRole& role : demo_roles()) {
        data["ruoli"].push_back({{"nome", std::string(role.name)},
                                 {"titolo", std::string(role.title_it)},
                                 {"persona", std::string(role.person_it)},
                                 {"prova", std::string(role.try_it)}});
    }
    return {"Prova il programma", page.site.fill("demo/pagina", data), {{"Dimostrazione", ""}}};
}

/// The person made for a role when the data were begun.
Result<std::string> find_person(const PageCall& page, const DemoRole& role) {
    const auto people = page.call.desk.accounts->list_people();
    if (!people) {
        return fail(people.error());
    }
    const auto found = std::find_if(
        people->begin(), people->end(),
        [&](const engine::Person& person) { return person.display_name == role.person_it; });
    if (found == people->end()) {
        return fail(ErrorCode::not_found,
                    "Questa persona non è nei dati dimostrativi: premi «Ricomincia».");
    }
    return found->id;
}

Result<http::Response> enter(const PageCall& page) {
    if (auto form = read_own_form(page.call); !form) {
        return fail(form.error());
    }
    const DemoRole* role = find_demo_role(page.path("ruolo"));
    if (role == nullptr) {
        return fail(ErrorCode::not_found, "Questo ruolo non c'è: scegline uno dalla pagina /demo.");
    }
    const auto person = find_person(page, *role);
    if (!person) {
        return fail(person.error());
    }
    return pages::open_session(
        page,
        {*person, std::string(role->role), std::string(role->office), std::string(role->party)},
        {page.now.utc_ms + kSessionDays * kMsPerDay}, std::string(role->first_page));
}

Result<http::Response> move_clock(const PageCall& page, const DemoControls& controls) {
    const auto form = read_own_form(page.call);
    if (!form) {
        return fail(form.error());
    }
    const std::string asked = form->text("giorni");
    const auto* const step = std::find_if(kSteps.begin(), kSteps.end(), [&](const int days) {
        return std::to_string(days) == asked;
    });
    if (step == kSteps.end()) {
        return fail(ErrorCode::invalid_input, "Il calendario va avanti di 1, 7 o 30 giorni.");
    }
    if (auto moved = controls.move_clock(*step, page.call.service); !moved) {
        return fail(moved.error());
    }
    const std::string back = pages::safe_path(form->text("poi"));
    const char* const joint = back.find('?') == std::string::npos ? "?" : "&";
    return pages::see_other(back + joint + "esito=giorno");
}

Result<http::Response> begin_again(const PageCall& page, const DemoControls& controls) {
    if (auto form = read_own_form(page.call); !form) {
        return fail(form.error());
    }
    if (auto begun = controls.begin_again(); !begun) {
        return fail(begun.error());
    }
    return pages::see_other("/demo?esito=daccapo");
}

Route make_route(const pages::SitePointer& site, const char* name, const char* method,
                 const char* pattern, routes::Work work) {
    Route route{name, method, pattern, std::move(work), access::Credential::session, {}};
    route.render_error = [site](const http::Request& request, const access::Caller& caller,
                                const engine::base::Error& error) {
        return pages::render_error_page(*site, request, caller, error);
    };
    return route;
}

}  // namespace

std::vector<Route> demo_routes(const pages::SitePointer& site, DemoControls controls) {
    using Made = Result<http::Response>;
    const auto show = [site](const Call& call) -> Made {
        return pages::render_page(*site, call.request, call.caller,
                                  make_demo_page({*site, call, site->now()}));
    };
    const auto enter_as = [site](const Call& call) -> Made {
        return enter({*site, call, site->now()});
    };
    const auto move = [site, controls](const Call& call) -> Made {
        return move_clock({*site, call, site->now()}, controls);
    };
    const auto restart = [site, controls](const Call& call) -> Made {
        return begin_again({*site, call, site->now()}, controls);
    };
    return {
        make_route(site, "demo_pagina", "GET", "/demo", routes::Read{show}),
        make_route(site, "demo_entra", "POST", "/demo/entra/{ruolo}", routes::Chore{enter_as}),
        make_route(site, "demo_orologio", "POST", "/demo/orologio", routes::Chore{move}),
        make_route(site, "demo_ricomincia", "POST", "/demo/ricomincia", routes::Chore{restart})};
}

std::span<const access::AccessRow> demo_access() {
    return kAccess;
}

std::string demo_banner(const pages::Site& site, const http::Request& request,
                        const access::Caller& /*caller*/) {
    return site.fill("demo/striscia", buttons_json(site, request));
}

}  // namespace api::demo
