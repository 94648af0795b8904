// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/calendar/holidays.h"
#include "engine/calendar/legal_date.h"
#include "engine/calendar/local_time.h"
#include "engine/calendar/suspension.h"

namespace engine::calendar {

enum class TermUnit { days, months, years };
enum class TermDirection { forward, backward };
/// calendar: every day counts. working: Monday to Friday less holidays (rules.md §6.1 n. 10).
enum class DayCount { calendar, working };

/// What happens when the last day is no working day. The notice states it.
struct RollPolicy {
    bool holiday_rolls = true;
    /// Default no: Cass. 5114/2009; some ministries do it, so a notice may.
    bool saturday_rolls = false;
    /// Default none: Cass. 17079/2007.
    std::vector<PatronDay> patrons = {};
    /// The day of the act that fixes the term: a feast of a later law does not move it, and only
    /// another act can (rules.md §6.1 n. 12). Absent: every law of the table.
    std::optional<LegalDate> known_on = {};

    bool operator==(const RollPolicy&) const = default;
};

/// Longest term accepted, in its unit: longer ones are typing mistakes, and the loop has a bound.
inline constexpr int kMaxTermCount = 36500;

/// A term to compute. The day it starts from is excluded, the last one included
/// (art. 155 c.p.c., 2963 c.c.); `both_ends_clear` excludes both ("giorni liberi").
struct TermRule {
    LegalDate from;
    int count = 0;
    TermUnit unit = TermUnit::days;
    TermDirection direction = TermDirection::forward;
    DayCount day_count = DayCount::calendar;
    bool both_ends_clear = false;
    RollPolicy roll = {};
    /// Days that do not count, in any order.
    std::vector<Suspension> suspensions = {};
    /// "Entro le ore …" of the last day; absent: the whole day.
    std::optional<TimeOfDay> time = {};

    bool operator==(const TermRule&) const = default;
};

/// One line of the explanation: what was done, the date it led to, why, on which norm.
struct TermStep {
    /// `count` · `suspend` · `last_day_of_month` · `roll` · `keep` · `fixed` · `extend` · `bound`
    std::string code;
    LegalDate date;
    std::string reason_it;
    std::vector<std::string> legal_basis;

    bool operator==(const TermStep&) const = default;
};

/// A computed term: frozen, explained, never recomputed silently (rules.md §6.1 n. 12).
struct Term {
    /// The last day before any roll.
    LegalDate raw_date;
    /// The last useful day.
    LegalDate due_date;
    /// The exclusive instant after the last useful moment, in Europe/Rome.
    base::Instant bound;
    std::vector<TermStep> steps;
    std::string calendar_version;

    bool operator==(const Term&) const = default;
};

/// Computes a term. Pure. Errors: invalid_input (count out of 1..kMaxTermCount, a date outside the
/// table's years, months or years counted as working days, a Saturday that rolls where holidays do
/// not, suspensions that never end the term).
/// Legal: rules.md §6.1.
base::Result<Term> compute_term(const TermRule& rule);

/// A term fixed by an act ("entro il 30/06/2025"): rolled by the policy unless the act says no
/// (rules.md §6.1 n. 8). Errors: invalid_input.
base::Result<Term> fix_term(LegalDate date, std::optional<TimeOfDay> time, const RollPolicy& roll);

/// Moves the end of a running term to a later one. Only before expiry: afterwards the act is a
/// reopening, with a new publication (rules.md §6.1 n. 11).
/// Units: `decided_at` is the instant of the act of extension.
/// Errors: guard_failed when the term is over; invalid_input when `extended` does not end later.
base::Result<Term> extend_term(const Term& term, const Term& extended, base::Instant decided_at);

/// The explanation as JSON: `{"risultato","data_grezza","limite","calendario",
/// "passi":[{"codice","data","motivo","fonti":[…]}]}`; dates `YYYY-MM-DD`, limit an instant.
std::string render_term_json(const Term& term);

/// The same object, indented for people.
std::string render_readable_term_json(const Term& term);

/// The inverse of render_term_json. Errors: malformed.
base::Result<Term> parse_term_json(std::string_view json);

}  // namespace engine::calendar
