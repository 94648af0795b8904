// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>
#include <ostream>

#include "api/cli/command_line.h"
#include "api/cli/data_folder.h"

namespace api::cli {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;

struct EraseOptions {
    std::string id;
    std::string person;
    std::string data_folder;
    engine::ErasureRequest request;
};

/// What one instance did not let go, with its reasons.
void print_refusal(CommandContext& context, const engine::base::InstanceId& id,
                   const engine::base::Error& error) {
    context.out << fmt::format("Fascicolo {}: {}\n", id.text, error.message_it);
    for (const auto& detail : error.details) {
        context.out << fmt::format(
            "  - {}{}{}\n", detail.message_it,
            detail.legal_basis.empty() ? "" : " — fonte: ", fmt::join(detail.legal_basis, "; "));
    }
}

/// "«Istanza» dell'ente 99000010100 (fascicolo 3f…)"
std::string instance_words(const engine::InstanceView& view) {
    const auto& own = view.record.instance;
    return fmt::format("«{}»{} (fascicolo {})", view.definition->title,
                       own.party.empty() ? "" : " dell'ente " + own.party, own.id.text);
}

/// Each is another act's value: whoever erases decides.
void print_copies(CommandContext& context, DataFolder& data, const engine::ErasureReport& report) {
    std::map<std::string, std::vector<std::string>> titles;
    for (const auto& copy : report.copies) {
        const auto view = data.engine().queries().view(copy.instance);
        const auto* field = view ? view->definition->fields.find(copy.field) : nullptr;
        titles[view ? instance_words(*view) : copy.instance.text].push_back(
            fmt::format("«{}»", field == nullptr ? copy.field : field->title));
    }
    if (!titles.empty()) {
        context.out << "Attenzione: gli stessi testi restano altrove. Se sono della stessa persona "
                       "vanno cancellati anche lì, ciascuno per sé:\n";
    }
    for (const auto& [where, fields] : titles) {
        context.out << fmt::format("  - {}: {}\n", where, fmt::join(fields, ", "));
    }
}

/// A letter says what it said, whatever becomes of the value: who erases has to know.
void print_letters(CommandContext& context, DataFolder& data, const engine::ErasureReport& report) {
    std::map<std::string, std::vector<std::string>> titles;
    for (const auto& letter : report.letters) {
        if (const auto view = data.engine().queries().view(letter.instance)) {
            const auto* message = view->definition->messages.find(letter.name);
            titles[instance_words(*view)].push_back(
                fmt::format("«{}»", message == nullptr ? letter.name : message->title));
        }
    }
    if (titles.empty()) {
        return;
    }
    context.out << "Attenzione: queste lettere conservate dicono ancora ciò che è stato "
                   "cancellato. Si cancellano con --messages, fascicolo per fascicolo, quando è "
                   "concluso:\n";
    for (const auto& [where, letters] : titles) {
        context.out << fmt::format("  - {}: {}\n", where, fmt::join(letters, ", "));
    }
}

void print_report(CommandContext& context, DataFolder& data, const engine::ErasureReport& report) {
    for (const auto& erased : report.erased) {
        context.out << fmt::format("Fascicolo {}: {}\n", erased.instance.text, erased.title);
    }
    for (const auto& [id, error] : report.refused) {
        // Of many instances, those that hold nothing need no line.
        const bool is_empty = error.code == ErrorCode::not_found;
        if (!is_empty || report.erased.empty()) {
            print_refusal(context, id, error);
        }
        context.exit_code = is_empty && !report.erased.empty() ? context.exit_code : kExitNegative;
    }
    print_copies(context, data, report);
    print_letters(context, data, report);
    if (report.texts_removed > 0) {
        context.out << fmt::format("Testi di messaggi tolti dall'archivio: {}.\n",
                                   report.texts_removed);
    }
    for (const auto& copy : data.old_copies()) {
        context.out << fmt::format(
            "Attenzione: la copia «{}» fatta prima di un aggiornamento può contenere ancora i "
            "dati: va eliminata a mano.\n",
            copy.string());
    }
    if (!report.is_scrubbed) {
        context.out << "Attenzione: un altro programma sta usando l'archivio e il suo file può "
                       "contenere ancora tracce dei dati: va chiuso, e il comando ripetuto.\n";
        context.exit_code = kExitNegative;
    }
    if (!report.erased.empty()) {
        context.out << "Restano fuori dal programma le copie di riserva e le lettere già "
                       "consegnate: vanno trattate a parte.\n";
    }
}

Result<void> run_erase(CommandContext& context, const EraseOptions& options) {
    if (options.person.find(' ') != std::string::npos) {
        return fail(ErrorCode::invalid_input,
                    "Con --by serve il codice di chi esegue («coprog user list» lo dice), non il "
                    "suo nome: resta nel registro per sempre.");
    }
    auto data = DataFolder::open(options.data_folder, context.clock);
    if (!data) {
        return fail(data.error());
    }
    const auto id = (*data)->find(options.id);
    if (!id) {
        return fail(id.error());
    }
    const auto view = (*data)->engine().queries().view(*id);
    if (!view) {
        return fail(view.error());
    }
    engine::ErasureRequest request = options.request;
    request.instance = *id;
    // Who has the data folder acts for the administration that keeps it.
    request.actor = {options.person, engine::machine::kEraserRole, view->record.instance.office,
                     ""};
    auto report = (*data)->engine().erase(request);
    if (!report) {
        return fail(report.error());
    }
    // A mistake in the request is the same for every instance: it is told as one.
    const auto refused_as_wrong = std::find_if(
        report->refused.begin(), report->refused.end(),
        [](const auto& refused) { return refused.second.code == ErrorCode::invalid_input; });
    if (refused_as_wrong != report->refused.end()) {
        return fail(refused_as_wrong->second);
    }
    print_report(context, **data, *report);
    return {};
}

}  // namespace

void add_erase_command(CLI::App& app, CommandContext& context) {
    auto* command = app.add_subcommand(
        "erase", "Cancella i dati di una persona per disposizione di un atto, che resta annotato");
    auto options = std::make_shared<EraseOptions>();
    auto& request = options->request;
    command->add_option("ID", options->id, "Il fascicolo, o l'inizio del suo codice")->required();
    command->add_option("--field", request.fields, "Un dato da cancellare, con il nome del campo");
    command->add_flag("--personal", request.is_all_personal, "Tutti i dati personali");
    command->add_flag("--messages", request.with_messages,
                      "Anche i testi dei messaggi che sono stati inviati, a procedimento concluso");
    command->add_option("--party", request.party,
                        "In tutto ciò che nel fascicolo è di questo ente (codice fiscale)");
    command->add_option("--act", request.act, "L'atto che lo dispone, senza dati personali")
        ->required();
    command->add_option("--reason", request.reason, "Il motivo, senza dati personali")->required();
    command->add_option("--by", options->person, "Il codice di chi esegue, non il suo nome")
        ->required();
    command->add_option("--data", options->data_folder, "Cartella dei dati")->required();
    command->callback([&context, options] {
        if (auto done = run_erase(context, *options); !done) {
            report_error(context, done.error());
        }
    });
}

}  // namespace api::cli
