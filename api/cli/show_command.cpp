// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <ostream>

#include "api/cli/command_line.h"
#include "api/cli/data_folder.h"
#include "api/cli/picture.h"
#include "engine/calendar/local_time.h"

namespace api::cli {
namespace {

using engine::base::fail;
using engine::base::Instant;
using engine::base::Result;

struct ShowOptions {
    std::string id;
    std::string at;
    std::string data_folder;
    bool with_personal = false;
    bool as_json = false;
};

Result<std::optional<Instant>> parse_at(std::string text, Instant now) {
    if (text.empty()) {
        return std::optional<Instant>{};
    }
    std::replace(text.begin(), text.end(), ' ', 'T');
    auto moment = engine::calendar::parse_past_moment(text, now);
    return moment ? Result<std::optional<Instant>>(*moment) : fail(moment.error());
}

Result<void> run_show(CommandContext& context, const ShowOptions& options) {
    auto data = DataFolder::open(options.data_folder, context.clock);
    if (!data) {
        return fail(data.error());
    }
    const auto at = parse_at(options.at, (*data)->now());
    if (!at) {
        return fail(at.error());
    }
    const auto id = (*data)->find(options.id);
    if (!id) {
        return fail(id.error());
    }
    const auto picture = (*data)->engine().queries().as_of(*id, *at);
    if (!picture) {
        return fail(picture.error());
    }
    const PictureOptions shown{options.with_personal};
    context.out << (options.as_json ? render_picture_json(*picture, shown)
                                    : render_picture(*picture, shown));
    return {};
}

}  // namespace

void add_show_command(CLI::App& app, CommandContext& context) {
    auto* command = app.add_subcommand(
        "show", "Mostra un procedimento com'era in un momento del passato, o com'è adesso");
    auto options = std::make_shared<ShowOptions>();
    command
        ->add_option("ID", options->id,
                     "Il fascicolo, o l'inizio del suo codice («verify» elenca i fascicoli)")
        ->required();
    command->add_option("--at", options->at,
                        "Il momento, ora di Roma: 2025-05-16 (la fine di quel giorno), oppure "
                        "\"2025-05-16 12:00\"");
    command->add_option("--data", options->data_folder, "Cartella dei dati")->required();
    command->add_flag("--personal", options->with_personal, "Mostra anche i dati personali");
    command->add_flag("--json", options->as_json, "Per i programmi");
    command->callback([&context, options] {
        if (auto done = run_show(context, *options); !done) {
            report_error(context, done.error());
        }
    });
}

}  // namespace api::cli
