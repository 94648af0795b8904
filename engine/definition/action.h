// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/calendar/suspension.h"
#include "engine/definition/guard.h"
#include "engine/definition/source.h"

// What a transition does, as the definition says it. `machine/decide` turns each action into
// effects: what is then true, with dates and rows.

namespace engine::definition {

struct StartDeadline {
    std::string deadline;
};
/// Moves the end of a running deadline to a later day (proroga).
struct MoveDeadline {
    std::string deadline;
    ValueSource to;
};
/// Opens again a deadline that has passed: a new occurrence with a new end (malfunction,
/// riapertura).
struct ReopenDeadline {
    std::string deadline;
    ValueSource to;
};
struct CancelDeadline {
    std::string deadline;
};
/// The days after `after` do not count: for `days` days, or until `until`, or (neither) until the
/// suspension is ended; then the deadline has no bound meanwhile.
struct SuspendDeadline {
    std::string deadline;
    calendar::SuspensionGround ground = calendar::SuspensionGround::provvedimento;
    ValueSource after;
    std::optional<ValueSource> days;
    std::optional<ValueSource> until;
};
/// The last suspended day of that ground becomes `on` plus `plus_days`.
struct EndSuspension {
    std::string deadline;
    calendar::SuspensionGround ground = calendar::SuspensionGround::provvedimento;
    ValueSource on;
    int plus_days = 0;
};
struct StartTask {
    std::string task;
};
struct CompleteTask {
    std::string task;
};
struct CancelTask {
    std::string task;
};
/// Values that travel from one instance to another, beside what came with the act.
using Carried = std::vector<std::pair<std::string, ValueSource>>;

/// Opens a child; the fields of `with` and of the payload that the child knows become its first
/// values. With `event`, the child receives it at once as a signal. It belongs to the body of
/// `party`, else the actor's, and to the administration of `office`, else the parent's. Either may
/// be a list of texts: one child for each. With `for_each`, one child for each body among those
/// relatives, unless the body has one in that list already.
struct OpenChild {
    std::string child;
    std::string event;
    std::optional<ValueSource> party;
    std::optional<ValueSource> office;
    std::optional<Children> for_each;
    Carried with;
};
enum class SignalTarget { parent, children, siblings };
/// Sends an event to relatives, in the same transaction. Those whose state does not know it, or
/// whose guard refuses it, are left as they are.
struct Signal {
    SignalTarget to = SignalTarget::children;
    std::string path;  ///< which children; empty for the parent
    std::string event;
    std::vector<std::string> in;  ///< only those in these states; empty: all
    bool same_party = false;      ///< only those of this instance's body
    Carried with;
};
struct SendMessage {
    std::string message;
};
struct PublishDocument {
    std::string document;
};
struct FreezeDocument {
    std::string document;
};
struct AssignNumber {
    std::string register_name;
};
struct SetValue {
    std::string field;
    ValueSource value;
};
/// Adds a value at the end of a list that the instance keeps (several observations, one after
/// another).
struct AppendValue {
    std::string field;
    ValueSource value;
};
/// Keeps the answer of a named computation of the workflow, with what it was computed from: an
/// evaluation that must be shown later as it was made.
struct ComputeValue {
    std::string name;
    int version = 1;
    std::string field;
};
/// Nobody answered by the deadline. `counts_as` is what the notice declared it to mean ("assenso"),
/// or "nulla": it is recorded as silence, never as an answer given.
struct RecordSilence {
    std::string deadline;
    ValueSource counts_as;
};

using ActionVerb = std::variant<StartDeadline, MoveDeadline, ReopenDeadline, CancelDeadline,
                                SuspendDeadline, EndSuspension, StartTask, CompleteTask, CancelTask,
                                OpenChild, Signal, SendMessage, PublishDocument, FreezeDocument,
                                AssignNumber, SetValue, AppendValue, ComputeValue, RecordSilence>;

/// Exactly the JSON key ("start_deadline").
std::string_view action_name(const ActionVerb& verb);

/// An action, done only when `when` holds.
struct Action {
    ActionVerb verb;
    std::optional<Guard> when;
};

}  // namespace engine::definition
