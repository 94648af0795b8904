// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <compare>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace engine::calendar {

/// A day of the Italian civil calendar, without hour or zone. Always a day that exists.
class LegalDate {
  public:
    /// 1970-01-01; a real date comes from parse_legal_date or of().
    LegalDate() = default;
    explicit LegalDate(std::chrono::sys_days day) : day_(day) {}

    /// Errors: BugError when the day does not exist; for dates written in code.
    static LegalDate of(int year, unsigned month, unsigned day);

    std::chrono::sys_days day() const { return day_; }
    std::chrono::year_month_day year_month_day() const { return day_; }
    std::chrono::weekday weekday() const { return std::chrono::weekday{day_}; }
    int year() const { return static_cast<int>(year_month_day().year()); }

    /// The date `count` days later (earlier when negative).
    LegalDate plus_days(int count) const { return LegalDate{day_ + std::chrono::days{count}}; }

    auto operator<=>(const LegalDate&) const = default;

  private:
    std::chrono::sys_days day_{};
};

/// Reads `YYYY-MM-DD`. Errors: malformed (another shape, or a day that does not exist);
/// invalid_input outside kFirstYear..kLastYear, where our table of holidays would be wrong.
base::Result<LegalDate> parse_legal_date(std::string_view text);

/// The same for any year: instants, unlike terms, need no table of holidays. Errors: malformed.
base::Result<LegalDate> parse_calendar_date(std::string_view text);

/// First year whose national holidays the table knows: the Epiphany came back in 1986
/// (DPR 792/1985), so every later year is complete.
inline constexpr int kFirstYear = 1986;
/// Last year accepted: far enough for any term, near enough to refuse a mistyped year.
inline constexpr int kLastYear = 2199;

/// True when our table of holidays knows the year of the date.
inline bool is_in_table(LegalDate date) {
    return date.year() >= kFirstYear && date.year() <= kLastYear;
}

/// `YYYY-MM-DD`.
std::string render_legal_date(LegalDate date);

/// `martedì 22/04/2025`, as people read it.
std::string render_italian_date(LegalDate date);

/// `da sabato 01/08/2026 a sabato 15/08/2026`, in this order; one date alone when they are equal.
std::string render_italian_period(LegalDate first, LegalDate last);

/// `lunedì` … `domenica`.
std::string_view italian_weekday(std::chrono::weekday weekday);

}  // namespace engine::calendar
