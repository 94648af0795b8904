// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/lint.h"

#include <fmt/format.h>

#include "engine/definition/lint_graph.h"
#include "engine/definition/lint_names.h"

namespace engine::definition {
namespace {

bool is_constant(const std::optional<ValueSource>& source, bool flag) {
    return source && source->scope == SourceScope::constant &&
           base::read_flag(source->name) == flag;
}

/// A Saturday that rolls would roll onto a Sunday that does not: no act can mean that.
void lint_roll(const std::string& path, const std::string& title, const DueRule& due,
               Findings& findings) {
    if (is_constant(due.roll_saturday, true) && is_constant(due.roll_holiday, false)) {
        findings.error("contradictory_roll", path,
                       fmt::format("«{}» si rinvia se scade di sabato ma non se scade in un giorno "
                                   "festivo: va tolto l'uno o concesso l'altro.",
                                   title));
    }
}

void lint_deadline(const std::string& name, const DeadlineDefinition& deadline,
                   Findings& findings) {
    const std::string path = fmt::format("deadlines/{}", name);
    lint_roll(path, deadline.title, deadline.due, findings);
    const auto& count = deadline.due.count;
    const bool is_counted = !deadline.due.on && count.scope == SourceScope::constant;
    const auto number = is_counted ? base::read_integer(count.name) : std::nullopt;
    if (is_counted && (!number || *number < 1 || *number > calendar::kMaxTermCount)) {
        findings.error("impossible_count", path,
                       fmt::format("«{}» non si può contare: serve un numero intero da 1 a {}.",
                                   deadline.title, calendar::kMaxTermCount));
    }
    if (deadline.kind == DeadlineKind::obligation && deadline.met_by.empty()) {
        findings.error("obligation_without_act", path,
                       fmt::format("Nessun atto adempie «{}»: serve «met_by».", deadline.title));
    }
    if (!deadline.remind_days.empty() && deadline.reminder.empty()) {
        findings.error("reminder_without_message", path,
                       fmt::format("«{}» ha promemoria ma nessun messaggio: serve «reminder».",
                                   deadline.title));
    }
    if (deadline.kind == DeadlineKind::recurring && !deadline.every_months) {
        findings.error("recurring_without_period", path,
                       fmt::format("«{}» è ricorrente ma non dice ogni quanto.", deadline.title));
    }
}

/// A branch after one without guard is never taken.
void lint_branch_order(const WorkflowDefinition& definition, Findings& findings) {
    const Branch* open_before = nullptr;
    std::string open_place;
    for (const BranchPlace& place : find_branches(definition)) {
        const std::string group = place.path.substr(0, place.path.find("/branches/"));
        if (open_before != nullptr && group == open_place) {
            findings.error("unreachable_branch", place.path,
                           "Il ramo non si prende mai: quello prima non ha condizioni.");
        }
        if (!place.branch->guard) {
            open_before = place.branch;
            open_place = group;
        }
    }
}

/// What fires by itself must lead somewhere else, or it fires for ever.
void lint_automatic(const WorkflowDefinition& definition, Findings& findings) {
    for (const BranchPlace& place : find_branches(definition)) {
        const bool is_automatic = place.path.find("/automatic") != std::string::npos;
        if (is_automatic && (place.branch->target.empty() || place.branch->target == place.state)) {
            findings.error("automatic_without_end", place.path,
                           "Ciò che avviene da sé deve portare in un altro stato.");
        }
    }
}

/// Whether the branch can be taken in the first state.
bool is_of_initial(const WorkflowDefinition& definition, const BranchPlace& place) {
    if (!place.state.empty()) {
        return place.state == definition.initial;
    }
    return place.transition == nullptr ||
           definition.find_transition(definition.initial, place.event) == place.transition;
}

/// Where one began there is nothing to go back to: not by an act, nor by time, nor by itself.
void lint_previous(const WorkflowDefinition& definition, Findings& findings) {
    for (const BranchPlace& place : find_branches(definition)) {
        if (place.branch->target == "@previous" && is_of_initial(definition, place)) {
            findings.error("no_previous_state", fmt::format("states/{}", definition.initial),
                           "Dallo stato iniziale non c'è uno stato di prima a cui tornare.");
        }
    }
}

/// Texts that arrive from outside have a limit.
void lint_fields(const WorkflowDefinition& definition, Findings& findings) {
    for (const auto& [name, field] : definition.fields) {
        const bool is_bounded = field.schema_json.find("\"maxLength\"") != std::string::npos ||
                                field.schema_json.find("\"enum\"") != std::string::npos;
        if (field.type == "string" && !is_bounded) {
            findings.error(
                "unbounded_text", fmt::format("data/properties/{}", name),
                fmt::format("Il testo «{}» non ha un limite: serve «maxLength».", field.title));
        }
        if (field.type.empty()) {
            findings.error("untyped_field", fmt::format("data/properties/{}", name),
                           fmt::format("Il campo «{}» non ha un tipo.", field.title));
        }
    }
}

}  // namespace

std::vector<LintFinding> lint(const WorkflowDefinition& definition, const LintContext& context) {
    Findings findings;
    lint_names(definition, context, findings);
    for (const auto& [name, deadline] : definition.deadlines) {
        lint_deadline(name, deadline, findings);
    }
    for (const auto& [name, task] : definition.tasks) {
        if (task.due) {
            lint_roll(fmt::format("tasks/{}", name), task.title, *task.due, findings);
        }
    }
    lint_branch_order(definition, findings);
    lint_automatic(definition, findings);
    lint_previous(definition, findings);
    lint_fields(definition, findings);
    // A graph with names that do not exist says nothing: those come first.
    if (!findings.has_errors()) {
        lint_graph(definition, findings);
    }
    return std::move(findings).take();
}

}  // namespace engine::definition
