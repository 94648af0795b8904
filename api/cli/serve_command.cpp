// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <ostream>

#include "api/cli/command_line.h"
#include "api/cli/settings.h"
#include "api/cli/workflow_files.h"
#include "api/pages/page_routes.h"
#include "api/program.h"
#include "api/routes/routes.h"
#include "api/service/folder_courier.h"

namespace api::cli {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;

/// What the folder holds is of people: no other user of the machine reads it.
constexpr ::mode_t kNobodyElse = 077;

/// What the command line said: the flags that were given, by name.
struct ServeArguments {
    std::map<std::string, std::vector<std::string>> flags;
    std::string config_file;
};

Result<Settings> read_settings(const ServeArguments& arguments) {
    SettingSources sources{{}, find_variable, arguments.config_file};
    for (const auto& [name, values] : arguments.flags) {
        if (!values.empty()) {
            sources.flags[name] = values.back();
        }
    }
    return load_settings(sources);
}

std::filesystem::path outgoing_folder(const Settings& settings) {
    const std::string& asked = settings.at("outgoing").value;
    return asked.empty() ? std::filesystem::path(settings.at("data").value) / "in-uscita"
                         : std::filesystem::path(asked);
}

/// Clock, chance, log and courier of a real server, with the program on top.
class Serving {
  public:
    Serving(const Settings& settings, std::ostream& err)
        : log_(clock_, [&err](std::string_view line) { err << line << std::flush; }),
          courier_(outgoing_folder(settings)) {}

    Result<void> run(const Settings& settings, std::ostream& out) {
        auto catalog = load_workflows(settings.at("workflows").value);
        if (!catalog) {
            return fail(catalog.error());
        }
        const auto site = pages::Site::make({.templates_folder = settings.at("templates").value},
                                            *catalog, workflow_checks(), clock_, random_);
        if (!site) {
            return fail(site.error());
        }
        auto program = Program::start(make_options(settings, std::move(*catalog), *site));
        if (!program) {
            return fail(program.error());
        }
        out << fmt::format("coprog {}: in ascolto su http://{}:{}\n", service::kProgramVersion,
                           settings.at("address").value, (*program)->port());
        if (const auto port = (*program)->metrics_port()) {
            out << fmt::format("misure su http://{}:{}/metrics\n",
                               settings.at("metrics-address").value, *port);
        }
        out << std::flush;
        (*program)->run();
        return {};
    }

  private:
    ProgramOptions make_options(const Settings& settings, engine::definition::Catalog catalog,
                                const pages::SitePointer& site) {
        ProgramOptions options{.service = {.data_folder = settings.at("data").value,
                                           .catalog = std::move(catalog),
                                           .checks = workflow_checks(),
                                           .clock = clock_,
                                           .random = random_,
                                           .log = log_,
                                           .courier = courier_},
                               .routes = routes::api_routes()};
        for (routes::Route& route : pages::page_routes(site)) {
            options.routes.push_back(std::move(route));
        }
        options.router.render_error = pages::page_errors(site);
        options.render_refusal = pages::page_refusals(site);
        options.service.readers = static_cast<std::size_t>(number_of(settings, "readers"));
        options.router.rate = {number_of(settings, "rate-burst"),
                               number_of(settings, "rate-per-second")};
        options.router.trusted_proxies = list_of(settings, "trusted-proxies");
        options.address = settings.at("address").value;
        options.port = static_cast<std::uint16_t>(number_of(settings, "port"));
        options.metrics_address = settings.at("metrics-address").value;
        if (settings.at("metrics-port").value != "nessuna") {
            options.metrics_port = static_cast<std::uint16_t>(number_of(settings, "metrics-port"));
        }
        options.stops_on_signals = true;
        return options;
    }

    engine::base::SystemClock clock_;
    engine::base::SystemRandom random_;
    engine::base::Log log_;
    service::FolderCourier courier_;
};

Result<void> run_serve(CommandContext& context, const ServeArguments& arguments) {
    const auto settings = read_settings(arguments);
    if (!settings) {
        return fail(settings.error());
    }
    if (settings->at("data").value.empty()) {
        return fail(ErrorCode::invalid_input,
                    "Serve la cartella dei dati: --data, COPROG_DATA o «data» nel file.");
    }
    ::umask(kNobodyElse);
    Serving serving(*settings, context.err);
    return serving.run(*settings, context.out);
}

Result<void> run_config(CommandContext& context, const ServeArguments& arguments) {
    const auto settings = read_settings(arguments);
    if (!settings) {
        return fail(settings.error());
    }
    for (const auto& definition : setting_definitions()) {
        const Setting& setting = settings->find(definition.name)->second;
        context.out << fmt::format("{} = {}\n    # {}; da: {} ({})\n", definition.name,
                                   setting.value, definition.help_it, setting.source,
                                   definition.variable);
    }
    return {};
}

template <class Run>
void add_command(CLI::App& app, CommandContext& context, const char* name, const char* help,
                 Run run) {
    auto* command = app.add_subcommand(name, help);
    const auto arguments = std::make_shared<ServeArguments>();
    for (const auto& definition : setting_definitions()) {
        const std::string flag(definition.name);
        command->add_option("--" + flag, arguments->flags[flag], std::string(definition.help_it))
            ->allow_extra_args(false);
    }
    command->add_option("--config", arguments->config_file,
                        "File di configurazione: righe «nome = valore»");
    command->callback([&context, arguments, run] {
        if (auto done = run(context, *arguments); !done) {
            report_error(context, done.error());
        }
    });
}

}  // namespace

void add_serve_command(CLI::App& app, CommandContext& context) {
    add_command(app, context, "serve", "Serve l'API e le pagine, finché non riceve SIGTERM",
                run_serve);
}

void add_config_command(CLI::App& app, CommandContext& context) {
    add_command(app, context, "config", "Mostra la configurazione del server, e da dove viene",
                run_config);
}

}  // namespace api::cli
