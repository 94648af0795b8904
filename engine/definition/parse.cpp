// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/parse.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "engine/base/sha256.h"
#include "engine/definition/definition_schema.h"
#include "engine/definition/parse_parts.h"
#include "engine/definition/questions.h"

namespace engine::definition {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

/// Replaces a file name by the JSON of that file.
Result<void> inline_file(Json& json, const FileReader& files) {
    if (!json.is_string()) {
        return {};
    }
    const std::string name = json.get<std::string>();
    auto text = files(name);
    if (!text) {
        return fail(text.error());
    }
    auto parsed = base::parse_ordered_json(*text);
    if (!parsed) {
        return fail(parsed.error().code,
                    fmt::format("Il file «{}»: {}", name, parsed.error().message_it));
    }
    if (!parsed->is_structured()) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("Il file «{}» non è un oggetto né un elenco JSON.", name));
    }
    json = std::move(*parsed);
    return {};
}

Result<void> inline_files(Json& json, const FileReader& files) {
    if (json.contains("data")) {
        if (auto done = inline_file(json["data"], files); !done) {
            return done;
        }
    }
    if (json.contains("tables")) {
        for (auto& [name, table] : json["tables"].items()) {
            if (auto done = inline_file(table, files); !done) {
                return done;
            }
        }
    }
    return {};
}

/// The text with its files inside is what is stored: it must be one that parses again.
Result<void> check_inlined(const Json& json) {
    const std::string text = json.dump();
    if (text.size() > kMaxDefinitionBytes) {
        return fail(ErrorCode::payload_too_large,
                    "La definizione, con i file che nomina, supera 512 kB.");
    }
    if (auto again = base::parse_ordered_json(text); !again) {
        return fail(again.error());
    }
    if (auto details = validate_definition_shape(text); !details.empty()) {
        return fail({ErrorCode::invalid_input,
                     "La definizione, con i file che nomina, non rispetta workflow.schema.json.",
                     std::move(details)});
    }
    return {};
}

std::optional<ValueSource> parse_source_at(const Json& json, const char* key) {
    return json.contains(key) ? std::optional(parse_source(json.at(key))) : std::nullopt;
}

void parse_due_count(const Json& json, DueRule& rule) {
    constexpr std::array<std::pair<const char*, calendar::TermUnit>, 4> kUnits{{
        {"days", calendar::TermUnit::days},
        {"working_days", calendar::TermUnit::days},
        {"months", calendar::TermUnit::months},
        {"years", calendar::TermUnit::years},
    }};
    for (const auto& [key, unit] : kUnits) {
        if (json.contains(key)) {
            rule.count = parse_source(json.at(key));
            rule.unit = unit;
            rule.day_count = std::string_view(key) == "working_days" ? calendar::DayCount::working
                                                                     : calendar::DayCount::calendar;
        }
    }
    const bool is_backward = json.contains("before");
    rule.direction =
        is_backward ? calendar::TermDirection::backward : calendar::TermDirection::forward;
    rule.from = parse_source(json.at(is_backward ? "before" : "after"));
}

DueRule parse_due(const Json& json) {
    DueRule rule;
    const auto has = [&](const char* key) { return json.contains(key) ? 1 : 0; };
    const int counts = has("days") + has("working_days") + has("months") + has("years");
    const int starts = has("after") + has("before");
    if (json.contains("on") ? counts + starts != 0 : counts != 1 || starts != 1) {
        throw PartError("Una scadenza è «on», oppure un solo conteggio «after» o «before»: " +
                        json.dump());
    }
    rule.on = parse_source_at(json, "on");
    if (!rule.on) {
        parse_due_count(json, rule);
    }
    rule.both_ends_clear = json.value("clear", false);
    rule.roll_holiday = parse_source_at(json, "roll_holiday");
    rule.roll_saturday = parse_source_at(json, "roll_saturday");
    rule.patron = parse_source_at(json, "patron");
    rule.time = parse_source_at(json, "time");
    rule.suspension_scope = json.value("suspension_scope", "");
    return rule;
}

PrecedingSteps parse_preceding(const Json& json) {
    PrecedingSteps preceding{parse_source(json.at("from")), {}};
    for (const Json& step : json.at("steps")) {
        preceding.steps.push_back({step.at("title").get<std::string>(), step.at("days").get<int>(),
                                   parse_names_at(step, "legal_basis")});
    }
    return preceding;
}

