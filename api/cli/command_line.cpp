// SPDX-License-Identifier: EUPL-1.2
#include "api/cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <ostream>
#include <sstream>

#include "api/cli/unknown_command.h"

namespace api::cli {
namespace {

using engine::base::ErrorCode;

/// The options and arguments that CLI11's English sentence names: `--data`, `COPIONE`.
std::string named_in(const std::string& sentence) {
    std::istringstream all(sentence);
    std::string names;
    for (std::string word; all >> word;) {
        while (!word.empty() && (word.back() == ':' || word.back() == ',' || word.back() == '.')) {
            word.pop_back();
        }
        const bool is_option = word.size() > 1 && word.front() == '-';
        const bool is_argument =
            word.size() > 1 && std::all_of(word.begin(), word.end(), [](unsigned char letter) {
                return std::isupper(letter) != 0;
            });
        const bool is_type = word == "TEXT" || word == "INT" || word == "ERROR";
        if ((is_option || is_argument) && !is_type) {
            names += (names.empty() ? "" : ", ") + word;
        }
    }
    return names;
}

/// CLI11 explains itself in English; people read Italian.
std::string explain_in_italian(const CLI::ParseError& error) {
    const std::string sentence = error.what();
    const std::string names = named_in(sentence);
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        return names.empty() ? "manca il comando" : "manca " + names;
    }
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
        const std::size_t mark = sentence.find(": ");
        return "non si conosce «" +
               (mark == std::string::npos ? sentence : sentence.substr(mark + 2)) + "»";
    }
    if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr) {
        return "opzioni che non stanno insieme: " + names;
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        return "manca o è di troppo un valore: " + names;
    }
    return "valore non valido: " + names;
}

void add_commands(CLI::App& app, CommandContext& context) {
    add_deadline_command(app, context);
    add_codice_fiscale_command(app, context);
    add_territory_command(app, context);
    add_lint_command(app, context);
    add_sheet_command(app, context);
    add_demo_command(app, context);
    add_scenario_command(app, context);
    add_verify_command(app, context);
    add_show_command(app, context);
    add_erase_command(app, context);
    add_serve_command(app, context);
    add_config_command(app, context);
    add_user_command(app, context);
    add_token_command(app, context);
    add_backup_command(app, context);
    add_restore_command(app, context);
    for (CLI::App* command : app.get_subcommands({})) {
        command->group("Comandi");
    }
}

int report_parse_error(const CLI::App& app, const CLI::ParseError& error, std::ostream& out,
                       std::ostream& err) {
    if (error.get_exit_code() == 0) {
        return app.exit(error, out, err);  // --help
    }
    std::string line = explain_in_italian(error);
    std::replace(line.begin(), line.end(), '\n', ' ');
    err << "coprog: " << line << "; vedi --help\n";
    return kExitBadInput;
}

/// The headings of the help, which the library would write in English.
void name_groups(CLI::App& app) {
    if (app.get_help_ptr() != nullptr) {
        app.get_help_ptr()->group("Opzioni");
    }
    for (CLI::App* const command : app.get_subcommands({})) {
        command->group("Comandi");
        name_groups(*command);
    }
}

}  // namespace

void report_error(CommandContext& context, const engine::base::Error& error) {
    context.err << fmt::format("coprog: {} [{}]\n", error.message_it,
                               engine::base::error_code_name(error.code));
    for (const auto& detail : error.details) {
        context.err << fmt::format("  {} {}\n", detail.pointer.empty() ? "-" : detail.pointer,
                                   detail.message_it);
    }
    switch (error.code) {
        case ErrorCode::storage_full:
        case ErrorCode::storage_corrupt:
        case ErrorCode::busy:
        case ErrorCode::internal: context.exit_code = kExitFailure; return;
        default: context.exit_code = kExitBadInput; return;
    }
}

int run_command_line(const std::vector<std::string>& arguments, std::ostream& out,
                     std::ostream& err) {
    const engine::base::SystemClock clock;
    return run_command_line(arguments, out, err, clock);
}

int run_command_line(const std::vector<std::string>& arguments, std::ostream& out,
                     std::ostream& err, const engine::base::Clock& clock) {
    CommandContext context{out, err, clock};
    CLI::App app{"coprog: procedimenti di co-programmazione (art. 55 CTS)", "coprog"};
    app.get_formatter()->label("Usage", "Uso");
    app.get_formatter()->label("OPTIONS", "OPZIONI");
    app.get_formatter()->label("SUBCOMMAND", "COMANDO");
    app.get_formatter()->label("Positionals", "Argomenti");
    app.get_formatter()->label("REQUIRED", "obbligatorio");
    app.get_formatter()->label("TEXT", "TESTO");
    app.get_formatter()->label("UINT", "NUMERO");
    app.get_formatter()->label("INT", "NUMERO");
    app.get_formatter()->label("Excludes", "Non con");
    app.get_formatter()->label("Needs", "Solo con");
    app.option_defaults()->group("Opzioni");
    app.set_help_flag("-h,--help", "Mostra questo aiuto");
    app.require_subcommand(1);
    add_commands(app, context);
    name_groups(app);
    if (const auto unknown = find_unknown_command(app, arguments)) {
        err << "coprog: " << *unknown << "; vedi --help\n";
        return kExitBadInput;
    }
    try {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        app.parse(std::move(reversed));
    } catch (const CLI::ParseError& error) {
        return report_parse_error(app, error, out, err);
    }
    return context.exit_code;
}

}  // namespace api::cli
