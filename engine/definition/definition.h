// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/calendar/term.h"
#include "engine/definition/action.h"
#include "engine/definition/field_schema.h"
#include "engine/definition/guard.h"
#include "engine/definition/source.h"

namespace engine::definition {

using LegalBasis = std::vector<std::string>;

/// A list that keeps the order of the file, for people; names are unique (the parser sees to it).
template <class T>
class Named {
  public:
    void add(std::string name, T value) { items_.emplace_back(std::move(name), std::move(value)); }
    const T* find(std::string_view name) const {
        for (const auto& [key, value] : items_) {
            if (key == name) {
                return &value;
            }
        }
        return nullptr;
    }
    bool contains(std::string_view name) const { return find(name) != nullptr; }
    std::size_t size() const { return items_.size(); }
    bool empty() const { return items_.empty(); }
    auto begin() const { return items_.begin(); }
    auto end() const { return items_.end(); }

  private:
    std::vector<std::pair<std::string, T>> items_;
};

/// Where a role may act: on instances of its own office, of its own body, or on all.
enum class RoleScope { office, party, everywhere };

struct RoleDefinition {
    std::string title;
    RoleScope scope = RoleScope::office;
    /// Names the person who holds it on an instance; absent: whoever has the role.
    std::optional<ValueSource> holder;
    /// What else happens when another person acts in this role: the act is valid, and noted.
    std::vector<Action> on_other;

