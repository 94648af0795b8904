// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>
#include <ostream>
#include <sstream>

#include "api/cli/command_line.h"
#include "api/cli/workflow_files.h"
#include "api/scenario/player.h"
#include "engine/base/random.h"

namespace api::cli {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;

struct ScenarioOptions {
    std::string file;
    std::string data_folder;
    std::string workflows_folder;
};

Result<std::string> read_script(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) {
        return fail(ErrorCode::not_found, fmt::format("Il copione «{}» non c'è.", path));
    }
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

/// A played database is kept only in a folder that has none yet: a script starts from nothing.
Result<std::filesystem::path> choose_folder(const ScenarioOptions& options) {
    if (options.data_folder.empty()) {
        engine::base::SystemRandom random;
        return std::filesystem::temp_directory_path() /
               ("coprog-" + engine::base::random_hex(random));
    }
    const std::filesystem::path folder(options.data_folder);
    if (std::filesystem::exists(folder / engine::kDatabaseName)) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("La cartella «{}» ha già un archivio: ne serve una vuota.",
                                options.data_folder));
    }
    return folder;
}

Result<void> run_scenario(CommandContext& context, const ScenarioOptions& options) {
    auto text = read_script(options.file);
    auto lines = text ? scenario::parse_copione(*text)
                      : Result<std::vector<scenario::Line>>(fail(text.error()));
    if (!lines) {
        return fail(lines.error());
    }
    auto catalog = load_workflows(options.workflows_folder);
    if (!catalog) {
        return fail(catalog.error());
    }
    auto folder = choose_folder(options);
    if (!folder) {
        return fail(folder.error());
    }
    scenario::PlayOptions play_options;
    play_options.data_folder = *folder;
    std::ostringstream story;
    auto report = scenario::play(*lines, *catalog, workflow_checks(), play_options, story);
    // A script that cannot be played as written leaves nothing: corrected, it starts from nothing.
    if (options.data_folder.empty() || !report) {
        std::error_code ignored;
        std::filesystem::remove(*folder / "coprog.db", ignored);
        std::filesystem::remove(*folder / "coprog.db-wal", ignored);
        std::filesystem::remove(*folder / "coprog.db-shm", ignored);
        std::filesystem::remove_all(*folder / engine::kContentFolder, ignored);
        std::filesystem::remove(*folder, ignored);  // only when it is empty
    }
    if (!report) {
        return fail(report.error());
    }
    context.out << story.str();
    for (const std::string& failure : report->failures) {
        context.out << fmt::format("\nATTESA NON RISPETTATA. {}\n", failure);
        context.exit_code = kExitNegative;
    }
    context.out << fmt::format("\n{}\n", report->failures.empty()
                                             ? "Tutte le attese del copione sono rispettate."
                                             : "Alcune attese del copione non sono rispettate.");
    return {};
}

}  // namespace

void add_scenario_command(CLI::App& app, CommandContext& context) {
    auto* command =
        app.add_subcommand("scenario", "Recita un copione e racconta che cosa succede e perché");
    auto options = std::make_shared<ScenarioOptions>();
    command->add_option("COPIONE", options->file, "Il file .copione")->required();
    command->add_option("--data", options->data_folder, "Cartella (vuota) in cui tenere i dati");
    command->add_option("--workflows", options->workflows_folder,
                        "Cartella «workflows» da usare al posto di quella del programma");
    command->callback([&context, options] {
        if (auto done = run_scenario(context, *options); !done) {
            report_error(context, done.error());
        }
    });
}

}  // namespace api::cli