DeadlineDefinition parse_deadline(const Json& json) {
    DeadlineDefinition deadline;
    deadline.title = json.at("title").get<std::string>();
    deadline.kind = find_deadline_kind(json.at("kind").get<std::string>()).value();
    deadline.due = parse_due(json.at("due"));
    deadline.met_by = parse_names_at(json, "met_by");
    if (json.contains("remind_days")) {
        deadline.remind_days = json.at("remind_days").get<std::vector<int>>();
    }
    deadline.reminder = json.value("reminder", "");
    deadline.on_due = parse_actions_at(json, "on_due");
    deadline.every_months = parse_source_at(json, "every_months");
    if (json.contains("preceded_by")) {
        deadline.preceded_by = parse_preceding(json.at("preceded_by"));
    }
    deadline.legal_basis = parse_names_at(json, "legal_basis");
    return deadline;
}

TaskDefinition parse_task(const Json& json) {
    TaskDefinition task{json.at("title").get<std::string>(), json.at("role").get<std::string>(),
                        std::nullopt, parse_names_at(json, "legal_basis")};
    if (json.contains("due")) {
        task.due = parse_due(json.at("due"));
    }
    return task;
}

DocumentDefinition parse_document(const Json& json) {
    return {json.at("title").get<std::string>(), parse_names_at(json, "by"),
            json.value("signed_by", ""),         json.value("public", false),
            parse_names_at(json, "in"),          json.value("final_once_frozen", false),
            parse_names_at(json, "legal_basis")};
}

MessageDefinition parse_message(const Json& json) {
    const std::string channel = json.value("channel", "internal");
    return {json.at("title").get<std::string>(), json.at("template").get<std::string>(),
            json.at("to").get<std::string>(),
            channel == "pec"            ? MessageChannel::pec
            : channel == "notice_board" ? MessageChannel::notice_board
                                        : MessageChannel::internal,
            parse_names_at(json, "legal_basis")};
}

Branch parse_branch(const Json& json) {
    Branch branch;
    branch.title = json.value("title", "");
    if (json.contains("guard")) {
        branch.guard = parse_guard(json.at("guard"));
    }
    branch.target = json.value("target", "");
    branch.actions = parse_actions_at(json, "do");
    branch.legal_basis = parse_names_at(json, "legal_basis");
    return branch;
}

std::vector<Branch> parse_branches(const Json& json) {
    std::vector<Branch> branches;
    for (const Json& branch : json) {
        branches.push_back(parse_branch(branch));
    }
    return branches;
}

TransitionDefinition parse_transition(const Json& json) {
    TransitionDefinition transition;
    transition.title = json.at("title").get<std::string>();
    transition.by = parse_names_at(json, "by");
    transition.takes = parse_names_at(json, "takes");
    transition.may_take = parse_names_at(json, "may_take");
    transition.legal_basis = parse_names_at(json, "legal_basis");
    const bool is_one = json.contains("guard") || json.contains("target") || json.contains("do");
    if (json.contains("branches") && is_one) {
        throw PartError("Un atto ha «branches», oppure «guard», «target» e «do»: " +
                        transition.title);
    }
    transition.branches = json.contains("branches") ? parse_branches(json.at("branches"))
                                                    : std::vector<Branch>{parse_branch(json)};
    return transition;
}

StateDefinition parse_state(const Json& json) {
    StateDefinition state;
    state.title = json.at("title").get<std::string>();
    state.is_final = json.value("final", false);
    state.note = json.value("note", "");
    state.entry = parse_actions_at(json, "entry");
    if (json.contains("on")) {
        for (const auto& [event, transition] : json.at("on").items()) {
            state.on.add(event, parse_transition(transition));
        }
    }
    if (json.contains("after")) {
        for (const auto& [deadline, branches] : json.at("after").items()) {
            state.after.add(deadline, parse_branches(branches));
        }
    }
    if (json.contains("automatic")) {
        state.automatic = parse_branches(json.at("automatic"));
    }
    return state;
}

SharedTransition parse_shared(const Json& json) {
    return {parse_transition(json), parse_names_at(json, "in"), parse_names_at(json, "except")};
}

RoleDefinition parse_role(const Json& json) {
    const std::string scope = json.value("scope", "office");
    return {json.at("title").get<std::string>(),
            scope == "party"        ? RoleScope::party
            : scope == "everywhere" ? RoleScope::everywhere
                                    : RoleScope::office,
            parse_source_at(json, "holder"), parse_actions_at(json, "on_other")};
}

ChildDefinition parse_child(const Json& json) {
    return {json.at("title").get<std::string>(), json.at("id").get<std::string>(),
            json.at("machine").get<std::string>(), json.at("version").get<int>()};
}

template <class T, class Parse>
void parse_section(const Json& json, const char* key, Named<T>& section, Parse parse) {
    if (json.contains(key)) {
        for (const auto& [name, value] : json.at(key).items()) {
            section.add(name, parse(value));
        }
    }
}

