// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/plan_builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/ensure.h"
#include "engine/machine/read_source.h"

namespace engine::machine {
namespace {

using base::fail;
using base::Result;

/// The earliest occurrence still to be met: a late report is that of the year that was missed.
const Deadline* find_first_live(const InstanceRecord& record, const std::string& name) {
    for (const auto& [key, deadline] : record.deadlines) {
        if (key.name == name && is_live(deadline.status)) {
            return &deadline;
        }
    }
    return nullptr;
}

}  // namespace

PlanBuilder::PlanBuilder(const DecideContext& context, const Actor& actor,
                         const base::Fields& payload, const std::vector<std::string>& legal_basis)
    : context_(context),
      facts_(context.facts),
      actor_(actor),
      payload_(payload),
      legal_basis_(legal_basis) {}

Result<void> PlanBuilder::add(Effect effect) {
    if (auto done = apply_effect(facts_.own.record, effect); !done) {
        return done;
    }
    if (const auto* value = std::get_if<ValueSet>(&effect)) {
        facts_.own.values[value->field] = value->value_json;
    }
    plan_.effects.push_back(std::move(effect));
    return {};
}

Result<void> PlanBuilder::keep_payload() {
    for (const auto& [field, json] : payload_) {
        if (context_.definition.fields.contains(field)) {
            if (auto done = add(ValueSet{field, "", json, ""}); !done) {
                return done;
            }
        }
    }
    return {};
}

Result<void> PlanBuilder::set_deadline(const std::string& change, Deadline deadline,
                                       const DeadlineRule& rule, const calendar::Term* explained) {
    if (auto done = set_due(deadline, rule); !done) {
        return done;
    }
    if (explained != nullptr) {
        deadline.term.text = base::canonical_json(calendar::render_term_json(*explained)).value();
    }
    if (auto done = add(DeadlineSet{change, deadline}); !done) {
        return done;
    }
    return set_reminders(deadline);
}

/// Reminders are advisory deadlines of their own, named after the obligation and its days.
Result<void> PlanBuilder::set_reminders(const Deadline& deadline) {
    const auto* definition = context_.definition.deadlines.find(deadline.name);
    if (definition == nullptr || !deadline.due_date) {
        return definition == nullptr ? Result<void>{} : end_reminders(deadline.name);
    }
    const auto due = calendar::parse_legal_date(*deadline.due_date).value();
    for (const int days : definition->remind_days) {
        Deadline reminder;
        reminder.name = fmt::format("{}~{}", deadline.name, days);
        reminder.occurrence = deadline.occurrence;
        reminder.kind = definition::DeadlineKind::advisory;
        reminder.reminds_of = deadline.name;
        const auto day = due.plus_days(-days);
        reminder.due_date = calendar::render_legal_date(day);
        // Reminds when its day begins: a reminder is read in the morning.
        reminder.bound = calendar::start_of_day(day);
        if (*reminder.bound > facts_.times.judged_at) {
            if (auto done = add(DeadlineSet{"started", reminder}); !done) {
                return done;
            }
            continue;
        }
        // Its day went by because the term was brought forward: it has nothing more to say.
        const auto& known = facts_.own.record.deadlines;
        const auto before = known.find({reminder.name, reminder.occurrence});
        if (before != known.end() && is_live(before->second.status)) {
            const DeadlineEnded ended{reminder.name, reminder.occurrence,
                                      DeadlineStatus::cancelled};
            if (auto done = add(ended); !done) {
                return done;
            }
        }
    }
    return {};
}

Result<void> PlanBuilder::end_reminders(const std::string& name) {
    const auto deadlines = facts_.own.record.deadlines;
    for (const auto& [key, deadline] : deadlines) {
        if (deadline.reminds_of == name && is_live(deadline.status)) {
            if (auto done = add(DeadlineEnded{key.name, key.occurrence, DeadlineStatus::cancelled});
                !done) {
                return done;
            }
        }
    }
    return {};
}

Result<void> PlanBuilder::start_deadline(const std::string& name) {
    const auto* definition = context_.definition.deadlines.find(name);
    base::ensure(definition != nullptr, "lint checks the names of deadlines");
    const Deadline* before = facts_.own.record.find_deadline(name);
    if (before != nullptr && is_live(before->status)) {
        const DeadlineEnded ended{name, before->occurrence, DeadlineStatus::cancelled};
        if (auto done = add(ended); !done) {
            return done;
        }
        if (auto done = end_reminders(name); !done) {
            return done;
        }
        before = facts_.own.record.find_deadline(name);
    }
    auto rule = resolve_due(definition->due, facts_, payload_);
    if (!rule) {
        return fail(rule.error());
    }
    Deadline deadline;
    deadline.name = name;
    deadline.occurrence = before == nullptr ? 1 : before->occurrence + 1;
    deadline.kind = definition->kind;
    return set_deadline("started", std::move(deadline), *rule);
}

/// An end state leaves nothing open: no task, no running deadline.
Result<void> PlanBuilder::close_everything() {
    const auto deadlines = facts_.own.record.deadlines;
    for (const auto& [key, deadline] : deadlines) {
        // An obligation that was missed stays missed: its end is no pardon.
        if (is_live(deadline.status) && deadline.status != DeadlineStatus::missed) {
            if (auto done = add(DeadlineEnded{key.name, key.occurrence, DeadlineStatus::cancelled});
                !done) {
                return done;
            }
        }
    }
    const auto tasks = facts_.own.record.tasks;
    for (const auto& [id, task] : tasks) {
        if (is_open(task.status)) {
            if (auto done = add(TaskEnded{task.id, TaskStatus::cancelled}); !done) {
                return done;
            }
        }
    }
    return {};
}

Result<void> PlanBuilder::enter(const std::string& target) {
    if (target.empty()) {
        return {};
    }
    const std::string name =
        target == "@previous" ? facts_.own.record.instance.previous_state : target;
    const auto* state = context_.definition.states.find(name);
    base::ensure(state != nullptr, "lint checks the names of states");
    if (auto done = add(StateEntered{name, state->is_final}); !done) {
        return done;
    }
    // Going back to where one came from resumes: what entering starts is already running.
    if (target != "@previous") {
        if (auto done = run(state->entry); !done) {
            return done;
        }
    }
    // After what entering does, which may itself start something.
    return state->is_final ? close_everything() : Result<void>{};
}

Result<void> PlanBuilder::meet_obligations(const std::string& event) {
    for (const auto& [name, definition] : context_.definition.deadlines) {
        const auto& events = definition.met_by;
        const Deadline* latest = facts_.own.record.find_deadline(name);
        const Deadline* deadline =
            definition.every_months ? find_first_live(facts_.own.record, name) : latest;
        if (std::find(events.begin(), events.end(), event) == events.end() || deadline == nullptr ||
            !is_live(deadline->status)) {
            continue;
        }
        const bool is_late = deadline->bound && facts_.times.judged_at >= *deadline->bound;
        const DeadlineEnded met{name, deadline->occurrence,
                                is_late ? DeadlineStatus::met_late : DeadlineStatus::met};
        if (auto done = add(met); !done) {
            return done;
        }
        if (deadline != latest) {
            continue;  // an occurrence that was missed: the next one already runs
        }
        if (auto done = end_reminders(name); !done) {
            return done;
        }
        if (auto done = repeat_deadline(name); !done) {
            return done;
        }
    }
    return {};
}

Result<void> PlanBuilder::repeat_deadline(const std::string& name) {
    const auto* definition = context_.definition.deadlines.find(name);
    const Deadline* before = facts_.own.record.find_deadline(name);
    // While suspended it has no day, but the term it was counted with; an end leaves nothing open.
    if (definition == nullptr || !definition->every_months || before->term.text.empty() ||
        facts_.own.record.instance.is_final) {
        return {};
    }
    auto months = read_count(*definition->every_months, facts_, payload_);
    auto rule = parse_deadline_rule(before->rule.text);
    auto term = calendar::parse_term_json(before->term.text);
    if (!months || !rule || !term) {
        return fail(!months ? months.error() : !rule ? rule.error() : term.error());
    }
    DeadlineRule next;
    next.anchor = rule->anchor.value_or(term->raw_date);
    next.term.from = *next.anchor;
    next.term.count = *months + (rule->anchor ? rule->term.count : 0);
    next.term.unit = calendar::TermUnit::months;
    next.term.roll = rule->term.roll;
    next.term.roll.known_on = facts_.times.acted_on;
    next.term.time = rule->term.time;
    Deadline deadline;
    deadline.name = name;
    deadline.occurrence = before->occurrence + 1;
    deadline.kind = definition->kind;
    return set_deadline("started", std::move(deadline), next);
}

}  // namespace engine::machine
