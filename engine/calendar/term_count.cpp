// SPDX-License-Identifier: EUPL-1.2
#include "engine/calendar/term_count.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <span>
#include <utility>

namespace engine::calendar {
namespace {

using base::fail;
using base::Result;
using Norms = std::vector<std::string>;

bool counts(LegalDate date, const TermRule& rule, std::span<const Suspension> suspensions) {
    if (find_suspension(date, suspensions)) {
        return false;
    }
    if (rule.day_count == DayCount::calendar) {
        return true;
    }
    return date.weekday() != std::chrono::Saturday &&
           !find_holiday_known_on(date, rule.roll.patrons, rule.roll.known_on);
}

/// The day reached by counting `days` days that count, the first one excluded. A suspension that
/// swallows the start needs nothing more: the first day after it is the first that counts.
Result<LegalDate> walk(const TermRule& rule, int days, std::span<const Suspension> suspensions) {
    LegalDate date = rule.from;
    for (int counted = 0; counted < days;) {
        date = next_day(date, rule.direction);
        if (!is_in_table(date)) {
            return fail(outside_table_error());
        }
        counted += counts(date, rule, suspensions) ? 1 : 0;
    }
    return date;
}

/// The same day of another month, or the last one of a month that lacks it.
struct MonthsLater {
    LegalDate date;
    bool is_clipped = false;
};

Result<MonthsLater> add_months(const TermRule& rule) {
    constexpr int kMonthsOfYear = 12;
    const auto from = rule.from.year_month_day();
    const int months = rule.count * (rule.unit == TermUnit::years ? kMonthsOfYear : 1);
    const int month_index = rule.from.year() * kMonthsOfYear +
                            static_cast<int>(static_cast<unsigned>(from.month())) - 1 +
                            (rule.direction == TermDirection::forward ? months : -months);
    const int year = month_index / kMonthsOfYear;
    if (month_index < 0 || year < kFirstYear || year > kLastYear) {
        return fail(outside_table_error());
    }
    const std::chrono::month month{static_cast<unsigned>(month_index % kMonthsOfYear) + 1U};
    const std::chrono::year_month_day same_day{std::chrono::year{year}, month, from.day()};
    if (same_day.ok()) {
        return MonthsLater{LegalDate{std::chrono::sys_days{same_day}}, false};
    }
    const std::chrono::sys_days last_day{std::chrono::year{year} / month / std::chrono::last};
    return MonthsLater{LegalDate{last_day}, true};
}

std::string describe_count(const TermRule& rule) {
    const bool is_one = rule.count == 1;
    const bool is_working = rule.day_count == DayCount::working;
    switch (rule.unit) {
        case TermUnit::days:
            return fmt::format("{} {}{}", rule.count, is_one ? "giorno" : "giorni",
                               !is_working ? ""
                               : is_one    ? " lavorativo"
                                           : " lavorativi");
        case TermUnit::months: return fmt::format("{} {}", rule.count, is_one ? "mese" : "mesi");
        case TermUnit::years: return fmt::format("{} {}", rule.count, is_one ? "anno" : "anni");
    }
    return {};
}

TermStep explain_count(const TermRule& rule, LegalDate date) {
    const bool is_in_days = rule.unit == TermUnit::days;
    const bool is_forward = rule.direction == TermDirection::forward;
    Norms norms = is_in_days ? Norms{"c.p.c. art. 155 c. 1", "c.c. art. 2963 c. 2"}
                             : Norms{"c.p.c. art. 155 c. 2", "c.c. art. 2963 c. 4"};
    std::string manner = is_in_days ? "" : ", secondo il calendario comune";
    if (rule.day_count == DayCount::working) {
        manner = ", contando i giorni dal lunedì al venerdì che non sono festivi";
        norms.emplace_back("clausola dell'atto sui giorni lavorativi");
    }
    return {"count", date,
            fmt::format("{} {} da {}, che non si conta{}: si arriva a {}", describe_count(rule),
                        is_forward ? "a partire" : "a ritroso", render_italian_date(rule.from),
                        manner, render_italian_date(date)),
            std::move(norms)};
}

Result<TermCount> count_days(const TermRule& rule) {
    const auto date = walk(rule, rule.count, {});
    if (!date) {
        return fail(date.error());
    }
    return TermCount{rule.count, *date, {explain_count(rule, *date)}};
}

Result<TermCount> count_months(const TermRule& rule) {
    const auto reached = add_months(rule);
    if (!reached) {
        return fail(reached.error());
    }
    const auto days = std::abs((reached->date.day() - rule.from.day()).count());
    TermCount count{static_cast<int>(days), reached->date, {explain_count(rule, reached->date)}};
    if (reached->is_clipped) {
        count.steps.push_back(
            {"last_day_of_month",
             reached->date,
             fmt::format("il mese di scadenza non ha il giorno {}: il termine cade nel suo ultimo "
                         "giorno, {}",
                         static_cast<unsigned>(rule.from.year_month_day().day()),
                         render_italian_date(reached->date)),
             {"c.c. art. 2963 c. 5"}});
    }
    return count;
}

/// "Giorni liberi": one more day that counts, so that the last one is excluded too.
Result<TermCount> clear_last_day(const TermRule& rule, TermCount count) {
    ++count.days;
    TermRule beyond = rule;
    beyond.from = count.date;
    const auto date = walk(beyond, 1, {});
    if (!date) {
        return fail(date.error());
    }
    count.date = *date;
    count.steps.push_back({"count",
                           *date,
                           fmt::format("i giorni sono liberi: non si conta neppure l'ultimo e si "
                                       "arriva a {}",
                                       render_italian_date(*date)),
                           {"clausola dell'atto sui giorni liberi"}});
    return count;
}

std::vector<Suspension> in_walking_order(const TermRule& rule) {
    std::vector<Suspension> ordered = rule.suspensions;
    std::stable_sort(ordered.begin(), ordered.end(),
                     [&rule](const Suspension& one, const Suspension& other) {
                         return rule.direction == TermDirection::forward ? one.first < other.first
                                                                         : other.last < one.last;
                     });
    return ordered;
}

/// Moves the end on, one suspension after the other, each with its own step. Counting again the
/// days of the term (those between its ends, when it is in months) is the same as moving the end
/// by the suspended days until it swallows no more.
Result<TermCount> suspend_days(const TermRule& rule, TermCount count) {
    const std::vector<Suspension> ordered = in_walking_order(rule);
    for (std::size_t applied = 1; applied <= ordered.size(); ++applied) {
        const auto date = walk(rule, count.days, std::span(ordered).first(applied));
        if (!date) {
            return fail(date.error());
        }
        if (*date == count.date) {
            continue;
        }
        const Suspension& suspension = ordered[applied - 1];
        count.date = *date;
        count.steps.push_back(
            {"suspend",
             *date,
             fmt::format("il tempo della sospensione ({}; {}) non si conta: il termine passa a {}",
                         render_italian_period(suspension.first, suspension.last),
                         describe_suspension_ground(suspension.ground), render_italian_date(*date)),
             {suspension_legal_basis(suspension)}});
    }
    return count;
}

}  // namespace

base::Error outside_table_error() {
    return {base::ErrorCode::invalid_input,
            fmt::format("Il termine esce dagli anni {}-{} di cui si conoscono le festività: "
                        "controllare la data, la durata e le sospensioni.",
                        kFirstYear, kLastYear),
            {}};
}

Result<TermCount> count_term(const TermRule& rule) {
    auto count = rule.unit == TermUnit::days ? count_days(rule) : count_months(rule);
    if (count && rule.both_ends_clear) {
        count = clear_last_day(rule, *std::move(count));
    }
    return count ? suspend_days(rule, *std::move(count)) : std::move(count);
}

}  // namespace engine::calendar
