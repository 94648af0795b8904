// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/source.h"

#include <array>
#include <utility>

namespace engine::definition {
namespace {

constexpr std::array<std::pair<SourceScope, std::string_view>, 10> kScopes{{
    {SourceScope::constant, "constant"},
    {SourceScope::now, "now"},
    {SourceScope::instant, "instant"},
    {SourceScope::own, "own"},
    {SourceScope::parent, "parent"},
    {SourceScope::root, "root"},
    {SourceScope::initiative, "initiative"},
    {SourceScope::payload, "payload"},
    {SourceScope::deadline, "deadline"},
    {SourceScope::parent_deadline, "parent_deadline"},
}};

constexpr std::array<std::pair<Relation, std::string_view>, 3> kRelations{{
    {Relation::own, "own"},
    {Relation::parent, "parent"},
    {Relation::root, "root"},
}};

template <class Table, class Value>
std::string_view name_in(const Table& table, Value value) {
    for (const auto& [candidate, name] : table) {
        if (candidate == value) {
            return name;
        }
    }
    return "";
}

template <class Value, std::size_t kSize>
std::optional<Value> find_in(const std::array<std::pair<Value, std::string_view>, kSize>& table,
                             std::string_view wanted) {
    for (const auto& [value, name] : table) {
        if (name == wanted) {
            return value;
        }
    }
    return std::nullopt;
}

}  // namespace

std::string_view source_scope_name(SourceScope scope) {
    return name_in(kScopes, scope);
}

std::optional<SourceScope> find_source_scope(std::string_view name) {
    return find_in(kScopes, name);
}

std::string_view relation_name(Relation relation) {
    return name_in(kRelations, relation);
}

std::optional<Relation> find_relation(std::string_view name) {
    return find_in(kRelations, name);
}

Relation relation_of(SourceScope scope) {
    return scope == SourceScope::parent ? Relation::parent
           : scope == SourceScope::root ? Relation::root
                                        : Relation::own;
}

}  // namespace engine::definition
