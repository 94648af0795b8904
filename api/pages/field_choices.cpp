// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/field_choices.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/pages/rows.h"

namespace api::pages {
namespace {

using engine::InstanceView;
using engine::base::fail;
using engine::base::Result;
using engine::definition::WorkflowDefinition;
using nlohmann::json;

/// The parameter of the initiative that the procedure follows; empty without one.
json initiative_codes(const PageCall& page, const InstanceView& view, const std::string& name) {
    const auto initiative =
        page.call.service.catalog().find_initiative_by_hash(view.record.instance.initiative_sha256);
    if (!initiative || !initiative->parameters.contains(name)) {
        return json::object();
    }
    json codes = json::parse(initiative->parameters.at(name));
    return codes.is_object() ? codes : json::object();
}

/// The values that the procedure above has in a field. Errors: the store's.
Result<std::vector<std::string>> values_above(const PageCall& page, const InstanceView& view,
                                              const std::string& field) {
    if (view.record.instance.parent.empty()) {
        return std::vector<std::string>{};
    }
    const auto parent = page.queries().view(view.record.instance.parent);
    if (!parent) {
        return fail(parent.error());
    }
    const auto value = parent->values.find(field);
    return value == parent->values.end() ? std::vector<std::string>{}
                                         : engine::base::read_texts(value->second);
}

}  // namespace

Result<void> add_choices(const PageCall& page, const InstanceView& view,
                         std::vector<FormField>& fields) {
    for (FormField& field : fields) {
        const json schema = json::parse(field.definition->schema_json);
        const json asked = schema.value("x-choices", json::object());
        const json codes =
            asked.contains("initiative")
                ? initiative_codes(page, view, asked["initiative"].get<std::string>())
            : asked.contains("titles") ? schema.value("x-titles", json::object())
                                       : json::object();
        for (const auto& [code, title] : codes.items()) {
            field.choices.push_back(code);
            field.choice_titles[code] = asked.contains("initiative")
                                            ? fmt::format("{}: {}", code, title.get<std::string>())
                                            : title.get<std::string>();
        }
        if (asked.contains("parent")) {
            auto above = values_above(page, view, asked["parent"].get<std::string>());
            if (!above) {
                return fail(above.error());
            }
            field.choices = std::move(*above);
        }
    }
    return {};
}

std::string explained_value(const PageCall& page, const InstanceView& view,
                            const std::string& field) {
    const auto* definition = view.definition->fields.find(field);
    const auto value = view.values.find(field);
    if (definition == nullptr || value == view.values.end()) {
        return "";
    }
    const json asked = json::parse(definition->schema_json).value("x-choices", json::object());
    if (!asked.contains("initiative")) {
        return value_of(view, field);
    }
    const json codes = initiative_codes(page, view, asked["initiative"].get<std::string>());
    std::string words;
    for (const std::string& code : engine::base::read_texts(value->second)) {
        words += words.empty() ? "" : "; ";
        words += codes.contains(code) ? fmt::format("{}: {}", code, codes[code].get<std::string>())
                                      : code;
    }
    return words;
}

Result<void> add_people(const PageCall& page, const WorkflowDefinition& definition,
                        const std::string& office, std::vector<FormField>& fields) {
    for (const auto& [name, role] : definition.roles) {
        const auto field = std::find_if(fields.begin(), fields.end(), [&](const FormField& one) {
            return one.name == role.holder_field();
        });
        if (field == fields.end()) {
            continue;
        }
        const auto people = page.call.desk.accounts->list_colleagues({"", name, office, ""});
        if (!people) {
            return fail(people.error());
        }
        for (const auto& person : *people) {
            field->choices.push_back(person.id);
            field->choice_titles[person.id] = person.display_name;
        }
    }
    return {};
}

}  // namespace api::pages
