// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/later_holiday.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "engine/machine/deadline_rule.h"

namespace engine::machine {
namespace {

using calendar::LegalDate;

/// The feast that moves the end, not the Sundays that follow it.
const calendar::TermStep* find_cause(const calendar::Term& term, LegalDate frozen) {
    const auto found = std::find_if(term.steps.begin(), term.steps.end(), [&](const auto& step) {
        return step.code == "roll" && step.date > frozen;
    });
    return found == term.steps.end() ? nullptr : &*found;
}

}  // namespace

std::optional<LaterHoliday> find_later_holiday(const Deadline& deadline,
                                               std::optional<LegalDate> today) {
    auto rule = parse_deadline_rule(deadline.rule.text);
    if (deadline.status != DeadlineStatus::running || !deadline.due_date || !rule) {
        return std::nullopt;
    }
    auto& known_on = rule->term.roll.known_on;
    if (!known_on || (today && *known_on >= *today)) {
        return std::nullopt;
    }
    known_on = today;
    const auto term = compute_due(*rule);
    const auto frozen = calendar::parse_legal_date(*deadline.due_date);
    if (!term || !frozen || term->due_date <= *frozen) {
        return std::nullopt;
    }
    LaterHoliday later{term->due_date, "", {}};
    if (const auto* cause = find_cause(*term, *frozen)) {
        later.reason_it = cause->reason_it;
        later.legal_basis = cause->legal_basis;
    }
    return later;
}

std::string describe_later_holiday(const Deadline& deadline, std::optional<LegalDate> today) {
    const auto later = find_later_holiday(deadline, today);
    if (!later) {
        return "";
    }
    return fmt::format(
        "Attenzione: il termine è stato fissato prima di una legge che cambia le feste, e non si "
        "sposta da sé. Contato con le feste note oggi: {}{}. Lo può spostare solo un atto.",
        later->reason_it.empty()
            ? "finirebbe " + calendar::render_italian_date(later->by_todays_law)
            : later->reason_it,
        later->legal_basis.empty() ? ""
                                   : fmt::format(" ({})", fmt::join(later->legal_basis, "; ")));
}

}  // namespace engine::machine
