// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "api/cli/command_line.h"
#include "api/cli/data_folder.h"
#include "engine/backup.h"
#include "engine/calendar/local_time.h"

namespace api::cli {
namespace {

using engine::calendar::render_italian_instant;

struct BackupOptions {
    std::string from;
    std::string to;
};

void run_backup(CommandContext& context, const BackupOptions& options) {
    if (auto there = check_data_folder(options.from); !there) {
        report_error(context, there.error());
        return;
    }
    const auto report = engine::back_up(options.from, options.to, context.clock);
    if (!report) {
        report_error(context, report.error());
        return;
    }
    context.out << fmt::format(
        "Copia di sicurezza in «{}»: l'archivio com'era il {}, con {} {}.\n", options.to,
        render_italian_instant(report->manifest.taken_at), report->manifest.contents,
        report->manifest.contents == 1 ? "testo o allegato" : "testi e allegati");
    if (report->is_unnoted) {
        context.err << "La copia è fatta, ma nella cartella dei dati non si è potuto scriverlo: "
                       "«ultima_copia», in /status, resta quella di prima.\n";
    }
    for (const auto& sha256 : report->missing) {
        context.out << fmt::format(
            "Attenzione: nella cartella dei dati manca, o è cambiato, un testo inviato o un "
            "documento ({}). Va cercato in una copia precedente.\n",
            sha256);
        context.exit_code = kExitNegative;
    }
}

void run_restore(CommandContext& context, const BackupOptions& options) {
    const auto report = engine::restore(options.from, options.to, context.clock);
    if (!report) {
        report_error(context, report.error());
        return;
    }
    const std::string taken_at = render_italian_instant(report->manifest.taken_at);
    context.out << fmt::format(
        "Archivio ripristinato in «{}» e verificato: {} fascicoli, {} atti nel registro.\n"
        "Copia presa il {}; ripristinata il {}.\n"
        "Ciò che è accaduto dopo il {} non c'è: gli atti vanno inseriti di nuovo con la data in "
        "cui sono avvenuti, le cancellazioni di dati e le revoche di gettoni vanno ripetute.\n",
        options.to, report->verified.roots, report->verified.entries, taken_at,
        render_italian_instant(report->restored_at), taken_at);
}

}  // namespace

void add_backup_command(CLI::App& app, CommandContext& context) {
    auto* command =
        app.add_subcommand("backup", "Fa una copia di sicurezza, anche mentre il programma lavora");
    auto options = std::make_shared<BackupOptions>();
    command->add_option("--data", options->from, "Cartella dei dati")->required();
    command->add_option("--to", options->to, "Cartella della copia, nuova o vuota")->required();
    command->callback([&context, options] { run_backup(context, *options); });
}

void add_restore_command(CLI::App& app, CommandContext& context) {
    auto* command = app.add_subcommand(
        "restore", "Ripristina una copia di sicurezza in una cartella nuova, e la verifica");
    auto options = std::make_shared<BackupOptions>();
    command->add_option("--from", options->from, "Cartella della copia")->required();
    command->add_option("--data", options->to, "Cartella dei dati, nuova o vuota")->required();
    command->callback([&context, options] { run_restore(context, *options); });
}

}  // namespace api::cli
