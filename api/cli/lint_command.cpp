// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "api/cli/command_line.h"
#include "api/cli/workflow_files.h"
#include "engine/definition/lint.h"
#include "engine/engine.h"

namespace api::cli {
namespace {

using engine::definition::LintFinding;
using engine::definition::LintSeverity;

void print_findings(CommandContext& context, const std::string& name,
                    const std::vector<LintFinding>& findings) {
    for (const LintFinding& finding : findings) {
        const bool is_error = finding.severity == LintSeverity::error;
        context.out << fmt::format("{} {}: {} [{}] {}\n", is_error ? "errore" : "avviso", name,
                                   finding.path, finding.code, finding.message_it);
        if (is_error) {
            context.exit_code = kExitNegative;
        }
    }
}

void run_lint(CommandContext& context, const std::string& folder) {
    auto catalog = load_workflows(folder);
    if (!catalog) {
        report_error(context, catalog.error());
        return;
    }
    const engine::definition::LintContext lint_context{
        *catalog,
        [](const std::string& name, int version) {
            return workflow_checks().find(name, version) != nullptr;
        },
        [](const std::string& name, int version) {
            return workflow_checks().find_computation(name, version) != nullptr;
        },
        [](const std::string& name) { return engine::documents::has_message_template(name); }};
    const auto definitions = catalog->definitions();
    if (definitions.empty()) {
        report_error(context, {engine::base::ErrorCode::not_found,
                               "Nella cartella non c'è nessuna definizione da esaminare.",
                               {}});
        return;
    }
    for (const auto& definition : definitions) {
        print_findings(context, definition_name(*definition),
                       engine::definition::lint(*definition, lint_context));
    }
    context.out << fmt::format("{} definizioni esaminate: {}\n", definitions.size(),
                               context.exit_code == kExitOk ? "nessun errore" : "ci sono errori");
}

}  // namespace

void add_lint_command(CLI::App& app, CommandContext& context) {
    auto* command = app.add_subcommand("lint", "Cerca errori nelle definizioni dei procedimenti");
    auto folder = std::make_shared<std::string>();
    command->add_option("CARTELLA", *folder,
                        "Cartella «workflows» da esaminare; senza, quella del programma");
    command->callback([&context, folder] { run_lint(context, *folder); });
}

}  // namespace api::cli
