// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/json.h"
#include "engine/calendar/suspension.h"
#include "engine/definition/source.h"

// The named conditions of the definition language, version 1 of each. A condition once used by a
// published definition never changes meaning: a change is a new struct with name `…@2`.

namespace engine::definition {

/// The act comes before the deadline's bound, whether or not the timer has fired.
struct DeadlineOpen {
    Reference deadline;
};
/// The act comes at or after the bound.
struct DeadlinePassed {
    Reference deadline;
};
/// The act comes before the end of the term, computed as it would be if it began with this act: a
/// convocation that is early enough for the day it names.
struct WithinTerm {
    std::string deadline;
};
/// The obligation has been met, in time or late.
struct DeadlineMet {
    Reference deadline;
};
/// The deadline was never suspended on this ground (art. 2 c. 7: once).
struct SuspensionUnused {
    std::string deadline;
    calendar::SuspensionGround ground = calendar::SuspensionGround::art_2_c_7;
};
struct DocumentPresent {
    Reference document;
};
struct DocumentSigned {
    Reference document;
};
struct DocumentPublished {
    Reference document;
};
/// The text given names the present version of the document, by its SHA-256.
struct DocumentVersionIs {
    Reference document;
    ValueSource value;
};
struct ValuePresent {
    ValueSource value;
};
/// The value is one of the JSON texts listed.
struct ValueIn {
    ValueSource value;
    std::vector<std::string> options;
};
/// `date` is on or after `from` plus that many days.
struct DateAtLeast {
    ValueSource date;
    ValueSource from;
    ValueSource plus_days;
};
/// A list of children or grandchildren by path ("domande", "gruppi/riunioni") and state.
struct Children {
    std::string path;
    Relation of = Relation::own;
    std::vector<std::string> in;  ///< empty: any state
    std::vector<std::string> not_in;
    bool settled = false;               ///< only those in an end state
    std::optional<ValueSource> office;  ///< only those of this office; absent: of all

    /// Whether one in that state is meant; of which office it is, is not looked at.
    bool includes(std::string_view state, bool is_final) const;
};
/// How many of them there are, or of how many different offices.
struct ChildrenCount {
    Children children;
    bool distinct_offices = false;
    std::optional<ValueSource> at_least;
    std::optional<ValueSource> at_most;
};
/// Every one of the path is among `children` (in the states named, or in an end state).
struct ChildrenAll {
    Children children;
};
/// The actor's body has one among them.
struct PartyAmong {
    Children children;
};
/// The body (the instance's, else the actor's) has none among them, the instance itself apart.
struct PartyNotAmong {
    Children children;
};
struct ParentIn {
    std::vector<std::string> states;
};
/// The actor has performed one of these events there ("dichiara_assenza_conflitto").
struct ActorPerformed {
    std::vector<std::string> events;
    Relation of = Relation::own;
};
/// Somebody has performed one of these events there.
struct EventPerformed {
    std::vector<std::string> events;
    Relation of = Relation::own;
};
/// The actor has performed none of these events there, or on the children of its path: the
/// two-person rule.
struct ActorNotPerformed {
    std::vector<std::string> events;
    std::string path;  ///< empty: on that instance itself
    Relation of = Relation::own;
};
struct TaskDone {
    std::string task;
};
/// Both are instants (source `instant`), and the first comes after the second.
struct LaterThan {
    ValueSource value;
    ValueSource than;
};
/// The person who acts is the one that the value names.
struct ActorIs {
    ValueSource person;
};
/// A named check of the workflow, in C++ because it compares many values at once.
struct CheckPassed {
    std::string name;
    int version = 1;
    base::Fields params;
};

using Predicate =
    std::variant<DeadlineOpen, DeadlinePassed, WithinTerm, DeadlineMet, SuspensionUnused,
                 DocumentPresent, DocumentSigned, DocumentPublished, DocumentVersionIs,
                 ValuePresent, ValueIn, DateAtLeast, ChildrenCount, ChildrenAll, PartyAmong,
                 PartyNotAmong, ParentIn, ActorPerformed, EventPerformed, ActorNotPerformed,
                 TaskDone, LaterThan, ActorIs, CheckPassed>;

/// The list that a predicate looks at; null when it looks at none.
const Children* find_children(const Predicate& predicate);

/// Exactly the JSON key ("deadline_open").
std::string_view predicate_name(const Predicate& predicate);

enum class GuardKind { predicate, all, any, negation };

/// A condition: a predicate, or `all` / `any` / `not` of conditions.
struct Guard {
    GuardKind kind = GuardKind::all;
    std::vector<Guard> parts;              ///< of all, any, not (one)
    std::optional<Predicate> predicate;    ///< of predicate
    std::vector<std::string> legal_basis;  ///< of this condition; empty: the transition's
};

}  // namespace engine::definition
