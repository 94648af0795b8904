// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "api/cli/command_line.h"
#include "api/cli/data_folder.h"
#include "engine/calendar/local_time.h"
#include "engine/engine.h"

namespace api::cli {
namespace {

void print_report(CommandContext& context, const engine::VerifyReport& report) {
    if (!report.first_problem.empty()) {
        context.out << fmt::format(
            "NON INTEGRO. {}\nL'archivio va messo da parte com'è, per capire che cosa è "
            "successo, e ripristinato dall'ultima copia che risulta integra.\n",
            report.first_problem);
        context.exit_code = kExitNegative;
        return;
    }
    context.out << fmt::format("Integro: {} procedimenti, {} righe di registro, tabelle uguali.\n",
                               report.roots, report.entries);
    context.out << "Ultima impronta di ogni fascicolo (da annotare, per esempio nel protocollo: "
                   "confrontata più avanti prova che nulla è stato tolto in fondo):\n";
    for (const auto& [root, head] : report.heads) {
        context.out << fmt::format("{} {}\n", root.text, head);
    }
    if (!report.erasures.empty()) {
        context.out << "Cancellazioni disposte con un atto (i dati non ci sono più, le impronte "
                       "sì):\n";
    }
    for (const auto& erasure : report.erasures) {
        const bool is_root = erasure.instance == erasure.root;
        context.out << fmt::format(
            "  - {}, in «{}»{}{}: {}. Motivo: {}. Eseguita da {} (fascicolo {}, riga {} del "
            "registro di {})\n",
            engine::calendar::render_italian_instant(erasure.erased_at), erasure.machine_title,
            erasure.party.empty() ? "" : " dell'ente " + erasure.party,
            is_root ? "" : fmt::format(" sotto «{}»", erasure.root_title), erasure.title,
            erasure.reason, erasure.person, erasure.instance.text, erasure.position,
            erasure.root.text);
    }
}

void run_verify(CommandContext& context, const std::string& folder) {
    if (auto there = check_data_folder(folder); !there) {
        report_error(context, there.error());
        return;
    }
    auto store = engine::open_store(folder, context.clock);
    if (!store) {
        report_error(context, store.error());
        return;
    }
    const engine::documents::ContentStore contents(std::filesystem::path(folder) /
                                                   engine::kContentFolder);
    auto report = engine::verify(**store, &contents);
    if (!report) {
        report_error(context, report.error());
        return;
    }
    print_report(context, *report);
}

}  // namespace

void add_verify_command(CLI::App& app, CommandContext& context) {
    auto* command = app.add_subcommand(
        "verify", "Prova che nessuno ha cambiato l'archivio: registro, impronte e tabelle");
    auto folder = std::make_shared<std::string>();
    command->add_option("--data", *folder, "Cartella dei dati")->required();
    command->callback([&context, folder] { run_verify(context, *folder); });
}

}  // namespace api::cli
