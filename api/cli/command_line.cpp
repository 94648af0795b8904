// SPDX-License-Identifier: EUPL-1.2
#include "api/cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>

namespace api::cli {
namespace {

using engine::base::ErrorCode;

/// CLI11 explains itself in English; people read Italian.
std::string explain_in_italian(const CLI::ParseError& error) {
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        return fmt::format("manca qualcosa di obbligatorio ({})", error.what());
    }
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
        return fmt::format("argomento sconosciuto ({})", error.what());
    }
    if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr) {
        return fmt::format("due opzioni che non stanno insieme ({})", error.what());
    }
    return fmt::format("argomento non valido ({})", error.what());
}

void add_commands(CLI::App& app, CommandContext& context) {
    add_deadline_command(app, context);
    add_codice_fiscale_command(app, context);
    add_territory_command(app, context);
    add_lint_command(app, context);
    add_sheet_command(app, context);
    add_scenario_command(app, context);
    add_verify_command(app, context);
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
    CommandContext context{out, err};
    CLI::App app{"coprog: procedimenti di co-programmazione (art. 55 CTS)", "coprog"};
    app.require_subcommand(1);
    add_commands(app, context);
    try {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        app.parse(std::move(reversed));
    } catch (const CLI::ParseError& error) {
        return report_parse_error(app, error, out, err);
    }
    return context.exit_code;
}

}  // namespace api::cli
