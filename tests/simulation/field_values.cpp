// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/field_values.h"

#include <nlohmann/json.hpp>

namespace tests::simulation {
namespace {

using nlohmann::json;

json make_text(Dice& dice, const json& schema, engine::calendar::LegalDate today) {
    const std::string pattern = schema.value("pattern", "");
    const bool is_day =
        schema.value("format", "") == "date" || pattern.find("{4}-") != std::string::npos;
    if (is_day) {
        const std::string day =
            engine::calendar::render_legal_date(today.plus_days(dice.between(-4, 60)));
        return pattern.find(")?$") == std::string::npos && pattern.find('T') != std::string::npos
                   ? day + "T12:00"
                   : day;
    }
    if (pattern.find("https") != std::string::npos) {
        return "https://esempio.invalid/atto";
    }
    if (pattern.find('@') != std::string::npos) {
        return "ente@pec.esempio.invalid";
    }
    return dice.pick_word({"abc", "un testo di prova", "è così «davvero» {{titolo}} <b>&", "x"});
}

json make_json(Dice& dice, const json& schema, engine::calendar::LegalDate today, int depth) {
    if (schema.contains("enum")) {
        return schema.at("enum").at(dice.below(schema.at("enum").size()));
    }
    const std::string type = schema.value("type", "string");
    if (type == "string") {
        return make_text(dice, schema, today);
    }
    if (type == "integer") {
        return dice.between(schema.value("minimum", 0), schema.value("maximum", 40));
    }
    if (type == "boolean") {
        return dice.chance(50);
    }
    if (depth == 0) {
        return type == "array" ? json::array() : json::object();
    }
    if (type == "array") {
        json items = json::array();
        for (int count = dice.between(0, 2); count > 0; --count) {
            items.push_back(
                make_json(dice, schema.value("items", json::object()), today, depth - 1));
        }
        return items;
    }
    json object = json::object();
    const json properties = schema.value("properties", json::object());
    for (const auto& [name, part] : properties.items()) {
        object[name] = make_json(dice, part, today, depth - 1);
    }
    return object;
}

std::string make_junk(Dice& dice) {
    return dice.pick_word({"null", "\"\"", "-1", "[]", "{}", "\"2025-02-30\"", "999999999999",
                           "1.5", "[[[]]]", "\"\\u0000\"", "true", "\"2025-06-30T25:61\""});
}

}  // namespace

std::string make_value(Dice& dice, const engine::definition::FieldDefinition& field,
                       const std::string& name, const ValuePool& pool,
                       engine::calendar::LegalDate today) {
    if (dice.chance(2)) {
        return make_junk(dice);
    }
    const auto known = pool.find(name);
    if (known != pool.end() && dice.chance(75)) {
        return dice.pick(known->second);
    }
    return make_json(dice, json::parse(field.schema_json), today, 3).dump();
}

}  // namespace tests::simulation
