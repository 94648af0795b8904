// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/calendar/legal_date.h"

namespace engine::calendar {

/// Wall-clock time of day, in milliseconds from midnight, 0 … 86 400 000 (24:00 = the midnight
/// that ends the day).
struct TimeOfDay {
    std::int64_t ms = 0;

    auto operator<=>(const TimeOfDay&) const = default;
};

/// A date with, maybe, an hour: `2025-05-16`, `2025-05-16T12:00`, `…T12:00:30`, `…T12:00:30.250`,
/// and the same with an offset (`+02:00`, `Z`).
struct LocalMoment {
    LegalDate date;
    std::optional<TimeOfDay> time;
    /// Minutes east of UTC when the text stated an offset.
    std::optional<int> offset_minutes;

    bool operator==(const LocalMoment&) const = default;
};

/// First and last year of an instant: nothing of ours happens outside, a mistyped year does. The
/// last is one more than that of terms, whose bound may be the midnight that opens it.
inline constexpr int kFirstInstantYear = 1970;
inline constexpr int kLastInstantYear = kLastYear + 1;

/// Errors: malformed; invalid_input outside kFirstInstantYear..kLastInstantYear.
base::Result<LocalMoment> parse_local_moment(std::string_view text);

/// Reads `HH:MM` or `HH:MM:SS`, 24:00 included. Errors: malformed.
base::Result<TimeOfDay> parse_time_of_day(std::string_view text);

/// The instant of a moment in Europe/Rome (without hour: the midnight that opens the day).
/// Errors: invalid_input when the hour does not exist (29/03/2026 02:30) or exists twice
/// (25/10/2026 02:30) and no offset tells which. Legal: rules.md §6.3.
base::Result<base::Instant> to_instant(const LocalMoment& moment);

/// The midnight that opens the day in Europe/Rome.
base::Instant start_of_day(LegalDate date);

/// The exclusive bound of a term that ends on `date`. Without hour the whole day counts: the next
/// local midnight. "Entro le ore 12:00" includes 12:00:00: 12:00:01. 24:00 is the next midnight.
/// Errors: invalid_input, as to_instant. Legal: rules.md §6.1 n. 9.
base::Result<base::Instant> exclusive_bound(LegalDate date, std::optional<TimeOfDay> time);

/// The day of an instant in Europe/Rome.
LegalDate legal_date_of(base::Instant instant);

/// `2025-06-30T23:59:59.999+02:00`: the instant on Rome's wall clock.
std::string render_instant(base::Instant instant);

/// `2025-06-30T21:59:59.999Z`: always of one width, so that the order of the texts is that of time.
std::string render_utc_instant(base::Instant instant);

/// `30/06/2025 alle 23:59:59`, as people read it.
std::string render_italian_instant(base::Instant instant);

/// Reads what render_instant writes, or a local moment of Europe/Rome without offset.
/// Errors: as parse_local_moment and to_instant.
base::Result<base::Instant> parse_instant(std::string_view text);

/// The moment that somebody who looks back means: an instant as parse_instant reads it; a day means
/// its last millisecond, how things stood when it closed, and today means now.
/// Errors: as parse_instant.
base::Result<base::Instant> parse_past_moment(std::string_view text, base::Instant now);

}  // namespace engine::calendar
