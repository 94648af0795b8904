// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <ostream>

#include "api/cli/command_line.h"
#include "api/cli/workflow_files.h"
#include "api/demo/demo_data.h"
#include "engine/base/clock.h"
#include "engine/calendar/local_time.h"

namespace api::cli {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::calendar::LegalDate;

struct DemoOptions {
    std::string data_folder;
    std::string today;
};

Result<LegalDate> read_today(const std::string& text) {
    return text.empty() ? engine::calendar::legal_date_of(engine::base::SystemClock().now())
                        : engine::calendar::parse_legal_date(text);
}

/// Never over data that may be somebody's work.
Result<void> check_folder(const std::filesystem::path& folder) {
    if (std::filesystem::exists(folder / "coprog.db")) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("La cartella «{}» ha già un archivio: i dati dimostrativi ne "
                                "vogliono una vuota.",
                                folder.string()));
    }
    return {};
}

Result<void> run_demo(CommandContext& context, const DemoOptions& options) {
    const auto today = read_today(options.today);
    if (!today) {
        return fail(today.error());
    }
    if (auto free = check_folder(options.data_folder); !free) {
        return free;
    }
    const auto catalog = demo::load_demo_catalog(*today);
    if (!catalog) {
        return fail(catalog.error());
    }
    const auto report =
        demo::play_demo(options.data_folder, *catalog, workflow_checks(), *today, {});
    if (!report) {
        return fail(report.error());
    }
    for (const std::string& failure : report->failures) {
        context.err << failure << '\n';
    }
    context.exit_code = report->failures.empty() ? context.exit_code : kExitNegative;
    context.out << fmt::format(
        "{}\nDati dimostrativi al {} in {}: otto ATS, otto fasi. Enti, persone e fatti sono "
        "inventati; nessun messaggio è partito.\n",
        report->summary, engine::calendar::render_italian_date(*today), options.data_folder);
    return {};
}

}  // namespace

void add_demo_command(CLI::App& app, CommandContext& context) {
    auto* command = app.add_subcommand(
        "demo", "Prepara i dati dimostrativi: otto ATS in otto fasi, con i giorni contati da oggi");
    auto options = std::make_shared<DemoOptions>();
    command->add_option("--data", options->data_folder, "Cartella (vuota) dei dati dimostrativi")
        ->required();
    command->add_option("--today", options->today,
                        "Giorno della dimostrazione, AAAA-MM-GG: se manca, oggi");
    command->callback([&context, options] {
        if (auto done = run_demo(context, *options); !done) {
            report_error(context, done.error());
        }
    });
}

}  // namespace api::cli
