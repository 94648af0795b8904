// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "api/pages/field_widget.h"
#include "engine/base/json.h"
#include "engine/calendar/local_time.h"

namespace api::pages {
namespace {

using engine::base::Fields;
using nlohmann::json;

/// The lines of an area that say something.
std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t from = 0;
    while (from <= text.size()) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        const std::string line = text.substr(from, end - from);
        if (line.find_first_not_of(" \t") != std::string::npos) {
            lines.push_back(line);
        }
        from = end + 1;
    }
    return lines;
}

/// One value as JSON text; empty when nothing was typed, absent when it cannot be read.
std::optional<std::string> read_value(const std::string& name, Widget widget,
                                      const FormData& sent) {
    const std::string text = sent.text(name);
    if (widget == Widget::choices) {
        const auto chosen = sent.texts(name);
        return chosen.empty() ? "" : engine::base::render_texts(chosen);
    }
    if (text.empty()) {
        return "";
    }
    switch (widget) {
        case Widget::lines: return engine::base::render_texts(lines_of(text));
        case Widget::moment: {
            const auto moment = read_typed_moment(text);
            return moment ? std::optional(engine::base::render_text(*moment)) : std::nullopt;
        }
        case Widget::integer:
            return engine::base::read_integer(text) ? std::optional(text) : std::nullopt;
        case Widget::flag:
            return engine::base::read_flag(text) ? std::optional(text) : std::nullopt;
        case Widget::raw: {
            const auto canonical = engine::base::canonical_json(text);
            return canonical ? std::optional(*canonical) : std::nullopt;
        }
        default: return engine::base::render_text(text);
    }
}

std::string unreadable_words(Widget widget) {
    switch (widget) {
        case Widget::moment: return "Non è una data: scrivi gg/mm/aaaa, per esempio 16/05/2025.";
        case Widget::integer: return "Non è un numero intero: scrivi solo cifre.";
        case Widget::flag: return "Scegli sì o no.";
        default: return "Non è JSON: correggi il testo.";
    }
}

struct Reading {
    const FormData& sent;
    FieldErrors& errors;

    std::string read(const std::string& field, const json& schema, bool is_required) {
        const Widget widget = widget_of(schema);
        const auto value = read_value(input_name(field), widget, sent);
        if (!value) {
            errors.emplace(field, unreadable_words(widget));
            return {};
        }
        if (value->empty() && is_required) {
            errors.emplace(field, widget == Widget::flag || widget == Widget::choice ||
                                          widget == Widget::choices
                                      ? "Manca la scelta: indicane una."
                                      : "È obbligatorio: scrivilo.");
        }
        return *value;
    }

    std::string read_group(const FormField& field, const json& schema) {
        const auto required = schema.value("required", std::vector<std::string>{});
        Fields members;
        for (const auto& [name, member] : schema.at("properties").items()) {
            const bool is_required =
                field.is_required &&
                std::find(required.begin(), required.end(), name) != required.end();
            const std::string value = read(field.name + "." + name, member, is_required);
            if (!value.empty()) {
                members.emplace(name, value);
            }
        }
        return members.empty() ? "" : engine::base::render_fields(members);
    }
};

}  // namespace

Fields read_fields(const std::vector<FormField>& fields, const FormData& sent,
                   FieldErrors& errors) {
    Fields values;
    Reading reading{sent, errors};
    for (const FormField& field : fields) {
        const json schema = schema_of(field);
        const std::string value = widget_of(schema) == Widget::group
                                      ? reading.read_group(field, schema)
                                      : reading.read(field.name, schema, field.is_required);
        if (value.empty() || errors.contains(field.name)) {
            continue;
        }
        for (const auto& detail : field.definition->schema->validate(value, "/" + field.name)) {
            errors.emplace(field.name, detail.message_it);
        }
        values.emplace(field.name, value);
    }
    return values;
}

std::optional<std::string> read_typed_moment(const std::string& text) {
    if (engine::calendar::parse_local_moment(text)) {
        return text;
    }
    unsigned day = 0;
    unsigned month = 0;
    int year = 0;
    int length = 0;
    if (std::sscanf(text.c_str(), "%2u%*[/.-]%2u%*[/.-]%4d%n", &day, &month, &year, &length) != 3) {
        return std::nullopt;
    }
    std::string iso = fmt::format("{:04}-{:02}-{:02}", year, month, day);
    std::string rest = text.substr(static_cast<std::size_t>(length));
    for (const std::string_view word : {" alle ", " ore ", ", ", " "}) {
        if (rest.starts_with(word)) {
            rest = rest.substr(word.size());
            break;
        }
    }
    if (!rest.empty()) {
        iso += "T" + (rest.find(':') == 1 ? "0" + rest : rest);
    }
    return engine::calendar::parse_local_moment(iso) ? std::optional(iso) : std::nullopt;
}

}  // namespace api::pages
