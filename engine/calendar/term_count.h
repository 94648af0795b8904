// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "engine/base/result.h"
#include "engine/calendar/legal_date.h"
#include "engine/calendar/term.h"

namespace engine::calendar {

/// The counting half of compute_term: how far a term runs before its last day is judged.
struct TermCount {
    /// Days that count between the first day, excluded, and the last one, included.
    int days = 0;
    /// The raw last day.
    LegalDate date;
    std::vector<TermStep> steps;
};

/// Counts a term whose rule compute_term has already checked: duration, clear days, suspensions.
/// Errors: invalid_input when it leaves the years of the table. Legal: rules.md §6.1 nn. 1, 2, 7.
base::Result<TermCount> count_term(const TermRule& rule);

/// The next day in the direction of the term: one later or one earlier.
inline LegalDate next_day(LegalDate date, TermDirection direction) {
    return date.plus_days(direction == TermDirection::forward ? 1 : -1);
}

/// The refusal of a date whose holidays are not known.
base::Error outside_table_error();

}  // namespace engine::calendar
