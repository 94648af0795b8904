// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/sample.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/definition/walk.h"
#include "engine/proof/guards.h"

namespace engine::proof {
namespace {

using Json = nlohmann::json;

/// Texts of the forms that fields of ours ask for, the plainest first.
std::vector<std::string> sample_texts(bool wants_date, const std::string& date) {
    std::vector<std::string> texts{"Testo di prova",
                                   "testo di prova diverso",
                                   date,
                                   date + "T09:00",
                                   kSampleParty,
                                   kSampleOffice,
                                   "1",
                                   "12345",
                                   "O1",
                                   "testo",
                                   "RSSMRA80A01H501U",
                                   "ente@pec.esempio.it",
                                   "02 123456",
                                   "https://www.esempio.it/pagina",
                                   std::string(64, 'a'),
                                   "12:00",
                                   "a",
                                   "A"};
    if (wants_date) {
        texts.insert(texts.begin(), {date, date + "T09:00"});
    }
    return texts;
}

bool fits(const FieldDefinition& field, const Json& value,
          const std::vector<std::string>& excluded) {
    return accepts(field, value.dump()) && !has_name(excluded, value.dump());
}

std::optional<std::string> first_fitting(const FieldDefinition& field,
                                         const std::vector<Json>& values,
                                         const std::vector<std::string>& excluded) {
    for (const Json& value : values) {
        if (fits(field, value, excluded)) {
            return value.dump();
        }
    }
    return std::nullopt;
}

std::vector<Json> sample_lists(const Json& schema, const std::vector<std::string>& texts) {
    std::vector<Json> items;
    const Json item = schema.is_object() && schema.contains("items") ? schema["items"] : Json();
    if (item.is_object() && item.contains("enum")) {
        items.assign(item["enum"].begin(), item["enum"].end());
    }
    items.insert(items.end(), texts.begin(), texts.end());
    std::vector<Json> lists;
    for (std::size_t count = 1; count <= items.size(); ++count) {
        lists.push_back(Json::array({items[count - 1]}));
        lists.push_back(
            std::vector<Json>(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(count)));
    }
    return lists;
}

bool reads(const ValueSource& source, const std::string& field) {
    const bool is_field = source.scope == SourceScope::own || source.scope == SourceScope::payload;
    return is_field && source.name == field;
}

bool reads(const std::optional<ValueSource>& source, const std::string& field) {
    return source && reads(*source, field);
}

bool reads_date(const ActionVerb& verb, const std::string& field) {
    return std::visit(
        [&](const auto& a) {
            using A = std::decay_t<decltype(a)>;
            if constexpr (std::is_same_v<A, MoveDeadline> || std::is_same_v<A, ReopenDeadline>) {
                return reads(a.to, field);
            } else if constexpr (std::is_same_v<A, SuspendDeadline>) {
                return reads(a.after, field) || reads(a.until, field);
            } else if constexpr (std::is_same_v<A, EndSuspension>) {
                return reads(a.on, field);
            } else {
                return false;
            }
        },
        verb);
}

}  // namespace

std::optional<std::string> make_sample(const FieldDefinition& field, bool wants_date,
                                       const std::string& date,
                                       const std::vector<std::string>& excluded) {
    const bool is_date = field.schema_json.find("\"format\":\"date\"") != std::string::npos;
    const auto texts = sample_texts(wants_date || is_date, date);
    const Json schema = Json::parse(field.schema_json, nullptr, false);
    std::vector<Json> values;
    for (const std::string& listed : listed_values(field)) {
        values.push_back(Json::parse(listed, nullptr, false));
    }
    if (field.type == "integer") {
        const Json least = schema.value("minimum", Json(1));
        for (int more = 0; more < 100 && least.is_number_integer(); ++more) {
            values.emplace_back(least.get<std::int64_t>() + more);
        }
    } else if (field.type == "array") {
        const auto lists = sample_lists(schema, texts);
        values.insert(values.end(), lists.begin(), lists.end());
    } else if (field.type == "object") {
        values.push_back(Json::object());
    }
    values.insert(values.end(), texts.begin(), texts.end());
    return first_fitting(field, values, excluded);
}

std::string write_value(const std::string& json) {
    const Json value = Json::parse(json, nullptr, false);
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? "sì" : "no";
    }
    return value.dump();
}

bool is_read_as_date(const WorkflowDefinition& definition, const std::string& field) {
    bool is_read = false;
    for (const auto& [name, deadline] : definition.deadlines) {
        is_read |= reads(deadline.due.on, field) || reads(deadline.due.from, field);
    }
    for_each_predicate(definition, [&](const std::string&, const Predicate& predicate) {
        if (const auto* dates = std::get_if<DateAtLeast>(&predicate)) {
            is_read |= reads(dates->date, field) || reads(dates->from, field);
        }
    });
    for_each_action(definition, [&](const std::string&, const Action& action) {
        is_read |= reads_date(action.verb, field);
    });
    return is_read;
}

}  // namespace engine::proof
