// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "engine/base/json.h"
#include "engine/calendar/local_time.h"

namespace api::pages {
namespace {

using engine::base::Instant;
using engine::calendar::LegalDate;
using engine::definition::DeadlineKind;
using engine::machine::DeadlineStatus;
using engine::machine::TaskStatus;

constexpr std::int64_t kMillisecond = 1;

std::string day_words(LegalDate date) {
    const auto day = date.year_month_day();
    return fmt::format("{:02}/{:02}/{}", static_cast<unsigned>(day.day()),
                       static_cast<unsigned>(day.month()), static_cast<int>(day.year()));
}

LegalDate last_day(Instant bound) {
    return engine::calendar::legal_date_of({bound.utc_ms - kMillisecond});
}

std::string upper_first(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return text;
}

/// A word that loses its vowel before another: "dell_ufficio".
bool is_elided(std::string_view word) {
    constexpr std::array<std::string_view, 7> kElided{"l",    "d",    "dell", "all",
                                                      "dall", "nell", "sull"};
    return std::find(kElided.begin(), kElided.end(), word) != kElided.end();
}

std::string object_words(const engine::base::Fields& members) {
    std::string words;
    for (const auto& [name, value] : members) {
        words += fmt::format("{}{}: {}", words.empty() ? "" : "; ", choice_words(name),
                             value_words(value));
    }
    return words;
}

/// A value as its schema has it: constants by their titles, members of an object by theirs.
std::string schema_words(const nlohmann::json& schema, const nlohmann::json& value) {
    using nlohmann::json;
    std::string words;
    const auto add = [&words](const std::string& part) {
        words += (words.empty() || part.empty() ? "" : "; ") + part;
    };
    if (value.is_array()) {
        json items = schema.value("items", json::object());
        if (schema.contains("x-titles")) {
            items["x-titles"] = schema["x-titles"];
        }
        for (const json& one : value) {
            add(schema_words(items, one));
        }
        return words;
    }
    if (value.is_object()) {
        const json members = schema.value("properties", json::object());
        for (const auto& [name, one] : value.items()) {
            if (!members.empty() && !members.contains(name)) {
                continue;  // the schema names those that people read
            }
            const json member = members.value(name, json::object());
            add(member.value("title", choice_words(name)) + ": " + schema_words(member, one));
        }
        return words;
    }
    if (!value.is_string()) {
        return value_words(value.dump());
    }
    const auto text = value.get<std::string>();
    const std::string title = schema.value("x-titles", json::object()).value(text, "");
    if (!title.empty()) {
        return title;
    }
    return schema.contains("enum") ? choice_words(text) : value_words(value.dump());
}

Countdown late_words(int days) {
    if (days == 0) {
        return {Urgency::late, "scaduto oggi"};
    }
    return {Urgency::late, "in ritardo di " + count_words(days, "giorno", "giorni")};
}

}  // namespace

std::string_view urgency_name(Urgency urgency) {
    switch (urgency) {
        case Urgency::none: return "none";
        case Urgency::later: return "later";
        case Urgency::soon: return "soon";
        case Urgency::today: return "today";
        case Urgency::late: return "late";
    }
    return "none";
}

Countdown count_down(std::optional<Instant> bound, Instant now) {
    if (!bound) {
        return {Urgency::none, "senza una fine nota"};
    }
    const LegalDate today = engine::calendar::legal_date_of(now);
    const auto days = static_cast<int>((last_day(*bound).day() - today.day()).count());
    if (now >= *bound) {
        return late_words(-days);
    }
    if (days <= 0) {
        return {Urgency::today, "scade oggi"};
    }
    const Urgency urgency = days <= kSoonDays ? Urgency::soon : Urgency::later;
    return {urgency,
            days == 1 ? "scade domani" : "scade tra " + count_words(days, "giorno", "giorni")};
}

std::string last_moment_words(Instant bound) {
    const std::string day = day_words(last_day(bound));
    // A whole day ends at midnight; an hour is counted to its last second (12:00:01, exclusive).
    const bool is_midnight =
        engine::calendar::start_of_day(engine::calendar::legal_date_of(bound)) == bound;
    return is_midnight ? day : instant_words({bound.utc_ms - kMillisecond});
}

std::string date_words(const std::string& text) {
    const auto moment = engine::calendar::parse_local_moment(text);
    if (!moment) {
        return text;
    }
    if (moment->offset_minutes) {
        const auto instant = engine::calendar::to_instant(*moment);
        return instant ? instant_words(*instant) : text;
    }
    const std::string day = day_words(moment->date);
    return moment->time ? fmt::format("{} ore {}", day, text.substr(11, 5)) : day;
}

std::string instant_words(Instant instant) {
    // The calendar knows what the clock on the wall says: "30/03/2025 alle 09:15:00".
    const std::string words = engine::calendar::render_italian_instant(instant);
    return fmt::format("{} ore {}", words.substr(0, 10), words.substr(16, 5));
}

std::string count_words(std::int64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string choice_words(std::string_view value) {
    std::string words;
    std::string_view rest = value;
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find('_'));
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
        words += word;
        if (!rest.empty()) {
            words += is_elided(word) ? '\'' : ' ';
        }
    }
    return upper_first(words);
}

