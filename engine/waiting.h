// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/definition.h"
#include "engine/machine/model.h"

// Who is waited for. Offices are waited for through tasks; a body has none: it has terms within
// which it may act, and these tell that one waits for it.

namespace engine {

/// A deadline within which a body may act.
struct BodyTerm {
    definition::Reference deadline;  ///< of the instance, or of one above it
    std::vector<std::string> roles;  ///< of scope party that may act, in file order
};

/// The deadlines within which a body may act on an instance in that state. A deadline is one of
/// them when an event that a role of scope party may cause meets it or is possible only while it is
/// open; or when its end ends the state, and a body may act in the state at all. Dates that are
/// only advised are none.
std::vector<BodyTerm> find_body_terms(const definition::WorkflowDefinition& definition,
                                      std::string_view state);

/// The roles of the body that an instance waits for by that deadline of its own; empty when the
/// instance is of no body, when the deadline no longer runs or is suspended, and when what it ends
/// is not for the body to do. `status`: as it is, or was when one looks at the past.
std::vector<std::string> awaited_roles(const definition::WorkflowDefinition& definition,
                                       std::string_view state, std::string_view party,
                                       const machine::Deadline& deadline,
                                       machine::DeadlineStatus status);

/// By which acts a task ends, from that state on (definition/task_acts.h): "con l'atto «Ammetti»".
/// Empty: by none, and who has it closes it by hand.
std::string describe_task_end(const definition::WorkflowDefinition& definition,
                              std::string_view state, std::string_view task);

/// A term of an awaited act.
struct AwaitedTerm {
    definition::Reference deadline;  ///< of the instance, or of one above it
    bool is_later = false;           ///< it begins in the next state (a receipt is waited for)

    bool operator==(const AwaitedTerm&) const = default;
};

/// An act for a body to do: within a term, or as an answer to who asked.
struct AwaitedAct {
    std::string event;
    std::string title;
    std::vector<std::string> roles;     ///< of scope party that may do it
    std::vector<std::string> asked_by;  ///< events of others, after which it is possible
    std::vector<AwaitedTerm> terms;     ///< never empty

    bool operator==(const AwaitedAct&) const = default;
};

/// The acts that a body is waited for in that state, in file order. An act that only others make
/// possible (none of the body's own leads to a state that knows it) answers them: its terms are
/// those that the state waits for, too. Of other acts, those that it meets, or that must be open
/// for it when it leads on: who may withdraw, or add something, is not waited for.
std::vector<AwaitedAct> find_awaited_acts(const definition::WorkflowDefinition& definition,
                                          std::string_view state);

}  // namespace engine
