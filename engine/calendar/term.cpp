// SPDX-License-Identifier: EUPL-1.2
#include "engine/calendar/term.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

#include "engine/calendar/term_count.h"

namespace engine::calendar {
namespace {

using base::Error;
using base::ErrorCode;
using base::fail;
using base::Result;
using Norms = std::vector<std::string>;

/// A notice names the patron of its own place, or of the few of a network.
constexpr std::size_t kMaxPatrons = 16;
constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

tl::unexpected<Error> refuse(std::string message_it) {
    return fail(ErrorCode::invalid_input, std::move(message_it));
}

// ---- checks ------------------------------------------------------------------------------------

std::optional<std::string> find_roll_problem(const RollPolicy& roll) {
    if (!roll.holiday_rolls && roll.saturday_rolls) {
        return "Il sabato non può spostare il termine se i festivi non lo spostano.";
    }
    if (roll.patrons.size() > kMaxPatrons) {
        return fmt::format("Non si possono indicare più di {} patroni.", kMaxPatrons);
    }
    return std::nullopt;
}

std::optional<std::string> find_rule_problem(const TermRule& rule) {
    if (rule.count < 1 || rule.count > kMaxTermCount) {
        return fmt::format("La durata del termine va da 1 a {}: indicata {}.", kMaxTermCount,
                           rule.count);
    }
    if (rule.unit != TermUnit::days && rule.day_count == DayCount::working) {
        return "Solo i termini a giorni si contano in giorni lavorativi, non quelli a mesi o ad "
               "anni.";
    }
    if (rule.suspensions.size() > kMaxSuspensions) {
        return fmt::format("Un termine non può avere più di {} sospensioni.", kMaxSuspensions);
    }
    const bool is_any_reversed =
        std::any_of(rule.suspensions.begin(), rule.suspensions.end(),
                    [](const Suspension& days) { return days.last < days.first; });
    if (is_any_reversed) {
        return "Una sospensione finisce prima di cominciare: controllare le due date.";
    }
    return find_roll_problem(rule.roll);
}

// ---- ending ------------------------------------------------------------------------------------

/// What decides where a term may end.
struct Ending {
    TermDirection direction = TermDirection::forward;
    const RollPolicy& roll;
    std::span<const Suspension> suspensions;
};

/// Why a term cannot end on a run of days, and the last day of the run.
struct Obstacle {
    LegalDate last;
    std::string reason_it;
    std::string legal_basis;
};

std::string describe_holiday(LegalDate date, const Holiday& holiday) {
    const std::string day = render_italian_date(date);
    // "domenica 11/10/2026 è festivo (domenica)" would say it twice.
    return day.starts_with(holiday.name_it)
               ? fmt::format("{} è festivo", day)
               : fmt::format("{} è festivo ({})", day, holiday.name_it);
}

std::optional<Obstacle> find_obstacle(LegalDate date, const Ending& ending) {
    if (const auto suspension = find_suspension(date, ending.suspensions)) {
        const LegalDate last =
            ending.direction == TermDirection::forward ? suspension->last : suspension->first;
        return Obstacle{
            last,
            fmt::format("{} il termine è sospeso",
                        render_italian_period(std::min(date, last), std::max(date, last))),
            suspension_legal_basis(*suspension)};
    }
    if (const auto holiday =
            find_holiday_known_on(date, ending.roll.patrons, ending.roll.known_on)) {
        return Obstacle{date, describe_holiday(date, *holiday), holiday->legal_basis};
    }
    if (ending.roll.saturday_rolls && date.weekday() == std::chrono::Saturday) {
        return Obstacle{date,
                        fmt::format("{} non è giorno utile per l'atto", render_italian_date(date)),
                        "clausola dell'atto sul sabato"};
    }
    return std::nullopt;
}

/// Why a day that could have been rolled stays the last one.
TermStep explain_keep(LegalDate date, const RollPolicy& roll) {
    const auto holiday = find_holiday_known_on(date, roll.patrons, roll.known_on);
    if (holiday) {
        return {"keep",
                date,
                fmt::format("{}, ma l'atto esclude lo spostamento: il termine resta in quel giorno",
                            describe_holiday(date, *holiday)),
                {"clausola dell'atto sui giorni festivi"}};
    }
    const bool is_saturday = date.weekday() == std::chrono::Saturday;
    return {"keep",
            date,
            fmt::format("{} {}: il termine resta in quel giorno", render_italian_date(date),
                        is_saturday ? "non è festivo ai fini dei termini" : "non è festivo"),
            {is_saturday ? "Cass. 5114/2009" : "c.p.c. art. 155 c. 4"}};
}

TermStep explain_roll(LegalDate date, const std::vector<Obstacle>& obstacles,
                      TermDirection direction) {
    const bool is_forward = direction == TermDirection::forward;
    std::vector<std::string> reasons;
    Norms norms = is_forward ? Norms{"c.p.c. art. 155 c. 4", "c.c. art. 2963 c. 3"}
                             : Norms{"c.p.c. art. 155 c. 4", "TAR Campania 6425/2018"};
    for (const auto& obstacle : obstacles) {
        reasons.push_back(obstacle.reason_it);
        if (std::find(norms.begin(), norms.end(), obstacle.legal_basis) == norms.end()) {
            norms.push_back(obstacle.legal_basis);
        }
    }
    return {"roll", date,
            fmt::format("{}: il termine {} a {}", fmt::join(reasons, "; "),
                        is_forward ? "passa" : "è anticipato", render_italian_date(date)),
            std::move(norms)};
}

/// The first day from `raw` on which the term may end, and the steps that explain it.
Result<LegalDate> roll_end(LegalDate raw, const Ending& ending, std::vector<TermStep>& steps) {
    LegalDate date = raw;
    std::vector<Obstacle> obstacles;
    for (auto obstacle = find_obstacle(date, ending); obstacle && ending.roll.holiday_rolls;
         obstacle = find_obstacle(date, ending)) {
        date = next_day(obstacle->last, ending.direction);
        obstacles.push_back(*std::move(obstacle));
        if (!is_in_table(date)) {
            return fail(outside_table_error());
        }
    }
    if (!obstacles.empty()) {
        steps.push_back(explain_roll(date, obstacles, ending.direction));
    }
    if (obstacles.empty() || date.weekday() == std::chrono::Saturday) {
        steps.push_back(explain_keep(date, ending.roll));
    }
    return date;
}

TermStep explain_bound(LegalDate date, std::optional<TimeOfDay> time) {
    if (!time || time->ms == kDayMs) {
        return {"bound",
                date,
                fmt::format("l'ultimo giorno, {}, vale per intero, fino alle ore 24:00 di Roma",
                            render_italian_date(date)),
                {"c.c. art. 2963 c. 2"}};
    }
    const std::chrono::hh_mm_ss clock{std::chrono::seconds{time->ms / 1000}};
    return {"bound",
            date,
            fmt::format("l'ultimo momento utile sono le ore {:02}:{:02}:{:02} di Roma, comprese, "
                        "di {}",
                        clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                        render_italian_date(date)),
            {"clausola dell'atto sull'ora"}};
}

Result<Term> end_term(LegalDate raw, const Ending& ending, std::optional<TimeOfDay> time,
                      std::vector<TermStep> steps) {
    const auto due = roll_end(raw, ending, steps);
    if (!due) {
        return fail(due.error());
    }
    const auto bound = exclusive_bound(*due, time);
    if (!bound) {
        return fail(bound.error());
    }
    steps.push_back(explain_bound(*due, time));
    return Term{raw, *due, *bound, std::move(steps), std::string(kCalendarVersion)};
}

}  // namespace

Result<Term> compute_term(const TermRule& rule) {
    if (auto problem = find_rule_problem(rule)) {
        return refuse(*std::move(problem));
    }
    if (!is_in_table(rule.from)) {
        return fail(outside_table_error());
    }
    auto count = count_term(rule);
    if (!count) {
        return fail(count.error());
    }
    return end_term(count->date, Ending{rule.direction, rule.roll, rule.suspensions}, rule.time,
                    std::move(count->steps));
}

Result<Term> fix_term(LegalDate date, std::optional<TimeOfDay> time, const RollPolicy& roll) {
    if (auto problem = find_roll_problem(roll)) {
        return refuse(*std::move(problem));
    }
    if (!is_in_table(date)) {
        return fail(outside_table_error());
    }
    TermStep fixed{"fixed",
                   date,
                   fmt::format("l'atto fissa il termine a {}", render_italian_date(date)),
                   {"atto che fissa il termine"}};
    return end_term(date, Ending{TermDirection::forward, roll, {}}, time, {std::move(fixed)});
}

Result<Term> extend_term(const Term& term, const Term& extended, base::Instant decided_at) {
    if (decided_at >= term.bound) {
        return fail(ErrorCode::guard_failed,
                    fmt::format("Il termine è già scaduto ({}): non si può prorogare. Serve una "
                                "riapertura, con una nuova pubblicazione.",
                                render_italian_date(term.due_date)));
    }
    if (extended.bound <= term.bound) {
        return refuse(fmt::format("La proroga deve finire dopo il termine in corso ({}).",
                                  render_italian_date(term.due_date)));
    }
    Term result = extended;
    result.steps = term.steps;
    result.steps.push_back(
        {"extend",
         extended.due_date,
         fmt::format("proroga decisa il {}, prima della scadenza: il termine passa da {} a {}",
                     render_italian_instant(decided_at), render_italian_date(term.due_date),
                     render_italian_date(extended.due_date)),
         {"atto di proroga"}});
    result.steps.insert(result.steps.end(), extended.steps.begin(), extended.steps.end());
    return result;
}

}  // namespace engine::calendar