/// A field's own schema, with the shared `definitions` it may refer to.
std::string field_schema_text(const Json& property, const Json& data_schema) {
    Json schema = property;
    if (data_schema.contains("definitions")) {
        schema["definitions"] = data_schema.at("definitions");
    }
    return schema.dump();
}

Result<void> parse_fields_of(const Json& data_schema, WorkflowDefinition& definition) {
    for (const auto& [name, property] : data_schema.at("properties").items()) {
        FieldDefinition field;
        field.title = property.value("title", name);
        field.type = property.value("type", "");
        field.is_personal = property.value("x-personal", false);
        field.schema_json = field_schema_text(property, data_schema);
        auto compiled = FieldSchema::compile(field.schema_json);
        if (!compiled) {
            return fail(compiled.error());
        }
        field.schema = std::make_shared<const FieldSchema>(std::move(*compiled));
        definition.fields.add(name, std::move(field));
    }
    return {};
}

MigrationDefinition parse_migration(const Json& json) {
    MigrationDefinition migration{json.at("from").get<std::vector<int>>(),
                                  parse_names_at(json, "by"),
                                  {},
                                  parse_actions_at(json, "do")};
    if (json.contains("states")) {
        migration.states = json.at("states").get<std::map<std::string, std::string>>();
    }
    return migration;
}

void parse_head(const Json& json, WorkflowDefinition& definition) {
    definition.family = json.at("id").get<std::string>();
    definition.machine = json.at("machine").get<std::string>();
    definition.version = json.at("version").get<int>();
    definition.title = json.at("title").get<std::string>();
    definition.legal_basis = parse_names_at(json, "legal_basis");
    definition.is_root = json.value("root", false);
    definition.is_lasting = json.value("lasting", false);
    definition.initial = json.at("initial").get<std::string>();
    if (json.contains("opening")) {
        const Json& opening = json.at("opening");
        definition.opening =
            OpeningDefinition{parse_names_at(opening, "by"), parse_names_at(opening, "takes"),
                              parse_names_at(opening, "may_take")};
    }
    if (json.contains("migration")) {
        definition.migration = parse_migration(json.at("migration"));
    }
    for (const std::string& name : parse_names_at(json, "registers")) {
        definition.registers.insert(name);
    }
}

Result<DefinitionPointer> build(const Json& json) {
    auto definition = std::make_shared<WorkflowDefinition>();
    parse_head(json, *definition);
    parse_section(json, "roles", definition->roles, parse_role);
    parse_section(json, "children", definition->children, parse_child);
    parse_section(json, "deadlines", definition->deadlines, parse_deadline);
    parse_section(json, "tasks", definition->tasks, parse_task);
    parse_section(json, "documents", definition->documents, parse_document);
    parse_section(json, "messages", definition->messages, parse_message);
    parse_section(json, "states", definition->states, parse_state);
    parse_section(json, "shared", definition->shared, parse_shared);
    parse_section(json, "after", definition->after, parse_branches);
    if (json.contains("data")) {
        if (auto done = parse_fields_of(json.at("data"), *definition); !done) {
            return fail(done.error());
        }
    }
    if (json.contains("tables")) {
        for (const auto& [name, table] : json.at("tables").items()) {
            definition->tables.emplace(name, table.dump());
        }
    }
    note_questions(*definition);
    definition->text = json.dump();
    definition->sha256 = base::sha256_hex(definition->text);
    return DefinitionPointer(std::move(definition));
}

}  // namespace

Result<DefinitionPointer> parse_definition(std::string_view text, const FileReader& files) {
    if (text.size() > kMaxDefinitionBytes) {
        return fail(ErrorCode::payload_too_large, "La definizione supera 512 kB.");
    }
    auto json = base::parse_ordered_json(text);
    if (!json) {
        return fail(json.error());
    }
    if (auto details = validate_definition_shape(json->dump()); !details.empty()) {
        return fail({ErrorCode::invalid_input, "La definizione non rispetta workflow.schema.json.",
                     std::move(details)});
    }
    if (auto done = inline_files(*json, files); !done) {
        return fail(done.error());
    }
    if (auto done = check_inlined(*json); !done) {
        return fail(done.error());
    }
    try {
        return build(*json);
    } catch (const PartError& error) {
        return fail({ErrorCode::invalid_input, error.what(), {{"", "part", error.what(), {}}}});
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorCode::malformed,
                    fmt::format("La definizione non è leggibile: {}.", error.what()));
    }
}

}  // namespace engine::definition
