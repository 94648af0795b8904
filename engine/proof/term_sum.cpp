// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/term_sum.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "engine/base/json.h"
#include "engine/calendar/local_time.h"
#include "engine/calendar/term.h"

namespace engine::proof {
namespace {

using namespace definition;
using calendar::LegalDate;

/// Only what is written in the definition or in the initiative is known beforehand.
std::optional<std::string> find_known(const ValueSource& source, const base::Fields& parameters) {
    if (source.scope == SourceScope::constant) {
        return source.name;
    }
    const auto found = parameters.find(source.name);
    const bool is_there = source.scope == SourceScope::initiative && found != parameters.end();
    return is_there ? std::optional(found->second) : std::nullopt;
}

std::optional<LegalDate> find_day(const ValueSource& source, const base::Fields& parameters) {
    const auto json = find_known(source, parameters);
    const auto text = json ? base::read_text(*json) : std::nullopt;
    if (!text) {
        return std::nullopt;
    }
    const auto moment = calendar::parse_local_moment(*text);
    return moment ? std::optional(moment->date) : std::nullopt;
}

std::optional<LegalDate> find_due(const DueRule& rule, const base::Fields& parameters) {
    if (rule.on) {
        return find_day(*rule.on, parameters);
    }
    const auto from = find_day(rule.from, parameters);
    const auto json = find_known(rule.count, parameters);
    const auto count = json ? base::read_integer(*json) : std::nullopt;
    if (!from || !count) {
        return std::nullopt;
    }
    calendar::TermRule term;
    term.from = *from;
    term.count = static_cast<int>(*count);
    term.unit = rule.unit;
    term.direction = rule.direction;
    term.day_count = rule.day_count;
    const auto computed = calendar::compute_term(term);
    return computed ? std::optional(computed->due_date) : std::nullopt;
}

/// The sum, day by day; empty when it fits or when a day is not known.
std::string explain_sum(const DeadlineDefinition& deadline, const base::Fields& parameters) {
    const auto due = find_due(deadline.due, parameters);
    const auto from = find_day(deadline.preceded_by->from, parameters);
    if (!due || !from) {
        return "";
    }
    LegalDate day = *from;
    std::string sum = fmt::format("dal {}", calendar::render_italian_date(day));
    for (const PrecedingStep& step : deadline.preceded_by->steps) {
        day = day.plus_days(step.days);
        sum += fmt::format("; {} ({} giorni): {}", step.title, step.days,
                           calendar::render_italian_date(day));
    }
    if (day <= *due) {
        return "";
    }
    return fmt::format("«{}» scade il {}, ma i tempi minimi che vengono prima finiscono il {}: {}.",
                       deadline.title, calendar::render_italian_date(*due),
                       calendar::render_italian_date(day), sum);
}

/// Terms that are counted from one another, at most; longer chains are left alone.
constexpr int kMaxChain = 4;

/// The most days that a rule leaves between a day that nobody knows yet and the end; absent when it
/// is not counted from it, or not in calendar days. What another term of the chain is counted from
/// came before: there may be fewer.
std::optional<int> find_room(const WorkflowDefinition& machine, const DueRule& rule,
                             const ValueSource& from, const base::Fields& parameters, int chain) {
    const auto json = find_known(rule.count, parameters);
    const auto days = json ? base::read_integer(*json) : std::nullopt;
    const bool is_of_days =
        rule.unit == calendar::TermUnit::days && rule.day_count == calendar::DayCount::calendar &&
        rule.direction == calendar::TermDirection::forward && !rule.both_ends_clear;
    if (rule.on || !days || !is_of_days || chain == 0) {
        return std::nullopt;
    }
    const int count = static_cast<int>(days.value_or(0));
    if (rule.from == from) {
        return count;
    }
    const auto* before =
        rule.from.scope == SourceScope::deadline ? machine.deadlines.find(rule.from.name) : nullptr;
    if (before == nullptr) {
        return std::nullopt;
    }
    const auto first = find_room(machine, before->due, from, parameters, chain - 1);
    return first ? std::optional(*first + count) : std::nullopt;
}

/// The sum in days, where both ends are counted from the same day that nobody knows yet.
std::string explain_distance(const WorkflowDefinition& machine, const DeadlineDefinition& deadline,
                             const base::Fields& parameters) {
    const auto room =
        find_room(machine, deadline.due, deadline.preceded_by->from, parameters, kMaxChain);
    if (!room) {
        return "";
    }
    int days = 0;
    std::string sum;
    for (const PrecedingStep& step : deadline.preceded_by->steps) {
        days += step.days;
        sum += fmt::format("{}{} ({} giorni)", sum.empty() ? "" : ", ", step.title, step.days);
    }
    return days <= *room ? ""
                         : fmt::format(
                               "«{}» scade {} giorni dopo il giorno da cui si conta, ma i "
                               "tempi minimi che vengono prima ne chiedono {}: {}.",
                               deadline.title, *room, days, sum);
}

}  // namespace

std::vector<LintFinding> check_term_sums(const WorkflowDefinition& machine,
                                         const Catalog& catalog) {
    std::vector<LintFinding> findings;
    for (const auto& [name, deadline] : machine.deadlines) {
        if (!deadline.preceded_by) {
            continue;
        }
        const auto add = [&](const base::Fields& parameters, const std::string& whose) {
            std::string sum = explain_sum(deadline, parameters);
            sum = sum.empty() ? explain_distance(machine, deadline, parameters) : sum;
            const std::string message = whose + sum;
            const bool is_told =
                std::any_of(findings.begin(), findings.end(),
                            [&](const LintFinding& one) { return one.message_it.ends_with(sum); });
            if (!sum.empty() && !is_told) {
                findings.push_back({LintSeverity::warning, "terms_do_not_fit",
                                    fmt::format("deadlines/{}", name), message});
            }
        };
        add({}, "");
        for (const auto& initiative : catalog.initiatives()) {
            add(initiative->parameters, fmt::format("Con l'iniziativa «{}»: ", initiative->id));
        }
    }
    return findings;
}

}  // namespace engine::proof
