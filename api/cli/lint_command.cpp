// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <sstream>

#include "api/cli/command_line.h"
#include "api/cli/workflow_files.h"
#include "api/scenario/player.h"
#include "engine/base/random.h"
#include "engine/engine.h"
#include "engine/proof/prove.h"

namespace api::cli {
namespace {

using engine::definition::LintSeverity;
using engine::proof::ProofFinding;

struct LintOptions {
    std::string folder;
    std::size_t cases = 0;  ///< 0: the engine's preset
    std::string scripts;    ///< where each finding's script is written; empty: on the output
};

/// "coprogrammazione_istanza_1_dead_end_2.copione"
std::string script_name(const ProofFinding& finding, std::size_t number) {
    std::string name =
        fmt::format("{}_{}_{}.copione", finding.machine, finding.finding.code, number);
    std::replace_if(
        name.begin(), name.end(), [](char letter) { return letter == '/' || letter == '@'; }, '_');
    return name;
}

void print_script(CommandContext& context, const ProofFinding& finding, const LintOptions& options,
                  std::size_t number) {
    if (finding.copione.empty()) {
        return;
    }
    if (options.scripts.empty()) {
        context.out << "  Come ci si arriva:\n" << finding.copione << '\n';
        return;
    }
    const auto path = std::filesystem::path(options.scripts) / script_name(finding, number);
    std::ofstream file(path, std::ios::binary);
    file << finding.copione;
    file.close();
    if (file) {
        context.out << fmt::format("  Come ci si arriva: {}\n", path.string());
    } else {
        report_error(context, {engine::base::ErrorCode::invalid_input,
                               fmt::format("Il file «{}» non si può scrivere.", path.string()),
                               {}});
    }
}

void print_findings(CommandContext& context, const std::vector<ProofFinding>& findings,
                    const LintOptions& options) {
    std::size_t number = 0;
    for (const ProofFinding& one : findings) {
        const bool is_error = one.finding.severity == LintSeverity::error;
        context.out << fmt::format("{} {}: {} [{}] {}\n", is_error ? "errore" : "avviso",
                                   one.machine, one.finding.path, one.finding.code,
                                   one.finding.message_it);
        if (is_error) {
            context.exit_code = kExitNegative;
        }
        print_script(context, one, options, ++number);
    }
}

/// Made before the proof, which takes long: its findings must not be lost for want of a folder.
engine::base::Result<void> make_folder(const std::string& folder) {
    std::error_code error;
    if (!folder.empty()) {
        std::filesystem::create_directories(folder, error);
    }
    if (error) {
        return engine::base::fail(
            engine::base::ErrorCode::invalid_input,
            fmt::format("La cartella «{}» per i copioni non si può creare: con --copioni va "
                        "indicata una cartella in cui si può scrivere.",
                        folder));
    }
    return {};
}

/// Whether a script goes through as written, tried in a folder of its own.
bool plays(const std::string& copione, const engine::definition::Catalog& catalog) {
    const auto lines = scenario::parse_copione(copione);
    if (!lines) {
        return false;
    }
    engine::base::SystemRandom random;
    scenario::PlayOptions play_options;
    play_options.data_folder =
        std::filesystem::temp_directory_path() / ("coprog-" + engine::base::random_hex(random));
    std::ostringstream untold;
    const auto report = scenario::play(*lines, catalog, workflow_checks(), play_options, untold);
    std::error_code ignored;
    std::filesystem::remove_all(play_options.data_folder, ignored);
    return report && report->failures.empty();
}

void run_lint(CommandContext& context, const LintOptions& options) {
    if (auto made = make_folder(options.scripts); !made) {
        report_error(context, made.error());
        return;
    }
    auto catalog = load_workflows(options.folder);
    if (!catalog) {
        report_error(context, catalog.error());
        return;
    }
    engine::definition::LintContext lint_context{
        *catalog,
        [](const std::string& name, int version) {
            return workflow_checks().find(name, version) != nullptr;
        },
        [](const std::string& name, int version) {
            return workflow_checks().find_computation(name, version) != nullptr;
        },
        [](const std::string& name) { return engine::documents::has_message_template(name); }};
    lint_context.plays = [&](const std::string& copione) { return plays(copione, *catalog); };
    if (options.cases > 0) {
        lint_context.max_cases = options.cases;
    }
    const std::size_t count = catalog->definitions().size();
    if (count == 0) {
        report_error(context, {engine::base::ErrorCode::not_found,
                               "Nella cartella non c'è nessuna definizione da esaminare.",
                               {}});
        return;
    }
    print_findings(context, engine::proof::examine(lint_context), options);
    context.out << fmt::format("{} definizioni esaminate: {}\n", count,
                               context.exit_code == kExitOk ? "nessun errore" : "ci sono errori");
}

}  // namespace

void add_lint_command(CLI::App& app, CommandContext& context) {
    auto* command = app.add_subcommand("lint", "Cerca errori nelle definizioni dei procedimenti");
    auto options = std::make_shared<LintOptions>();
    command->add_option("CARTELLA", options->folder,
                        "Cartella «workflows» da esaminare; senza, quella del programma");
    command->add_option(
        "--copioni", options->scripts,
        "Cartella in cui scrivere, per ogni errore, il copione che lo fa vedere; se "
        "non c'è, viene creata");
    command
        ->add_option("--cases", options->cases,
                     "Quanti casi esaminare al più per ogni situazione (45000): con di più si "
                     "esaminano insieme a ciò che le sta intorno anche macchine grandi")
        ->check(CLI::Range(std::size_t{1}, std::size_t{100'000'000}));
    command->callback([&context, options] { run_lint(context, *options); });
}

}  // namespace api::cli
