// SPDX-License-Identifier: EUPL-1.2
#include <nlohmann/json.hpp>

#include "api/routes/json_replies.h"
#include "api/routes/request_reading.h"
#include "api/routes/routes.h"
#include "engine/calendar/term.h"

namespace api::routes {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::calendar::DayCount;
using engine::calendar::kMaxTermCount;
using engine::calendar::TermDirection;
using engine::calendar::TermRule;
using engine::calendar::TermUnit;

const std::initializer_list<std::string_view> kNames{"dal",
                                                     "giorni",
                                                     "mesi",
                                                     "anni",
                                                     "a_ritroso",
                                                     "giorni_liberi",
                                                     "solo_lavorativi",
                                                     "sabato_slitta",
                                                     "senza_slittamento",
                                                     "ora"};
const std::initializer_list<std::string_view> kLists{"patroni", "sospensioni"};

/// One of `giorni`, `mesi` and `anni`.
void read_duration(QueryReader& query, TermRule& rule) {
    const std::pair<std::string_view, TermUnit> kUnits[] = {
        {"giorni", TermUnit::days}, {"mesi", TermUnit::months}, {"anni", TermUnit::years}};
    int given = 0;
    for (const auto& [name, unit] : kUnits) {
        given += query.text(name).empty() ? 0 : 1;
        if (const auto count = query.integer(name, 1, kMaxTermCount)) {
            rule.count = static_cast<int>(*count);
            rule.unit = unit;
        }
    }
    if (given != 1) {
        query.refuse("giorni", "required", "serve una sola durata, fra giorni, mesi e anni");
    }
}

void read_roll(QueryReader& query, TermRule& rule) {
    rule.roll.holiday_rolls = !query.flag("senza_slittamento").value_or(false);
    rule.roll.saturday_rolls = query.flag("sabato_slitta").value_or(false);
    for (const std::string& text : query.texts("patroni")) {
        const auto patron = engine::calendar::parse_patron_day(text);
        if (patron) {
            rule.roll.patrons.push_back(*patron);
        } else {
            query.refuse("patroni", "format", patron.error().message_it);
        }
    }
}

void read_suspensions(QueryReader& query, TermRule& rule) {
    for (const std::string& text : query.texts("sospensioni")) {
        const auto suspension = engine::calendar::parse_suspension(text);
        auto all =
            suspension
                ? engine::calendar::add_suspension(rule.suspensions, *suspension)
                : Result<std::vector<engine::calendar::Suspension>>(fail(suspension.error()));
        if (all) {
            rule.suspensions = std::move(*all);
        } else {
            query.refuse("sospensioni", "format", all.error().message_it);
        }
    }
}

Result<http::Response> compute(const http::Parameters& parameters) {
    QueryReader query(parameters, kNames, kLists);
    TermRule rule;
    if (const auto from = query.date("dal")) {
        rule.from = *from;
    } else if (query.text("dal").empty()) {
        query.refuse("dal", "required", "manca il giorno da cui parte il termine");
    }
    read_duration(query, rule);
    read_roll(query, rule);
    read_suspensions(query, rule);
    rule.direction =
        query.flag("a_ritroso").value_or(false) ? TermDirection::backward : TermDirection::forward;
    rule.day_count =
        query.flag("solo_lavorativi").value_or(false) ? DayCount::working : DayCount::calendar;
    rule.both_ends_clear = query.flag("giorni_liberi").value_or(false);
    if (const std::string hour = query.text("ora"); !hour.empty()) {
        const auto time = engine::calendar::parse_time_of_day(hour);
        if (time) {
            rule.time = *time;
        } else {
            query.refuse("ora", "format", time.error().message_it);
        }
    }
    if (auto read = query.finish(); !read) {
        return fail(read.error());
    }
    const auto term = engine::calendar::compute_term(rule);
    if (!term) {
        return fail(term.error());
    }
    http::Response reply;
    reply.headers.add("Content-Type", "application/json");
    reply.body = engine::calendar::render_term_json(*term);
    return reply;
}

Result<http::Response> compute_from_query(const http::Request& request, service::Service&) {
    return compute(request.target.query);
}

/// A member of the body as the parameters that say the same; false when it can be none.
bool add_member(http::Parameters& parameters, const std::string& name,
                const nlohmann::json& value) {
    if (value.is_array()) {
        for (const auto& element : value) {
            if (!element.is_string()) {
                return false;
            }
            parameters.add(name, element.get<std::string>());
        }
        return true;
    }
    if (value.is_object() || value.is_null() || value.is_number_float()) {
        return false;
    }
    parameters.add(name, value.is_string() ? value.get<std::string>() : value.dump());
    return true;
}

/// The same names in a JSON object.
Result<http::Response> compute_from_body(const http::Request& request, service::Service&) {
    const auto body = engine::base::parse_json(request.body);
    if (!body) {
        return fail(body.error());
    }
    if (!body->is_object()) {
        return fail(ErrorCode::malformed, "I dati devono essere un oggetto JSON: {…}.");
    }
    http::Parameters parameters;
    for (const auto& [name, value] : body->items()) {
        if (!add_member(parameters, name, value)) {
            return fail({ErrorCode::invalid_input,
                         "Il corpo della richiesta va corretto.",
                         {{"/" + name, "type", "non è del tipo previsto", {}}}});
        }
    }
    auto computed = compute(parameters);
    if (computed) {
        return computed;
    }
    auto error = computed.error();
    error.code = error.code == ErrorCode::invalid_query ? ErrorCode::invalid_input : error.code;
    for (auto& detail : error.details) {
        if (detail.pointer.starts_with('?')) {
            detail.pointer.front() = '/';
        }
    }
    return fail(std::move(error));
}

}  // namespace

std::vector<Route> term_routes() {
    return {
        {"calcolo_termini_leggi", "GET", "/v1/calcolo-termini", Immediate{compute_from_query}},
        {"calcolo_termini_calcola", "POST", "/v1/calcolo-termini", Immediate{compute_from_body}},
    };
}

}  // namespace api::routes
