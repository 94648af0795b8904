// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/field_widget.h"

#include <nlohmann/json.hpp>

namespace api::pages {
namespace {

using nlohmann::json;

/// A text that may be longer than this gets an area of several lines.
constexpr std::size_t kLongTextBytes = 200;

bool is_moment(const json& schema) {
    return schema.value("format", "") == "date" ||
           schema.value("pattern", "").starts_with("^[0-9]{4}-[0-9]{2}-[0-9]{2}");
}

Widget text_widget(const json& schema) {
    if (schema.contains("enum")) {
        return Widget::choice;
    }
    if (is_moment(schema)) {
        return Widget::moment;
    }
    return schema.value("maxLength", std::size_t{0}) > kLongTextBytes ? Widget::area : Widget::text;
}

Widget list_widget(const json& schema) {
    const auto items = schema.find("items");
    if (items == schema.end() || items->value("type", "") != "string") {
        return Widget::raw;
    }
    return items->contains("enum") ? Widget::choices : Widget::lines;
}

}  // namespace

bool takes_hour(const json& schema) {
    return schema.value("pattern", "").find('T') != std::string::npos;
}

Widget widget_of(const json& schema) {
    const std::string type = schema.value("type", "");
    if (type == "string") {
        return text_widget(schema);
    }
    if (type == "array") {
        return list_widget(schema);
    }
    if (type == "object") {
        return schema.contains("properties") ? Widget::group : Widget::raw;
    }
    return type == "boolean" ? Widget::flag : type == "integer" ? Widget::integer : Widget::raw;
}

bool has_options(Widget widget, const json& schema) {
    return widget == Widget::flag || widget == Widget::choices ||
           (widget == Widget::choice && schema.at("enum").size() <= kMaxRadios);
}

json schema_of(const FormField& field) {
    json schema = json::parse(field.definition->schema_json);
    if (!field.choices.empty()) {
        (schema.contains("items") ? schema["items"] : schema)["enum"] = field.choices;
    }
    for (const auto& [value, title] : field.choice_titles) {
        schema["x-titles"][value] = title;
    }
    return schema;
}

}  // namespace api::pages
