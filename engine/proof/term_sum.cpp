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

}  // namespace

std::vector<LintFinding> check_term_sums(const WorkflowDefinition& machine,
                                         const Catalog& catalog) {
    std::vector<LintFinding> findings;
    for (const auto& [name, deadline] : machine.deadlines) {
        if (!deadline.preceded_by) {
            continue;
        }
        const auto add = [&](const base::Fields& parameters, const std::string& whose) {
            const std::string sum = explain_sum(deadline, parameters);
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
