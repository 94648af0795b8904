// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>

#include "engine/base/result.h"
#include "engine/calendar/term.h"
#include "engine/definition/definition.h"
#include "engine/machine/facts.h"

namespace engine::machine {

/// All that a deadline's end depends on, frozen when it starts: kept in its row, so that a
/// suspension adds to it and nothing is looked up again.
struct DeadlineRule {
    /// A date fixed by an act; then `term` only carries start, roll, hour and suspensions.
    std::optional<calendar::LegalDate> fixed_on;
    calendar::TermRule term;
    /// A suspension whose end is not known yet.
    std::optional<calendar::LegalDate> suspended_from;
    calendar::SuspensionGround suspended_on = calendar::SuspensionGround::provvedimento;
    /// Of a recurring one: the first end before any roll. Each next one is counted from it, so that
    /// holidays and short months do not make it drift.
    std::optional<calendar::LegalDate> anchor = {};
    /// Grounds used before the end was moved by an act: what is allowed once stays used.
    std::vector<calendar::SuspensionGround> used_grounds = {};

    /// Whether it was ever suspended on that ground, or is now.
    bool has_used(calendar::SuspensionGround ground) const;

    bool operator==(const DeadlineRule&) const = default;
};

/// Resolves the sources of a rule of the definition. Errors: invalid_input when a value it needs is
/// missing or unreadable.
base::Result<DeadlineRule> resolve_due(const definition::DueRule& due, const Facts& facts,
                                       const base::Fields& payload);

/// The term of a rule that is not suspended without an end. Errors: invalid_input.
base::Result<calendar::Term> compute_due(const DeadlineRule& rule);

/// Writes rule, due date, bound, explanation and status of the row from the rule.
/// Errors: invalid_input.
base::Result<void> set_due(Deadline& deadline, const DeadlineRule& rule);

/// Compact JSON of a rule and its inverse. Errors of the inverse: storage_corrupt.
std::string render_deadline_rule(const DeadlineRule& rule);
base::Result<DeadlineRule> parse_deadline_rule(std::string_view json);

}  // namespace engine::machine
