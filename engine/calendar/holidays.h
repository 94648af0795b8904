// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/calendar/legal_date.h"

namespace engine::calendar {

/// Changes whenever the table of holidays changes; stored with every computed term, so that a past
/// term shows the calendar it was computed with and is never recomputed silently.
inline constexpr std::string_view kCalendarVersion = "it-2026.1";

/// A day on which no term ends, and the norm that says so.
struct Holiday {
    std::string name_it;
    std::string legal_basis;

    bool operator==(const Holiday&) const = default;
};

/// The feast of the patron saint of one place, for the notices that count it.
struct PatronDay {
    std::chrono::month_day day;

    bool operator==(const PatronDay&) const = default;
};

/// Reads `MM-DD`. Errors: malformed.
base::Result<PatronDay> parse_patron_day(std::string_view text);

/// Easter Sunday of a year (Gregorian calendar).
LegalDate easter_sunday(int year);

/// The holiday of that day: a Sunday, a national feast in force on that very day, or one of the
/// patrons given. Legal: rules.md §6.2 (L. 260/1949 as changed; L. 151/2025 for 4 October).
std::optional<Holiday> find_holiday(LegalDate date, std::span<const PatronDay> patrons);

/// The same by the laws published up to `known_on`, that day included: a term fixed in September
/// 2025 does not know the feast that a law of October brings in two years. Absent: every law.
std::optional<Holiday> find_holiday_known_on(LegalDate date, std::span<const PatronDay> patrons,
                                             std::optional<LegalDate> known_on);

}  // namespace engine::calendar
