// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/value_titles.h"

#include <nlohmann/json.hpp>

#include "engine/base/json.h"
#include "engine/definition/sentences.h"

namespace engine::definition {
namespace {

bool reads_field(SourceScope scope) {
    return scope == SourceScope::own || scope == SourceScope::payload ||
           scope == SourceScope::parent || scope == SourceScope::root;
}

}  // namespace

std::string find_value_title(const FieldDefinition& field, std::string_view value) {
    if (field.schema_json.find("\"x-titles\"") == std::string::npos) {
        return {};
    }
    const auto schema = nlohmann::json::parse(field.schema_json);
    const auto titles = schema.find("x-titles");
    return titles == schema.end() ? "" : titles->value(std::string(value), "");
}

std::string title_of_value(const FieldDefinition& field, std::string_view value) {
    const std::string title = find_value_title(field, value);
    return title.empty() ? readable_name(value) : title;
}

std::string quote_option(const Kin& kin, const ValueSource& source, const std::string& json) {
    const auto text = base::read_text(json);
    if (text && reads_field(source.scope)) {
        for (const WorkflowDefinition* machine : kin.find(relation_of(source.scope))) {
            const auto* field = machine->fields.find(source.name);
            const std::string title = field == nullptr ? "" : find_value_title(*field, *text);
            if (!title.empty()) {
                return "«" + title + "»";
            }
        }
    }
    return describe_constant(json);
}

}  // namespace engine::definition
