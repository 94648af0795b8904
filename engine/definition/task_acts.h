// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/definition.h"

// By what a task ends. A task that an act ends is a duty to do that act: closing it by hand would
// lose the duty. One that nothing ends (a phone call, a search) is closed by who has done it.

namespace engine::definition {

/// What ends a task.
struct TaskAct {
    std::string event;  ///< empty for what comes by itself: a term, a condition that holds
    std::string title;
    bool is_by_person = false;  ///< else another procedure, or time, causes it
    bool is_here = false;       ///< the state asked about knows it; else a later one
    LegalBasis legal_basis;

    bool operator==(const TaskAct&) const = default;
};

/// The acts that end that task (`complete_task`, of a branch or of the state it leads to): those of
/// the state itself, else those of the states that may follow. Empty: nothing ends it any more, and
/// a person may close it by hand.
std::vector<TaskAct> find_task_acts(const WorkflowDefinition& definition, std::string_view state,
                                    std::string_view task);

/// "con l'atto «Ammetti» o «Escludi»"; "quando «Gli esiti sono consegnati»" for what no person
/// does. Empty without acts.
std::string describe_task_acts(const std::vector<TaskAct>& acts);

}  // namespace engine::definition
