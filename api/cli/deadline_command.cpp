// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "api/cli/command_line.h"
#include "engine/calendar/quote_input.h"
#include "engine/calendar/term.h"

namespace api::cli {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::calendar::DayCount;
using engine::calendar::LegalDate;
using engine::calendar::RollPolicy;
using engine::calendar::Suspension;
using engine::calendar::Term;
using engine::calendar::TermDirection;
using engine::calendar::TermRule;
using engine::calendar::TermUnit;

/// The words of the command line, as typed. Lists, so that a repeated option is refused by us, in
/// Italian, and not by the parser.
struct DeadlineArguments {
    std::vector<std::string> from;
    std::vector<std::string> days;
    std::vector<std::string> months;
    std::vector<std::string> years;
    std::vector<std::string> patrons;
    std::vector<std::string> suspensions;
    bool is_backward = false;
    bool is_clear = false;
    bool counts_working_days = false;
    bool saturday_rolls = false;
    bool never_rolls = false;
    bool prints_json = false;
};

Result<LegalDate> read_start(const DeadlineArguments& arguments) {
    if (arguments.from.size() != 1) {
        return fail(ErrorCode::invalid_input,
                    "Indicare una volta la data da cui parte il termine: --from AAAA-MM-GG.");
    }
    return engine::calendar::parse_legal_date(arguments.from.front());
}

/// Digits only: no sign, no space, nothing after. Too large a number is left to the engine's limit
/// when it fits an int, refused here when it does not.
Result<int> parse_count(std::string_view text) {
    int count = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, count);
    const bool is_number = error == std::errc{} && rest == end && !text.empty();
    if (!is_number || count < 1 || count > engine::calendar::kMaxTermCount) {
        return fail(
            ErrorCode::invalid_input,
            fmt::format("{} non è una durata: serve un numero intero da 1 a {}.",
                        engine::calendar::quote_input(text), engine::calendar::kMaxTermCount));
    }
    return count;
}

struct Duration {
    TermUnit unit = TermUnit::days;
    int count = 0;
};

Result<Duration> read_duration(const DeadlineArguments& arguments) {
    if (arguments.days.size() + arguments.months.size() + arguments.years.size() != 1) {
        return fail(ErrorCode::invalid_input,
                    "Indicare la durata con una sola fra --days, --months e --years.");
    }
    const TermUnit unit = !arguments.days.empty()     ? TermUnit::days
                          : !arguments.months.empty() ? TermUnit::months
                                                      : TermUnit::years;
    const auto& words = unit == TermUnit::days     ? arguments.days
                        : unit == TermUnit::months ? arguments.months
                                                   : arguments.years;
    const auto count = parse_count(words.front());
    if (!count) {
        return fail(count.error());
    }
    return Duration{unit, *count};
}

Result<RollPolicy> read_roll_policy(const DeadlineArguments& arguments) {
    if (arguments.never_rolls && (arguments.saturday_rolls || !arguments.patrons.empty())) {
        return fail(ErrorCode::invalid_input,
                    "--no-roll esclude ogni spostamento: non sta con --saturday-rolls né con "
                    "--patron.");
    }
    RollPolicy policy{!arguments.never_rolls, arguments.saturday_rolls, {}};
    for (const auto& word : arguments.patrons) {
        const auto patron = engine::calendar::parse_patron_day(word);
        if (!patron) {
            return fail(patron.error());
        }
        policy.patrons.push_back(*patron);
    }
    return policy;
}

Result<std::vector<Suspension>> read_suspensions(const DeadlineArguments& arguments) {
    std::vector<Suspension> suspensions;
    for (const auto& word : arguments.suspensions) {
        const auto suspension = engine::calendar::parse_suspension(word);
        if (!suspension) {
            return fail(suspension.error());
        }
        auto extended = engine::calendar::add_suspension(suspensions, *suspension);
        if (!extended) {
            return fail(extended.error());
        }
        suspensions = *std::move(extended);
    }
    return suspensions;
}

