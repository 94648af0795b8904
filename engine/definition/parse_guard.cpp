// SPDX-License-Identifier: EUPL-1.2
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "engine/base/ensure.h"
#include "engine/definition/parse_parts.h"

namespace engine::definition {
namespace {

constexpr std::array<std::string_view, std::variant_size_v<Predicate>> kPredicateNames{
    "deadline_open",       "deadline_passed",  "within_term",     "deadline_met",
    "suspension_unused",   "document_present", "document_signed", "document_published",
    "document_version_is", "value_present",    "value_in",        "date_at_least",
    "children_count",      "children_all",     "party_among",     "party_not_among",
    "parent_in",           "actor_performed",  "event_performed", "actor_not_performed",
    "task_done",           "later_than",       "actor_is",        "check_passed",
};

Relation parse_relation_at(const Json& json, const char* key) {
    return find_relation(json.value(key, "own")).value_or(Relation::own);
}

std::optional<ValueSource> parse_source_at(const Json& json, const char* key) {
    return json.contains(key) ? std::optional(parse_source(json.at(key))) : std::nullopt;
}

ValueIn parse_value_in(const Json& json) {
    ValueIn predicate{parse_source(json.at("value")), {}};
    for (const Json& option : json.at("options")) {
        predicate.options.push_back(option.dump());
    }
    return predicate;
}

DateAtLeast parse_date_at_least(const Json& json) {
    return {parse_source(json.at("date")), parse_source(json.at("from")),
            json.contains("plus_days") ? parse_source(json.at("plus_days"))
                                       : ValueSource{SourceScope::constant, "0"}};
}

CheckPassed parse_check(const Json& json) {
    if (json.is_string()) {
        return {json.get<std::string>(), 1, {}};
    }
    CheckPassed check{json.at("name").get<std::string>(), json.value("version", 1), {}};
    for (const auto& [key, value] : json.items()) {
        if (key != "name" && key != "version") {
            check.params.emplace(key, value.dump());
        }
    }
    return check;
}

SuspensionUnused parse_suspension_unused(const Json& json) {
    return {json.at("deadline").get<std::string>(),
            calendar::parse_suspension_ground(json.at("ground").get<std::string>()).value()};
}

Predicate parse_predicate(std::string_view name, const Json& json) {
    if (name == "deadline_open")
        return DeadlineOpen{parse_reference(json)};
    if (name == "deadline_passed")
        return DeadlinePassed{parse_reference(json)};
    if (name == "within_term")
        return WithinTerm{json.get<std::string>()};
    if (name == "deadline_met")
        return DeadlineMet{parse_reference(json)};
    if (name == "suspension_unused")
        return parse_suspension_unused(json);
    if (name == "document_present")
        return DocumentPresent{parse_reference(json)};
    if (name == "document_signed")
        return DocumentSigned{parse_reference(json)};
    if (name == "document_published")
        return DocumentPublished{parse_reference(json)};
    if (name == "document_version_is") {
        return DocumentVersionIs{parse_reference(json.at("document")),
                                 parse_source(json.at("value"))};
    }
    if (name == "value_present")
        return ValuePresent{parse_source(json)};
    if (name == "value_in")
        return parse_value_in(json);
    if (name == "date_at_least")
        return parse_date_at_least(json);
    if (name == "children_count") {
        return ChildrenCount{parse_children(json), json.contains("distinct"),
                             parse_source_at(json, "at_least"), parse_source_at(json, "at_most")};
    }
    if (name == "children_all")
        return ChildrenAll{parse_children(json)};
    if (name == "party_among")
        return PartyAmong{parse_children(json)};
    if (name == "party_not_among")
        return PartyNotAmong{parse_children(json)};
    if (name == "parent_in")
        return ParentIn{parse_names(json)};
    if (name == "actor_performed") {
        return ActorPerformed{parse_names(json.at("events")), parse_relation_at(json, "of")};
    }
    if (name == "event_performed") {
        return EventPerformed{parse_names(json.at("events")), parse_relation_at(json, "of")};
    }
    if (name == "actor_not_performed") {
        return ActorNotPerformed{parse_names(json.at("events")), json.value("path", ""),
                                 parse_relation_at(json, "of")};
    }
    if (name == "task_done")
        return TaskDone{json.get<std::string>()};
    if (name == "later_than")
        return LaterThan{parse_source(json.at("value")), parse_source(json.at("than"))};
    if (name == "actor_is")
        return ActorIs{parse_source(json)};
    base::ensure(name == "check_passed", "the schema allows no other predicate");
    return parse_check(json);
}

Guard parse_group(GuardKind kind, const Json& parts) {
    Guard guard;
    guard.kind = kind;
    if (kind == GuardKind::negation) {
        guard.parts.push_back(parse_guard(parts));
        return guard;
    }
    for (const Json& part : parts) {
        guard.parts.push_back(parse_guard(part));
    }
    return guard;
}

}  // namespace

const Children* find_children(const Predicate& predicate) {
    return std::visit(
        [](const auto& p) -> const Children* {
            if constexpr (requires { p.children; }) {
                return &p.children;
            } else {
                return nullptr;
            }
        },
        predicate);
}

std::string_view predicate_name(const Predicate& predicate) {
    return kPredicateNames.at(predicate.index());
}

std::vector<std::string> parse_names(const Json& json) {
    if (json.is_string()) {
        return {json.get<std::string>()};
    }
    return json.get<std::vector<std::string>>();
}

std::vector<std::string> parse_names_at(const Json& json, const char* key) {
    return json.contains(key) ? parse_names(json.at(key)) : std::vector<std::string>{};
}

ValueSource parse_source(const Json& json) {
    if (json == "now") {
        return {SourceScope::now, ""};
    }
    if (json == "instant") {
        return {SourceScope::instant, ""};
    }
    if (json.is_object() && json.size() == 1) {
        const auto first = json.begin();
        if (const auto scope = find_source_scope(first.key());
            scope.has_value() && first.value().is_string()) {
            return {*scope, first.value().get<std::string>()};
        }
    }
    return {SourceScope::constant, json.dump()};
}

Reference parse_reference(const Json& json) {
    if (json.is_string()) {
        return {json.get<std::string>(), Relation::own};
    }
    return {json.at("name").get<std::string>(), parse_relation_at(json, "of")};
}

Children parse_children(const Json& json) {
    return {json.at("path").get<std::string>(), parse_relation_at(json, "of"),
            parse_names_at(json, "in"),         parse_names_at(json, "not_in"),
            json.value("settled", false),       parse_source_at(json, "office")};
}

Guard parse_guard(const Json& json) {
    Guard guard;
    if (json.size() != (json.contains("legal_basis") ? 2U : 1U)) {
        throw PartError("Una condizione è una sola, con o senza «legal_basis»: " + json.dump());
    }
    for (const auto& [key, value] : json.items()) {
        if (key == "legal_basis") {
            continue;
        }
        if (key == "all" || key == "any" || key == "not") {
            guard = parse_group(key == "all"   ? GuardKind::all
                                : key == "any" ? GuardKind::any
                                               : GuardKind::negation,
                                value);
        } else {
            guard.kind = GuardKind::predicate;
            guard.predicate = parse_predicate(key, value);
        }
    }
    guard.legal_basis = parse_names_at(json, "legal_basis");
    return guard;
}

}  // namespace engine::definition
