// SPDX-License-Identifier: EUPL-1.2
#include "engine/calendar/legal_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/base/ensure.h"
#include "engine/calendar/quote_input.h"

namespace engine::calendar {
namespace {

using base::ErrorCode;

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// True for four digits, dash, two digits, dash, two digits: nothing looser, so that one date has
/// one spelling.
bool has_date_shape(std::string_view text) {
    constexpr std::string_view kShape = "dddd-dd-dd";
    return std::equal(text.begin(), text.end(), kShape.begin(), kShape.end(),
                      [](char letter, char expected) {
                          return expected == 'd' ? is_digit(letter) : letter == expected;
                      });
}

unsigned read_digits(std::string_view digits) {
    unsigned value = 0;
    for (const char digit : digits) {
        value = value * 10U + static_cast<unsigned>(digit - '0');
    }
    return value;
}

}  // namespace

LegalDate LegalDate::of(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    base::ensure(date.ok(), "a date written in code exists");
    return LegalDate{std::chrono::sys_days{date}};
}

base::Result<LegalDate> parse_calendar_date(std::string_view text) {
    if (!has_date_shape(text)) {
        return base::fail(
            ErrorCode::malformed,
            fmt::format("{} non è una data: scriverla come AAAA-MM-GG, per esempio 2026-09-04.",
                        quote_input(text)));
    }
    const std::chrono::year_month_day date{
        std::chrono::year{static_cast<int>(read_digits(text.substr(0, 4)))},
        std::chrono::month{read_digits(text.substr(5, 2))},
        std::chrono::day{read_digits(text.substr(8, 2))}};
    if (!date.ok()) {
        return base::fail(
            ErrorCode::malformed,
            fmt::format("Il giorno {} non esiste nel calendario.", quote_input(text)));
    }
    return LegalDate{std::chrono::sys_days{date}};
}

base::Result<LegalDate> parse_legal_date(std::string_view text) {
    auto date = parse_calendar_date(text);
    if (date && !is_in_table(*date)) {
        return base::fail(
            ErrorCode::invalid_input,
            fmt::format("La data {} è fuori dagli anni {}-{} di cui si conoscono le festività: "
                        "controllare l'anno.",
                        quote_input(text), kFirstYear, kLastYear));
    }
    return date;
}

std::string render_legal_date(LegalDate date) {
    const auto parts = date.year_month_day();
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()),
                       static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

std::string render_italian_date(LegalDate date) {
    const auto parts = date.year_month_day();
    return fmt::format("{} {:02}/{:02}/{:04}", italian_weekday(date.weekday()),
                       static_cast<unsigned>(parts.day()), static_cast<unsigned>(parts.month()),
                       static_cast<int>(parts.year()));
}

std::string render_italian_period(LegalDate first, LegalDate last) {
    return first == last
               ? render_italian_date(first)
               : fmt::format("da {} a {}", render_italian_date(first), render_italian_date(last));
}

std::string_view italian_weekday(std::chrono::weekday weekday) {
    constexpr std::array<std::string_view, 7> kNames{"domenica", "lunedì",  "martedì", "mercoledì",
                                                     "giovedì",  "venerdì", "sabato"};
    base::ensure(weekday.ok(), "a weekday comes from a date");
    return kNames.at(weekday.c_encoding());
}

}  // namespace engine::calendar
