// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/field_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/pages/field_widget.h"
#include "api/pages/words.h"

namespace api::pages {
namespace {

using engine::base::Fields;
using nlohmann::json;

constexpr int kAreaRows = 5;
/// As many fields as one reads without a heading in between.
constexpr std::size_t kMaxFlatFields = 10;

json option_json(const std::string& id, std::size_t place, const std::string& value,
                 const std::string& words, bool is_chosen) {
    return {{"id_opzione", fmt::format("{}-{}", id, place)},
            {"valore", value},
            {"testo_opzione", words},
            {"scelta", is_chosen}};
}

/// `titles`: how the constants are called (`x-titles`).
json enum_options(const std::string& id, const json& values, const json& titles,
                  const std::vector<std::string>& chosen) {
    json options = json::array();
    for (const json& value : values) {
        const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
        const bool is_chosen = std::find(chosen.begin(), chosen.end(), text) != chosen.end();
        options.push_back(option_json(id, options.size(), text,
                                      titles.value(text, choice_words(text)), is_chosen));
    }
    return options;
}

std::string typed_value(const json& value, Widget widget) {
    if (value.is_string()) {
        return widget == Widget::moment ? date_words(value.get<std::string>())
                                        : value.get<std::string>();
    }
    if (widget == Widget::lines && value.is_array()) {
        std::string lines;
        for (const json& line : value) {
            lines += (lines.empty() ? "" : "\n") + line.get<std::string>();
        }
        return lines;
    }
    return value.is_null() ? "" : value.dump();
}

/// What the inputs of one field hold: what was sent, or, on a form that nobody has sent yet, the
/// present value.
std::vector<std::string> held(const std::string& name, Widget widget, const FormData& sent,
                              const json& present) {
    if (!sent.fields.empty()) {
        return sent.texts(name);
    }
    if (widget == Widget::choices && present.is_array()) {
        return present.get<std::vector<std::string>>();
    }
    if (widget == Widget::flag && present.is_boolean()) {
        return {present.get<bool>() ? "true" : "false"};
    }
    return present.is_null() ? std::vector<std::string>{}
                             : std::vector{typed_value(present, widget)};
}

std::string help_of(const json& schema, Widget widget) {
    std::string help = schema.value("description", "");
    const auto add = [&help](const std::string& sentence) {
        help += (help.empty() ? "" : " ") + sentence;
    };
    if (widget == Widget::moment) {
        add(takes_hour(schema)
                ? "Scrivi giorno e ora: gg/mm/aaaa ore oo:mm, per esempio 16/05/2025 "
                  "ore 12:00."
                : "Scrivi il giorno: gg/mm/aaaa, per esempio 16/05/2025.");
    } else if (widget == Widget::lines) {
        add("Una voce per riga.");
    } else if (widget == Widget::integer && schema.contains("maximum")) {
        add(fmt::format("Un numero intero da {} a {}.", schema.value("minimum", 0),
                        schema.value("maximum", 0)));
    } else if (widget == Widget::raw) {
        add("Scrivi un valore in formato JSON.");
    }
    return help;
}

json input_json(const std::string& id, const json& schema, Widget widget,
                const std::vector<std::string>& values) {
    const std::string value = values.empty() ? "" : values.front();
    const json titles = schema.value("x-titles", json::object());
    switch (widget) {
        case Widget::text:
        case Widget::moment:
            return {{"testo", {{"valore", value}, {"breve", widget == Widget::moment}}}};
        case Widget::integer:
            return {{"testo", {{"valore", value}, {"numero", true}, {"breve", true}}}};
        case Widget::area:
        case Widget::lines:
        case Widget::raw: return {{"area", {{"valore", value}, {"righe", kAreaRows}}}};
        case Widget::flag:
            return {{"scelta_una",
                     {{"opzioni",
                       {option_json(id, 0, "true", "Sì", value == "true"),
                        option_json(id, 1, "false", "No", value == "false")}}}}};
        case Widget::choice: {
            const json& options = schema.at("enum");
            return {{options.size() <= kMaxRadios ? "scelta_una" : "elenco",
                     {{"opzioni", enum_options(id, options, titles, values)}}}};
        }
        case Widget::choices:
            return {
                {"scelte",
                 {{"opzioni", enum_options(id, schema.at("items").at("enum"), titles, values)}}}};
        case Widget::group: break;
    }
    return json::object();
}

std::string find_error(const FieldErrors& errors, const std::string& field) {
    const auto found = errors.find(field);
    return found == errors.end() ? "" : found->second;
}

/// The id of the first input of a field, for the link of the error summary.
std::string focus_id(const std::string& id, Widget widget, const json& schema) {
    return has_options(widget, schema) ? id + "-0" : id;
}

std::string described_by(const std::string& id, const json& shown) {
    std::string ids = shown.at("aiuto") == "" ? "" : id + "-aiuto";
    if (shown.at("errore") != "") {
        ids += (ids.empty() ? "" : " ") + id + "-errore";
    }
    return ids;
}

json field_json(const std::string& field, const std::string& title, bool is_required,
                const json& schema, const FormData& sent, const json& present,
                const FieldErrors& errors) {
    const Widget widget = widget_of(schema);
    const std::string id = input_id(field);
    json shown = input_json(id, schema, widget, held(input_name(field), widget, sent, present));
    shown["id"] = id;
    shown["name"] = input_name(field);
    shown["titolo"] = title;
    shown["obbligatorio"] = is_required;
    shown["marca"] = is_required ? "" : "facoltativo";
    shown["aiuto"] = help_of(schema, widget);
    shown["errore"] = find_error(errors, field);
    shown["descritto"] = described_by(id, shown);
    shown["primo"] = focus_id(id, widget, schema);
    return shown;
}

/// The members of an object, each a field "object.member".
json group_json(const FormField& field, const json& schema, const FormData& sent,
                const json& present, const FieldErrors& errors) {
    const auto required = schema.value("required", std::vector<std::string>{});
    json members = json::array();
    for (const auto& [name, member] : schema.at("properties").items()) {
        const bool is_required =
            std::find(required.begin(), required.end(), name) != required.end();
        members.push_back(
            field_json(field.name + "." + name, member.value("title", choice_words(name)),
                       field.is_required && is_required, member, sent,
                       present.is_object() ? present.value(name, json()) : json(), errors));
    }
    const std::string id = input_id(field.name);
    return {{"id", id},
            {"primo", members.empty() ? json(id) : members.front().at("primo")},
            {"titolo", field.definition->title},
            {"errore", find_error(errors, field.name)},
            {"gruppo", {{"campi_gruppo", members}}}};
}

}  // namespace

std::string input_name(const std::string& field) {
    return "campo." + field;
}

std::string input_id(const std::string& field) {
    std::string id = "campo-" + field;
    std::replace(id.begin(), id.end(), '.', '-');
    return id;
}

std::vector<FormField> form_fields(const engine::definition::WorkflowDefinition& definition,
                                   const std::vector<std::string>& takes,
                                   const std::vector<std::string>& may_take) {
    std::vector<FormField> fields;
    for (const std::string& name : takes) {
        fields.push_back({name, definition.fields.find(name), true});
    }
    for (const std::string& name : may_take) {
        fields.push_back({name, definition.fields.find(name), false});
    }
    std::erase_if(fields, [](const FormField& field) { return field.definition == nullptr; });
    return fields;
}

json form_json(const std::vector<FormField>& fields, const FormData& sent, const Fields& present,
               const FieldErrors& errors) {
    json shown = json::array();
    for (const FormField& field : fields) {
        const json schema = schema_of(field);
        const auto value = present.find(field.name);
        const bool is_kept = value != present.end() && !field.is_required;
        const json now = is_kept ? json::parse(value->second) : json();
        shown.push_back(widget_of(schema) == Widget::group
                            ? group_json(field, schema, sent, now, errors)
                            : field_json(field.name, field.definition->title, field.is_required,
                                         schema, sent, now, errors));
        if (!field.needed.empty()) {
            shown.back()["marca"] = field.needed;
        } else if (is_kept) {
            shown.back()["marca"] = "";  // it may be needed: it is there
        }
        shown.back()["sezione"] = schema.value("x-section", "");
    }
    return shown;
}

json sections_json(const json& fields) {
    const std::string kRest = "Altro";
    json sections = json::array();
    std::map<std::string, std::size_t> places;
    for (const json& field : fields) {
        const std::string named = field.value("sezione", "");
        const std::string& title = named.empty() ? kRest : named;
        const auto [place, is_new] = places.emplace(title, sections.size());
        if (is_new) {
            sections.push_back({{"titolo_sezione", title}, {"campi_sezione", json::array()}});
        }
        sections[place->second]["campi_sezione"].push_back(field);
    }
    if (fields.size() > kMaxFlatFields && sections.size() > 1) {
        return sections;
    }
    json flat = json::array();
    if (!fields.empty()) {
        flat.push_back({{"titolo_sezione", ""}, {"campi_sezione", fields}});
    }
    return flat;
}

json hidden_inputs(const FormData& sent) {
    json inputs = json::array();
    for (const auto& [name, value] : sent.fields) {
        if (name.starts_with("campo.")) {
            inputs.push_back({{"name", name}, {"valore", value}});
        }
    }
    return inputs;
}

}  // namespace api::pages