Result<Term> compute(const DeadlineArguments& arguments) {
    const auto from = read_start(arguments);
    if (!from) {
        return fail(from.error());
    }
    const auto duration = read_duration(arguments);
    if (!duration) {
        return fail(duration.error());
    }
    auto roll = read_roll_policy(arguments);
    if (!roll) {
        return fail(roll.error());
    }
    auto suspensions = read_suspensions(arguments);
    if (!suspensions) {
        return fail(suspensions.error());
    }
    TermRule rule;
    rule.from = *from;
    rule.count = duration->count;
    rule.unit = duration->unit;
    rule.direction = arguments.is_backward ? TermDirection::backward : TermDirection::forward;
    rule.day_count = arguments.counts_working_days ? DayCount::working : DayCount::calendar;
    rule.both_ends_clear = arguments.is_clear;
    rule.roll = *std::move(roll);
    rule.suspensions = *std::move(suspensions);
    return engine::calendar::compute_term(rule);
}

void run_deadline(const DeadlineArguments& arguments, CommandContext& context) {
    const auto term = compute(arguments);
    if (!term) {
        report_error(context, term.error());
        return;
    }
    context.out << (arguments.prints_json ? engine::calendar::render_readable_term_json(*term)
                                          : engine::calendar::render_legal_date(term->due_date))
                << '\n';
}

constexpr const char* kOptionGroup = "Opzioni";

void add_word(CLI::App& command, const char* name, std::vector<std::string>& words,
              const char* shape, const char* help) {
    // One word for each use of the option: `--days 3 4` is an error, not a list.
    command.add_option(name, words, help)
        ->allow_extra_args(false)
        ->option_text(shape)
        ->group(kOptionGroup);
}

void add_switch(CLI::App& command, const char* name, bool& flag, const char* help) {
    command.add_flag(name, flag, help)->group(kOptionGroup);
}

void add_words(CLI::App& command, DeadlineArguments& arguments) {
    add_word(command, "--from", arguments.from, "AAAA-MM-GG",
             "Giorno da cui parte il termine (non si conta)");
    add_word(command, "--days", arguments.days, "N", "Durata in giorni");
    add_word(command, "--months", arguments.months, "N", "Durata in mesi");
    add_word(command, "--years", arguments.years, "N", "Durata in anni");
    add_word(command, "--patron", arguments.patrons, "MM-GG",
             "Giorno del patrono da trattare come festivo (ripetibile)");
    add_word(command, "--suspend", arguments.suspensions, "AAAA-MM-GG..AAAA-MM-GG",
             "Giorni sospesi, primo e ultimo compresi (ripetibile)");
}

void add_switches(CLI::App& command, DeadlineArguments& arguments) {
    add_switch(command, "--backward", arguments.is_backward, "Conta a ritroso");
    add_switch(command, "--clear", arguments.is_clear,
               "Giorni liberi: non si conta neppure l'ultimo");
    add_switch(command, "--working-days", arguments.counts_working_days,
               "Conta solo i giorni dal lunedì al venerdì non festivi");
    add_switch(command, "--saturday-rolls", arguments.saturday_rolls,
               "Anche il sabato sposta il termine");
    add_switch(command, "--no-roll", arguments.never_rolls,
               "Il termine non si sposta neppure se cade in un festivo");
    add_switch(command, "--json", arguments.prints_json,
               "Stampa ogni passo con il motivo e le fonti");
}

void set_italian_help(CLI::App& command) {
    const auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", "Uso");
    formatter->label("OPTIONS", "OPZIONI");
    command.formatter(formatter);
    command.set_help_flag("-h,--help", "Mostra questo aiuto")->group(kOptionGroup);
}

}  // namespace

void add_deadline_command(CLI::App& app, CommandContext& context) {
    const auto arguments = std::make_shared<DeadlineArguments>();
    CLI::App* const command =
        app.add_subcommand("deadline", "Calcola la scadenza di un termine e la spiega");
    set_italian_help(*command);
    add_words(*command, *arguments);
    add_switches(*command, *arguments);
    command->callback([arguments, &context] { run_deadline(*arguments, context); });
}

}  // namespace api::cli