std::string as_sentence(std::string clause) {
    std::string sentence = upper_first(std::move(clause));
    return sentence.ends_with('.') ? sentence : sentence + ".";
}

std::string value_words(const std::string& json) {
    if (const auto text = engine::base::read_text(json)) {
        const bool is_name =
            text->find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == std::string::npos &&
            text->find('_') != std::string::npos;
        return is_name ? choice_words(*text) : date_words(*text);
    }
    if (const auto flag = engine::base::read_flag(json)) {
        return *flag ? "Sì" : "No";
    }
    const auto texts = engine::base::read_texts(json);
    if (!texts.empty()) {
        std::string words;
        for (const std::string& text : texts) {
            words += (words.empty() ? "" : "; ") + value_words(engine::base::render_text(text));
        }
        return words;
    }
    if (json.starts_with('{')) {
        const auto members = engine::base::parse_fields(json);
        return members ? object_words(*members) : json;
    }
    return json == "null" || json == "[]" ? "" : json;
}

std::string field_words(const engine::definition::FieldDefinition& field, const std::string& json) {
    const auto value = nlohmann::json::parse(json, nullptr, false);
    return value.is_discarded() ? json
                                : schema_words(nlohmann::json::parse(field.schema_json), value);
}

std::string_view task_status_words(TaskStatus status) {
    switch (status) {
        case TaskStatus::open: return "Da prendere in carico";
        case TaskStatus::taken: return "In carico";
        case TaskStatus::done: return "Concluso";
        case TaskStatus::cancelled: return "Annullato";
    }
    return "";
}

std::string_view deadline_kind_words(DeadlineKind kind) {
    switch (kind) {
        case DeadlineKind::closing: return "Termine che chiude: dopo, l'atto non è più possibile";
        case DeadlineKind::obligation:
            return "Adempimento dovuto: dopo, è in ritardo ma resta dovuto";
        case DeadlineKind::advisory: return "Data consigliata";
        case DeadlineKind::minimum_notice: return "Preavviso minimo";
        case DeadlineKind::recurring: return "Adempimento che si ripete";
    }
    return "";
}

std::string_view deadline_status_words(DeadlineStatus status) {
    switch (status) {
        case DeadlineStatus::running: return "In corso";
        case DeadlineStatus::suspended: return "Sospeso";
        case DeadlineStatus::expired: return "Trascorso";
        case DeadlineStatus::missed: return "Mancato, ancora dovuto";
        case DeadlineStatus::met: return "Rispettato";
        case DeadlineStatus::met_late: return "Adempiuto in ritardo";
        case DeadlineStatus::cancelled: return "Annullato";
    }
    return "";
}

std::string_view signature_words(std::string_view signature_status) {
    if (signature_status == "assente") {
        return "Senza firma";
    }
    if (signature_status == "valida") {
        return "Firma valida";
    }
    if (signature_status == "non_valida") {
        return "Firma non valida";
    }
    return "Firma presente, non verificata";
}

}  // namespace api::pages
