// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/task_acts.h"

#include <algorithm>

#include "engine/definition/reach.h"
#include "engine/definition/sentences.h"

namespace engine::definition {
namespace {

/// As many acts as a sentence names.
constexpr std::size_t kMaxNamed = 4;

bool completes(const std::vector<Action>& actions, std::string_view task) {
    return std::any_of(actions.begin(), actions.end(), [&](const Action& action) {
        const auto* complete = std::get_if<CompleteTask>(&action.verb);
        return complete != nullptr && complete->task == task;
    });
}

bool completes(const WorkflowDefinition& definition, const Branch& branch, std::string_view task) {
    const auto* entered = definition.states.find(branch.target);
    return completes(branch.actions, task) ||
           (entered != nullptr && completes(entered->entry, task));
}

void add_act(std::vector<TaskAct>& acts, TaskAct act) {
    const bool is_known = std::any_of(acts.begin(), acts.end(), [&](const TaskAct& known) {
        return known.event == act.event && known.title == act.title;
    });
    if (!is_known) {
        acts.push_back(std::move(act));
    }
}

/// What ends the task without anybody's act: a branch that is taken by itself.
void add_branches(std::vector<TaskAct>& acts, const WorkflowDefinition& definition,
                  const std::vector<Branch>& branches, std::string_view task) {
    for (const Branch& branch : branches) {
        if (completes(definition, branch, task)) {
            add_act(acts, {"", branch.title, false, false, branch.legal_basis});
        }
    }
}

void add_acts_of(std::vector<TaskAct>& acts, const WorkflowDefinition& definition,
                 const std::string& name, std::string_view task) {
    const StateDefinition* state = definition.states.find(name);
    if (state == nullptr || state->is_final) {
        return;  // tasks end with the procedure
    }
    for (const std::string& event : definition.events_of(name)) {
        const TransitionDefinition& transition = *definition.find_transition(name, event);
        const bool ends =
            std::any_of(transition.branches.begin(), transition.branches.end(),
                        [&](const Branch& branch) { return completes(definition, branch, task); });
        if (ends) {
            add_act(acts, {event, transition.title, !transition.by.empty(), false,
                           transition.legal_basis});
        }
    }
    add_branches(acts, definition, state->automatic, task);
    for (const auto& [deadline, branches] : state->after) {
        add_branches(acts, definition, branches, task);
    }
    for (const auto& [deadline, branches] : definition.after) {
        if (!state->after.contains(deadline)) {
            add_branches(acts, definition, branches, task);
        }
    }
}

}  // namespace

std::vector<TaskAct> find_task_acts(const WorkflowDefinition& definition, std::string_view state,
                                    std::string_view task) {
    std::vector<TaskAct> acts;
    add_acts_of(acts, definition, std::string(state), task);
    for (TaskAct& act : acts) {
        act.is_here = true;
    }
    if (!acts.empty()) {
        return acts;
    }
    const auto reachable = find_reachable(find_state_edges(definition), {std::string(state)});
    for (const auto& [name, later] : definition.states) {
        if (reachable.contains(name)) {
            add_acts_of(acts, definition, name, task);
        }
    }
    return acts;
}

std::string describe_task_acts(const std::vector<TaskAct>& acts) {
    std::vector<std::string> done;
    std::vector<std::string> come;
    for (const TaskAct& act : acts) {
        auto& titles = act.is_by_person ? done : come;
        if (titles.size() < kMaxNamed) {
            titles.push_back("«" + act.title + "»");
        }
    }
    if (!done.empty()) {
        return "con l'atto " + join_quoted(done, " o ");
    }
    return come.empty() ? "" : "da sé, quando " + join_quoted(come, " o ");
}

}  // namespace engine::definition