    /// The field of the same instance that names the holder; empty where none does.
    std::string_view holder_field() const {
        return holder && holder->scope == SourceScope::own ? std::string_view(holder->name)
                                                           : std::string_view();
    }
};

/// A list of child machines. The version is named: a published definition opens the same children
/// for ever.
struct ChildDefinition {
    std::string title;
    std::string family;
    std::string machine;
    int version = 1;
};

/// closing: after it the act is refused. obligation: after it the act is late, and still possible.
/// advisory: only warns. minimum_notice: the last day on which a notice is long enough.
/// recurring: an obligation that comes back.
enum class DeadlineKind { closing, obligation, advisory, minimum_notice, recurring };

std::string_view deadline_kind_name(DeadlineKind kind);
std::vector<std::string_view> deadline_kind_names();
std::optional<DeadlineKind> find_deadline_kind(std::string_view name);

/// How the end is computed; exactly one of the two shapes.
struct DueRule {
    /// A date fixed by an act or by the notice, maybe with an hour.
    std::optional<ValueSource> on;
    /// Or: `count` units after (before) a day.
    ValueSource count;
    calendar::TermUnit unit = calendar::TermUnit::days;
    calendar::DayCount day_count = calendar::DayCount::calendar;
    calendar::TermDirection direction = calendar::TermDirection::forward;
    ValueSource from;
    bool both_ends_clear = false;
    /// What the notice says on holidays, Saturdays, the patron and the hour.
    std::optional<ValueSource> roll_holiday;
    std::optional<ValueSource> roll_saturday;
    std::optional<ValueSource> patron;
    std::optional<ValueSource> time;
    /// Scope under which exceptional laws suspend it (calendar::find_legal_suspensions); empty:
    /// none.
    std::string suspension_scope;
};

/// The least time that something needs before an obligation can be met.
struct PrecedingStep {
    std::string title;
    int days = 0;
    LegalBasis legal_basis;
};

/// What must come before an obligation, one after another from a day: `coprog lint` adds the days
/// up and compares.
struct PrecedingSteps {
    ValueSource from;
    std::vector<PrecedingStep> steps;
};

struct DeadlineDefinition {
    std::string title;
    DeadlineKind kind = DeadlineKind::closing;
    DueRule due;
    std::vector<std::string> met_by;  ///< events that meet an obligation
    std::vector<int> remind_days;     ///< days before the due date at which people are reminded
    std::string reminder;             ///< the message that reminds
    std::vector<Action> on_due;       ///< what else happens when it passes unmet
    std::optional<ValueSource> every_months;  ///< of a recurring one
    std::optional<PrecedingSteps> preceded_by;
    LegalBasis legal_basis;
};

struct TaskDefinition {
    std::string title;
    std::string role;
    std::optional<DueRule> due;
    LegalBasis legal_basis;
};

struct DocumentDefinition {
    std::string title;
    std::vector<std::string> by;  ///< roles that may add it
    std::string signed_by;        ///< the role whose signature makes it an act; may be empty
    bool is_public = false;
    std::vector<std::string> in;        ///< states in which it may be added; empty: all
    bool is_final_once_frozen = false;  ///< no further version after it is frozen
    LegalBasis legal_basis;
};

enum class MessageChannel { pec, notice_board, internal };

std::string_view message_channel_name(MessageChannel channel);

struct MessageDefinition {
    std::string title;
    std::string template_name;
    std::string to;  ///< a role, or "party": the instance's body
    MessageChannel channel = MessageChannel::internal;
    LegalBasis legal_basis;
};

/// One way a transition can go; the first whose guard holds is taken.
struct Branch {
    std::string title;
    std::optional<Guard> guard;
    std::string target;  ///< empty: stays, nothing restarts; "@previous": where it came from
    std::vector<Action> actions;
    LegalBasis legal_basis;
};

struct TransitionDefinition {
    std::string title;
    std::vector<std::string> by;        ///< empty: only a signal can cause it
    std::vector<std::string> takes;     ///< fields that must come with the event
    std::vector<std::string> may_take;  ///< fields that may
    std::vector<Branch> branches;
    LegalBasis legal_basis;
};

struct StateDefinition {
    std::string title;
    bool is_final = false;
    std::vector<Action> entry;
    Named<TransitionDefinition> on;
    Named<std::vector<Branch>> after;  ///< by deadline
    std::vector<Branch> automatic;
    std::string note;  ///< for the officer who reads the scheda
};

/// An event valid in many states.
struct SharedTransition {
    TransitionDefinition transition;
    std::vector<std::string> in;  ///< these states only; empty: every state that is no end
    std::vector<std::string> except;
};

/// How an instance is opened by a person (children are opened by their parent's act).
struct OpeningDefinition {
    std::vector<std::string> by;
    std::vector<std::string> takes;
    std::vector<std::string> may_take;
};

/// How instances of earlier versions come to this one: by an act, one by one.
struct MigrationDefinition {
    std::vector<int> from;
    std::vector<std::string> by;                ///< roles of this version
    std::map<std::string, std::string> states;  ///< renamed states: old to new
    std::vector<Action> actions;
};

/// A machine: immutable once parsed.
struct WorkflowDefinition {
    std::string family;  ///< JSON `id`: the procedure it belongs to
    std::string machine;
    int version = 1;
    std::string sha256;  ///< of `text`
    std::string text;    ///< compact JSON, schemas and tables inlined: all that it depends on
    std::string title;
    LegalBasis legal_basis;
    bool is_root = false;     ///< starts a journal chain of its own even when opened by another
    bool is_lasting = false;  ///< need not end
    std::string initial;
    std::optional<OpeningDefinition> opening;
    std::optional<MigrationDefinition> migration;
    Named<RoleDefinition> roles;
    Named<ChildDefinition> children;
    Named<FieldDefinition> fields;
    std::map<std::string, std::string> tables;  ///< constant data for the checks, JSON text
    Named<DeadlineDefinition> deadlines;
    Named<TaskDefinition> tasks;
    Named<DocumentDefinition> documents;
    Named<MessageDefinition> messages;
    Named<StateDefinition> states;
    Named<SharedTransition> shared;
    Named<std::vector<Branch>> after;  ///< by deadline, for states with no `after` of their own
    std::set<std::string> registers;   ///< names of the registers it numbers in
    /// What its conditions and actions ask about, so that nothing else is read for a decision.
    bool asks_about_relatives = false;
    bool asks_about_siblings = false;
    bool asks_about_performances = false;
    bool asks_about_sibling_performances = false;
    /// Fields of which an act is given one value while its conditions look at the one kept before:
    /// sentences tell the two apart.
    std::set<std::string> kept_and_given;

    /// The transition of that event in that state, its own before a shared one; null when the
    /// state does not know the event.
    const TransitionDefinition* find_transition(std::string_view state,
                                                std::string_view event) const;
    /// All events of that state, its own first, in file order.
    std::vector<std::string> events_of(std::string_view state) const;
};

/// "family/machine@version"
std::string definition_name(const WorkflowDefinition& definition);

using DefinitionPointer = std::shared_ptr<const WorkflowDefinition>;

}  // namespace engine::definition
