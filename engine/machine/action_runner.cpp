// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/action_runner.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/ensure.h"
#include "engine/definition/sentences.h"
#include "engine/machine/read_source.h"

namespace engine::machine {

using namespace definition;
using base::ErrorCode;
using base::fail;
using base::Result;

tl::unexpected<base::Error> ActionRunner::refuse(std::string code, std::string sentence) const {
    return fail({ErrorCode::guard_failed,
                 "L'atto non è ammesso.",
                 {{"", std::move(code), std::move(sentence), builder_.legal_basis_}}});
}

const Deadline* ActionRunner::find_deadline(const std::string& name) const {
    return builder_.facts_.own.record.find_deadline(name);
}

Result<void> ActionRunner::operator()(const StartDeadline& action) {
    return builder_.start_deadline(action.deadline);
}

/// The rule of a date given by an act: roll and hour stay those of the notice.
Result<DeadlineRule> ActionRunner::fixed_rule(const ValueSource& to, const Deadline& before) {
    auto moment = read_moment(to, builder_.facts_, builder_.payload_);
    auto old_rule = parse_deadline_rule(before.rule.text);
    if (!moment || !old_rule) {
        return fail(!moment ? moment.error() : old_rule.error());
    }
    DeadlineRule rule;
    rule.fixed_on = moment->date;
    rule.term.from = builder_.facts_.times.acted_on;
    rule.term.roll = old_rule->term.roll;
    rule.term.roll.known_on = rule.term.from;  // the holidays of the new act, not of the old one
    rule.term.time = moment->time ? moment->time : old_rule->term.time;
    rule.used_grounds = old_rule->used_grounds;
    for (const auto& suspension : old_rule->term.suspensions) {
        rule.used_grounds.push_back(suspension.ground);
    }
    return rule;
}

Result<void> ActionRunner::operator()(const MoveDeadline& action) {
    const Deadline* before = find_deadline(action.deadline);
    const std::string title =
        quote_deadline(builder_.context_.definition, {action.deadline, Relation::own});
    if (before == nullptr || before->status != DeadlineStatus::running) {
        return refuse("deadline_open", fmt::format("Il termine {} non è in corso.", title));
    }
    auto rule = fixed_rule(action.to, *before);
    if (!rule) {
        return fail(rule.error());
    }
    auto old_term = calendar::parse_term_json(before->term.text);
    auto term = compute_due(*rule);
    if (!old_term || !term) {
        return fail(!old_term ? old_term.error() : term.error());
    }
    auto extended = calendar::extend_term(*old_term, *term, builder_.facts_.times.judged_at);
    if (!extended) {
        return refuse("deadline_open", extended.error().message_it);
    }
    return builder_.set_deadline("moved", *before, *rule, &*extended);
}

Result<void> ActionRunner::operator()(const ReopenDeadline& action) {
    const Deadline* before = find_deadline(action.deadline);
    const std::string title =
        quote_deadline(builder_.context_.definition, {action.deadline, Relation::own});
    if (before == nullptr) {
        return refuse("deadline_passed", fmt::format("Il termine {} non è mai decorso.", title));
    }
    const bool is_running =
        before->status == DeadlineStatus::running || before->status == DeadlineStatus::suspended;
    if (is_running && (!before->bound || builder_.facts_.times.judged_at < *before->bound)) {
        return refuse("deadline_passed",
                      fmt::format("Il {} è ancora in corso: va prorogato, non riaperto.", title));
    }
    auto rule = fixed_rule(action.to, *before);
    if (!rule) {
        return fail(rule.error());
    }
    Deadline deadline;
    deadline.name = before->name;
    deadline.occurrence = before->occurrence + 1;
    deadline.kind = before->kind;
    if (auto done = set_due(deadline, *rule); !done) {
        return done;
    }
    if (*deadline.bound <= builder_.facts_.times.judged_at) {
        return refuse("deadline_open",
                      fmt::format("La nuova scadenza del termine {} è già passata: serve "
                                  "una data futura.",
                                  title));
    }
    return builder_.set_deadline("reopened", deadline, *rule);
}

Result<void> ActionRunner::operator()(const CancelDeadline& action) {
    const Deadline* before = find_deadline(action.deadline);
    const bool is_counting = before != nullptr && (before->status == DeadlineStatus::running ||
                                                   before->status == DeadlineStatus::suspended);
    if (!is_counting) {
        return {};
    }
    const DeadlineEnded ended{before->name, before->occurrence, DeadlineStatus::cancelled};
    if (auto done = builder_.add(ended); !done) {
        return done;
    }
    return builder_.end_reminders(action.deadline);
}

namespace {

/// The last suspended day: after so many days, or on a day; absent when not known yet.
Result<std::optional<calendar::LegalDate>> last_suspended_day(const SuspendDeadline& action,
                                                              calendar::LegalDate first,
                                                              const Facts& facts,
                                                              const base::Fields& payload) {
    if (action.days) {
        auto days = read_count(*action.days, facts, payload);
        return days ? Result<std::optional<calendar::LegalDate>>(first.plus_days(*days - 1))
                    : fail(days.error());
    }
    if (action.until) {
        auto until = read_moment(*action.until, facts, payload);
        return until ? Result<std::optional<calendar::LegalDate>>(until->date)
                     : fail(until.error());
    }
    return std::optional<calendar::LegalDate>{};
}

}  // namespace

Result<void> ActionRunner::operator()(const SuspendDeadline& action) {
    const Deadline* before = find_deadline(action.deadline);
    if (before == nullptr || before->status != DeadlineStatus::running) {
        return {};  // nothing runs: nothing to suspend
    }
    auto rule = parse_deadline_rule(before->rule.text);
    auto after = read_moment(action.after, builder_.facts_, builder_.payload_);
    if (!rule || !after) {
        return fail(!rule ? rule.error() : after.error());
    }
    const auto first = after->date.plus_days(1);
    auto last = last_suspended_day(action, first, builder_.facts_, builder_.payload_);
    if (!last) {
        return fail(last.error());
    }
    if (!*last) {
        rule->suspended_from = first;
        rule->suspended_on = action.ground;
        return builder_.set_deadline("suspended", *before, *rule);
    }
    auto suspensions =
        calendar::add_suspension(rule->term.suspensions, {first, **last, action.ground});
    if (!suspensions) {
        return refuse("suspension_unused", suspensions.error().message_it);
    }
    rule->term.suspensions = std::move(*suspensions);
    return builder_.set_deadline("suspended", *before, *rule);
}

Result<void> ActionRunner::operator()(const EndSuspension& action) {
    const Deadline* before = find_deadline(action.deadline);
    const bool is_counting = before != nullptr && (before->status == DeadlineStatus::running ||
                                                   before->status == DeadlineStatus::suspended);
    if (!is_counting) {
        return {};
    }
    auto rule = parse_deadline_rule(before->rule.text);
    auto on = read_moment(action.on, builder_.facts_, builder_.payload_);
    if (!rule || !on) {
        return fail(!rule ? rule.error() : on.error());
    }
    const auto last = on->date.plus_days(action.plus_days);
    auto& suspensions = rule->term.suspensions;
    if (rule->suspended_from && rule->suspended_on == action.ground) {
        if (last >= *rule->suspended_from) {
            suspensions.push_back({*rule->suspended_from, last, action.ground});
        }
        rule->suspended_from.reset();
    } else {
        const auto found = std::find_if(suspensions.rbegin(), suspensions.rend(),
                                        [&](const auto& s) { return s.ground == action.ground; });
        // After its last day the term already runs again: an answer that comes late changes
        // nothing.
        if (found == suspensions.rend() || on->date > found->last) {
            return {};
        }
        // A suspension that ends before it has begun still counts as used: it keeps one day.
        found->last = std::max(last, found->first);
    }
    return builder_.set_deadline("resumed", *before, *rule);
}

Result<void> ActionRunner::operator()(const StartTask& action) {
    const auto* definition = builder_.context_.definition.tasks.find(action.task);
    base::ensure(definition != nullptr, "lint checks the names of tasks");
    const auto& record = builder_.facts_.own.record;
    Task task;
    task.id = base::TaskId{fmt::format("{}.t{}", record.instance.id.text, record.tasks.size() + 1)};
    task.name = action.task;
    task.role = definition->role;
    task.opened_at = builder_.facts_.times.received_at;
    if (definition->due) {
        auto rule = resolve_due(*definition->due, builder_.facts_, builder_.payload_);
        auto term = rule ? compute_due(*rule) : Result<calendar::Term>(fail(rule.error()));
        if (!term) {
            return fail(term.error());
        }
        task.due_date = calendar::render_legal_date(term->due_date);
        task.bound = term->bound;
    }
    return builder_.add(TaskOpened{std::move(task)});
}

Result<void> ActionRunner::end_tasks(const std::string& name, TaskStatus status) {
    const auto tasks = builder_.facts_.own.record.tasks;
    for (const auto& [id, task] : tasks) {
        if (task.name == name && is_open(task.status)) {
            if (auto done = builder_.add(TaskEnded{task.id, status}); !done) {
                return done;
            }
        }
    }
    return {};
}

Result<void> ActionRunner::operator()(const CompleteTask& action) {
    return end_tasks(action.task, TaskStatus::done);
}

Result<void> ActionRunner::operator()(const CancelTask& action) {
    return end_tasks(action.task, TaskStatus::cancelled);
}

Result<void> ActionRunner::operator()(const SendMessage& action) {
    const auto* definition = builder_.context_.definition.messages.find(action.message);
    base::ensure(definition != nullptr, "lint checks the names of messages");
    const auto& own = builder_.facts_.own.record;
    Message message;
    message.id = base::MessageId{
        fmt::format("{}.m{}-{}", own.instance.id.text, own.instance.version, own.messages.size())};
    message.name = action.message;
    message.template_name = definition->template_name;
    message.to = definition->to;
    message.channel = message_channel_name(definition->channel);
    return builder_.add(MessageQueued{std::move(message)});
}

Result<const Document*> ActionRunner::require_document(const std::string& name) const {
    const Document* document = builder_.facts_.own.record.find_document(name);
    if (document == nullptr) {
        return refuse("document_present", fmt::format("Nel fascicolo manca {}: va aggiunto prima.",
                                                      quote_document(builder_.context_.definition,
                                                                     {name, Relation::own})));
    }
    return document;
}

Result<void> ActionRunner::operator()(const PublishDocument& action) {
    auto document = require_document(action.document);
    if (!document) {
        return fail(document.error());
    }
    if ((*document)->published_at) {
        return {};  // what is out stays out since that day: a notice that is corrected again
    }
    return builder_.add(DocumentPublished{(*document)->name, (*document)->version,
                                          builder_.facts_.times.received_at});
}

Result<void> ActionRunner::operator()(const FreezeDocument& action) {
    auto document = require_document(action.document);
    if (!document) {
        return fail(document.error());
    }
    return builder_.add(DocumentFrozen{(*document)->name, (*document)->version});
}

Result<void> ActionRunner::operator()(const AssignNumber& action) {
    if (builder_.facts_.own.record.registrations.contains(action.register_name)) {
        return refuse("assign_number", "L'atto ha già il suo numero in questo registro.");
    }
    Registration registration;
    registration.register_name = action.register_name;
    registration.office = builder_.facts_.own.record.instance.office;
    // The year is Rome's at the instant of receipt, whatever the year of the act.
    registration.year = calendar::legal_date_of(builder_.facts_.times.received_at).year();
    registration.registered_at = builder_.facts_.times.received_at;
    return builder_.add(Registered{std::move(registration)});
}

Result<void> ActionRunner::operator()(const SetValue& action) {
    const auto json = read_source(action.value, builder_.facts_, builder_.payload_);
    return json ? builder_.add(ValueSet{action.field, "", *json, ""}) : Result<void>{};
}

Result<void> ActionRunner::operator()(const AppendValue& action) {
    const auto json = read_source(action.value, builder_.facts_, builder_.payload_);
    if (!json) {
        return {};
    }
    const auto& values = builder_.facts_.own.values;
    const auto before = values.find(action.field);
    return builder_.add(
        ValueSet{action.field, "",
                 base::append_json(before == values.end() ? "[]" : before->second, *json), ""});
}

Result<void> ActionRunner::operator()(const ComputeValue& action) {
    const auto* computation =
        builder_.context_.checks.find_computation(action.name, action.version);
    base::ensure(computation != nullptr, "lint and start-up refuse a lost computation");
    static const base::Fields kNoParams;
    std::string json = (*computation)({builder_.context_.definition, builder_.facts_,
                                       builder_.actor_, builder_.payload_, kNoParams});
    return builder_.add(ValueSet{action.field, "", std::move(json), ""});
}

Result<void> ActionRunner::operator()(const RecordSilence& action) {
    const auto json = read_source(action.counts_as, builder_.facts_, builder_.payload_);
    const auto text = json ? base::read_text(*json) : std::nullopt;
    return builder_.add(SilenceRecorded{
        {action.deadline, text.value_or("nulla"), builder_.facts_.times.received_at}});
}

Result<void> PlanBuilder::run(const std::vector<Action>& actions) {
    for (const Action& action : actions) {
        const GuardContext guard{context_.definition, facts_, context_.checks, actor_, payload_,
                                 legal_basis_};
        if (action.when && !engine::machine::refuse(*action.when, guard).empty()) {
            continue;
        }
        if (auto done = std::visit(ActionRunner(*this), action.verb); !done) {
            return done;
        }
    }
    return {};
}

}  // namespace engine::machine
