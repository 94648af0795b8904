// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/lint_names.h"

#include <fmt/format.h>

#include "engine/definition/name_lint.h"

namespace engine::definition {

void NameLint::lint_guard(const Guard& guard) {
    if (guard.predicate) {
        std::visit(*this, *guard.predicate);
    }
    for (const Guard& part : guard.parts) {
        lint_guard(part);
    }
}

/// A guard is reported at its own place, below the one that has it.
void NameLint::lint_guard_at(const std::string& suffix, const Guard& guard) {
    const std::string path = path_;
    path_ += suffix;
    lint_guard(guard);
    path_ = path;
}

void NameLint::lint_actions(const std::vector<Action>& actions, const std::string& suffix) {
    for (const Action& action : actions) {
        std::visit(*this, action.verb);
        if (action.when) {
            lint_guard_at(suffix, *action.when);
        }
    }
}

void NameLint::lint_transitions() {
    for (const BranchPlace& place : find_branches(definition_)) {
        path_ = place.path;
        transition_ = place.transition;
        is_without_payload_ = place.transition == nullptr;
        if (!place.branch->target.empty()) {
            state(place.branch->target);
        }
        if (place.branch->guard) {
            lint_guard_at("/guard", *place.branch->guard);
        }
        lint_actions(place.branch->actions, "/do/when");
        if (place.transition == nullptr) {
            continue;
        }
        for (const std::string& name : place.transition->by) {
            role(name);
        }
        for (const auto* names : {&place.transition->takes, &place.transition->may_take}) {
            for (const std::string& name : *names) {
                field(name);
            }
        }
    }
    transition_ = nullptr;
    is_without_payload_ = false;
}

void NameLint::lint_due(const std::string& path, const DueRule& due) {
    path_ = path;
    for (const auto* one :
         {&due.on, &due.roll_holiday, &due.roll_saturday, &due.patron, &due.time}) {
        optional_source(*one);
    }
    if (!due.on) {
        source(due.count);
        source(due.from);
    }
}

void NameLint::lint_sections() {
    for (const auto& [name, one] : definition_.deadlines) {
        lint_due(fmt::format("deadlines/{}", name), one.due);
        for (const std::string& event_name : one.met_by) {
            event(event_name);
        }
        if (!one.reminder.empty()) {
            message(one.reminder);
        }
        if (one.preceded_by) {
            source(one.preceded_by->from);
        }
    }
    for (const auto& [name, one] : definition_.tasks) {
        path_ = fmt::format("tasks/{}", name);
        role(one.role);
        if (one.due) {
            lint_due(path_, *one.due);
        }
    }
    for (const auto& [name, one] : definition_.documents) {
        path_ = fmt::format("documents/{}", name);
        for (const std::string& state_name : one.in) {
            known(definition_.states, state_name, "unknown_state", "lo stato");
        }
        for (const std::string& role_name : one.by) {
            role(role_name);
        }
        if (!one.signed_by.empty()) {
            role(one.signed_by);
        }
    }
    for (const auto& [name, one] : definition_.messages) {
        path_ = fmt::format("messages/{}", name);
        if (one.to != "party") {
            role(one.to);
        }
        if (!context_.has_template(one.template_name)) {
            report("unknown_template", "il modello", one.template_name);
        }
    }
    for (const auto& [name, one] : definition_.children) {
        path_ = fmt::format("children/{}", name);
        if (!context_.catalog.find(one.family, one.machine, one.version)) {
            report("unknown_definition", "la definizione",
                   fmt::format("{}/{}@{}", one.family, one.machine, one.version));
        }
    }
}

void NameLint::lint_holders() {
    for (const auto& [name, one] : definition_.roles) {
        path_ = fmt::format("roles/{}", name);
        optional_source(one.holder);
        path_ += "/on_other";
        lint_actions(one.on_other, "/when");
        if (!one.on_other.empty() && !one.holder) {
            findings_.error(
                "no_holder", path_,
                fmt::format("Non si dice chi è il titolare del ruolo «{}».", one.title));
        }
    }
}

void NameLint::lint_migration() {
    path_ = "migration";
    if (!definition_.migration) {
        return;
    }
    for (const std::string& name : definition_.migration->by) {
        role(name);
    }
    for (const auto& [old_name, name] : definition_.migration->states) {
        known(definition_.states, name, "unknown_state", "lo stato");
    }
    for (const int version : definition_.migration->from) {
        if (version >= definition_.version) {
            findings_.error("migration_not_forward", path_,
                            fmt::format("Dalla versione {} non si passa alla {}: si va solo a una "
                                        "versione successiva.",
                                        version, definition_.version));
        }
    }
    lint_actions(definition_.migration->actions, "/do/when");
}

void NameLint::lint_unused() {
    const auto warn = [&](const char* section, const auto& names, std::string_view what) {
        for (const auto& [name, one] : names) {
            const std::string path = fmt::format("{}/{}", section, name);
            if (!used_.contains(path)) {
                findings_.warning("unused", path,
                                  fmt::format("{} «{}» non serve a niente.", what, one.title));
            }
        }
    };
    warn("tasks", definition_.tasks, "Il compito");
    warn("messages", definition_.messages, "Il messaggio");
    warn("children", definition_.children, "L'elenco");
    for (const auto& [name, one] : definition_.deadlines) {
        if (!started_.contains(name)) {
            findings_.error("deadline_never_starts", fmt::format("deadlines/{}", name),
                            fmt::format("Il termine «{}» non decorre mai.", one.title));
        }
    }
}

void NameLint::run() {
    path_ = "initial";
    state(definition_.initial);
    if (definition_.opening) {
        path_ = "opening";
        for (const std::string& name : definition_.opening->by) {
            role(name);
        }
        for (const auto* names : {&definition_.opening->takes, &definition_.opening->may_take}) {
            for (const std::string& name : *names) {
                field(name);
            }
        }
    }
    lint_sections();
    lint_holders();
    lint_migration();
    lint_transitions();
    for (const auto& [name, one] : definition_.states) {
        path_ = fmt::format("states/{}/entry", name);
        lint_actions(one.entry, "/when");
        for (const auto& [deadline_name, branches] : one.after) {
            path_ = fmt::format("states/{}/after/{}", name, deadline_name);
            deadline(deadline_name);
        }
    }
    for (const auto& [name, one] : definition_.deadlines) {
        path_ = fmt::format("deadlines/{}/on_due", name);
        is_without_payload_ = true;
        lint_actions(one.on_due, "/when");
        is_without_payload_ = false;
    }
    for (const auto& [deadline_name, branches] : definition_.after) {
        path_ = fmt::format("after/{}", deadline_name);
        deadline(deadline_name);
    }
    for (const auto& [event_name, one] : definition_.shared) {
        path_ = fmt::format("shared/{}", event_name);
        for (const auto* names : {&one.in, &one.except}) {
            for (const std::string& name : *names) {
                state(name);
            }
        }
    }
    lint_unused();
}

void lint_names(const WorkflowDefinition& definition, const LintContext& context,
                Findings& findings) {
    NameLint(definition, context, findings).run();
}

}  // namespace engine::definition
