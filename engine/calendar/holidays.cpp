// SPDX-License-Identifier: EUPL-1.2
#include "engine/calendar/holidays.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/calendar/quote_input.h"

namespace engine::calendar {
namespace {

using std::chrono::April;
using std::chrono::August;
using std::chrono::December;
using std::chrono::January;
using std::chrono::June;
using std::chrono::May;
using std::chrono::month_day;
using std::chrono::November;
using std::chrono::October;

/// A national feast on a fixed day, from the first year in which it is one.
struct NationalFeast {
    month_day day;
    int first_year;
    std::string_view name_it;
    std::string_view legal_basis;
    /// Since when anybody could know it (Gazzetta Ufficiale): only of laws younger than the first
    /// procedures kept here.
    std::optional<std::chrono::sys_days> published_on = {};
};

/// Feasts older than the table itself have its first year.
constexpr int kAlways = kFirstYear;

// Not copied from the text of art. 2 L. 260/1949, which still lists feasts abolished by L. 54/1977
// (San Giuseppe, Ascensione, Corpus Domini, Santi Pietro e Paolo, 4 novembre).
constexpr std::array<NationalFeast, 11> kNationalFeasts{{
    {January / 1, kAlways, "Capodanno", "L. 260/1949 art. 2"},
    {January / 6, 1986, "Epifania", "DPR 792/1985 art. 1"},
    {April / 25, kAlways, "Festa della Liberazione", "L. 260/1949 art. 2"},
    {May / 1, kAlways, "Festa del lavoro", "L. 260/1949 art. 2"},
    {June / 2, 2001, "Festa della Repubblica", "L. 336/2000 art. 1"},
    {August / 15, kAlways, "Assunzione", "L. 260/1949 art. 2"},
    // G.U. n. 236 of 10/10/2025, in force from 01/01/2026.
    {October / 4, 2026, "San Francesco, patrono d'Italia", "L. 151/2025",
     std::chrono::sys_days{std::chrono::year{2025} / October / 10}},
    {November / 1, kAlways, "Ognissanti", "L. 260/1949 art. 2"},
    {December / 8, kAlways, "Immacolata Concezione", "L. 260/1949 art. 2"},
    {December / 25, kAlways, "Natale", "L. 260/1949 art. 2"},
    {December / 26, kAlways, "Santo Stefano", "L. 260/1949 art. 2"},
}};

month_day month_day_of(LegalDate date) {
    const auto parts = date.year_month_day();
    return month_day{parts.month(), parts.day()};
}

bool is_known(const NationalFeast& feast, std::optional<LegalDate> known_on) {
    return !feast.published_on || !known_on || *feast.published_on <= known_on->day();
}

std::optional<Holiday> find_national_feast(LegalDate date, std::optional<LegalDate> known_on) {
    const auto* feast = std::find_if(
        kNationalFeasts.begin(), kNationalFeasts.end(), [&](const NationalFeast& candidate) {
            return candidate.day == month_day_of(date) && date.year() >= candidate.first_year &&
                   is_known(candidate, known_on);
        });
    if (feast != kNationalFeasts.end()) {
        return Holiday{std::string(feast->name_it), std::string(feast->legal_basis)};
    }
    if (date.weekday() == std::chrono::Monday && date == easter_sunday(date.year()).plus_days(1)) {
        return Holiday{"lunedì dell'Angelo", "L. 260/1949 art. 2"};
    }
    return std::nullopt;
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

unsigned read_two_digits(std::string_view digits) {
    return static_cast<unsigned>(digits[0] - '0') * 10U + static_cast<unsigned>(digits[1] - '0');
}

}  // namespace

base::Result<PatronDay> parse_patron_day(std::string_view text) {
    const bool has_shape = text.size() == 5 && text[2] == '-' && is_digit(text[0]) &&
                           is_digit(text[1]) && is_digit(text[3]) && is_digit(text[4]);
    if (has_shape) {
        const month_day day{std::chrono::month{read_two_digits(text.substr(0, 2))},
                            std::chrono::day{read_two_digits(text.substr(3, 2))}};
        if (day.ok()) {
            return PatronDay{day};
        }
    }
    return base::fail(
        base::ErrorCode::malformed,
        fmt::format("{} non è il giorno di un patrono: scriverlo come MM-GG, per esempio 12-07.",
                    quote_input(text)));
}

// The anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8), with his letters.
LegalDate easter_sunday(int year) {
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int d = b / 4;
    const int e = b % 4;
    const int f = (b + 8) / 25;
    const int g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4;
    const int k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return LegalDate::of(year, static_cast<unsigned>(n / 31), static_cast<unsigned>(n % 31 + 1));
}

std::optional<Holiday> find_holiday(LegalDate date, std::span<const PatronDay> patrons) {
    return find_holiday_known_on(date, patrons, std::nullopt);
}

std::optional<Holiday> find_holiday_known_on(LegalDate date, std::span<const PatronDay> patrons,
                                             std::optional<LegalDate> known_on) {
    // A feast names the day better than "Sunday" does.
    if (auto feast = find_national_feast(date, known_on)) {
        return feast;
    }
    if (date.weekday() == std::chrono::Sunday) {
        return Holiday{std::string(italian_weekday(date.weekday())), "L. 260/1949 art. 2"};
    }
    const bool is_patron =
        std::any_of(patrons.begin(), patrons.end(),
                    [date](const PatronDay& patron) { return patron.day == month_day_of(date); });
    if (is_patron) {
        return Holiday{"festa del patrono",
                       "clausola dell'atto sul patrono (di regola non conta: Cass. 17079/2007)"};
    }
    return std::nullopt;
}

}  // namespace engine::calendar
