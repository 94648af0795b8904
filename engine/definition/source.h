// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace engine::definition {

/// Where a value comes from when an act is decided.
enum class SourceScope {
    constant,         ///< written in the definition; `name` is its JSON text
    now,              ///< the legal date of the act
    instant,          ///< the instant by which the act is judged, as sortable text
    own,              ///< a field of the instance
    parent,           ///< a field of the instance that opened it
    root,             ///< a field of the root procedure
    initiative,       ///< a parameter of the regional initiative the root belongs to
    payload,          ///< a field that arrives with the event
    deadline,         ///< the last useful day of a deadline of the instance
    parent_deadline,  ///< the last useful day of a deadline of the instance that opened it
};

/// A value to be read at decision time. JSON: a bare literal is a constant, "now" is the day of the
/// act and "instant" its instant, else one key: {"own": "termine"}, {"payload": "motivi"},
/// {"deadline": "termine_domande"}.
struct ValueSource {
    SourceScope scope = SourceScope::constant;
    std::string name;

    bool operator==(const ValueSource&) const = default;
};

/// Exactly the JSON key ("payload"); absent for a text that names no scope.
std::string_view source_scope_name(SourceScope scope);
std::optional<SourceScope> find_source_scope(std::string_view name);

/// Whose deadline, document or list is meant, seen from the instance that decides.
enum class Relation { own, parent, root };

std::string_view relation_name(Relation relation);
std::optional<Relation> find_relation(std::string_view name);

/// Whose field a source reads: its own, or that of one above.
Relation relation_of(SourceScope scope);

/// A named thing of the instance or of one above it. JSON: "termine_domande" (own), or
/// {"name": "termine_domande", "of": "parent"}.
struct Reference {
    std::string name;
    Relation of = Relation::own;

    bool operator==(const Reference&) const = default;
};

}  // namespace engine::definition
