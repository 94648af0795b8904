// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <set>

#include "api/cli/command_line.h"
#include "api/cli/workflow_files.h"
#include "engine/definition/diagram.h"
#include "engine/definition/difference.h"
#include "engine/definition/sheet.h"

namespace api::cli {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::definition::DefinitionPointer;

struct SheetOptions {
    std::string name;
    std::string folder;
    std::string out_folder;
    int since = 0;  ///< the version whose differences from the newest are asked; 0: the sheet
    bool is_diagram = false;
};

Result<void> write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file) {
        return fail(ErrorCode::storage_full,
                    fmt::format("Il file «{}» non si può scrivere.", path));
    }
    return {};
}

/// `DIR/<machine>.scheda.md` and `DIR/<machine>.diagramma.svg`.
Result<void> write_both(const SheetOptions& options, const DefinitionPointer& definition,
                        const std::string& sheet) {
    std::error_code error;  // told by the writing that follows
    std::filesystem::create_directories(options.out_folder, error);
    const std::string stem = fmt::format("{}/{}", options.out_folder, definition->machine);
    auto written = write_file(stem + ".scheda.md", sheet);
    if (!written) {
        return written;
    }
    auto drawing = engine::definition::draw_diagram(
        engine::definition::render_diagram_source(*definition), definition->title);
    return drawing ? write_file(stem + ".diagramma.svg", *drawing)
                   : Result<void>(fail(drawing.error()));
}

Result<void> write_sheet(CommandContext& context, const SheetOptions& options,
                         const engine::definition::Catalog& catalog,
                         const DefinitionPointer& definition) {
    const auto sheet = engine::definition::render_sheet({*definition, catalog}, check_title);
    if (!options.out_folder.empty()) {
        return write_both(options, definition, sheet);
    }
    if (!options.is_diagram) {
        context.out << sheet;
        return {};
    }
    auto drawing = engine::definition::draw_diagram(
        engine::definition::render_diagram_source(*definition), definition->title);
    if (!drawing) {
        return fail(drawing.error());
    }
    context.out << *drawing;
    return {};
}

/// What the newest version of a machine changes of an older one that is in the same folder.
Result<void> write_differences(CommandContext& context, const SheetOptions& options,
                               const engine::definition::Catalog& catalog) {
    DefinitionPointer older;
    DefinitionPointer newest;
    for (const auto& definition : catalog.definitions()) {
        if (definition->machine != options.name) {
            continue;
        }
        older = definition->version == options.since ? definition : older;
        newest = !newest || definition->version > newest->version ? definition : newest;
    }
    if (!older || older == newest) {
        return fail(ErrorCode::not_found,
                    fmt::format("Della macchina «{}» non ci sono la versione {} e una successiva.",
                                options.name, options.since));
    }
    context.out << fmt::format("{}: che cosa cambia dalla versione {} alla {}\n", newest->title,
                               older->version, newest->version);
    for (const std::string& line : engine::definition::describe_differences(*older, *newest)) {
        context.out << fmt::format("- {}\n", line);
    }
    return {};
}

/// What is about one machine says which.
Result<void> check_machine_named(const SheetOptions& options,
                                 const engine::definition::Catalog& catalog) {
    const bool is_drawing = options.is_diagram && options.out_folder.empty();
    if (!options.name.empty() || (options.since == 0 && !is_drawing)) {
        return {};
    }
    std::set<std::string> names;
    for (const auto& definition : catalog.definitions()) {
        names.insert(definition->machine);
    }
    return fail(ErrorCode::invalid_input,
                fmt::format("Con {} va detto di quale macchina: una tra {}.",
                            is_drawing ? "--svg" : "--since", fmt::join(names, ", ")));
}

Result<void> run_sheet(CommandContext& context, const SheetOptions& options) {
    auto catalog = load_workflows(options.folder);
    if (!catalog) {
        return fail(catalog.error());
    }
    if (auto named = check_machine_named(options, *catalog); !named) {
        return named;
    }
    if (options.since != 0) {
        return write_differences(context, options, *catalog);
    }
    bool is_found = false;
    for (const auto& definition : catalog->definitions()) {
        if (options.name.empty() || definition->machine == options.name) {
            is_found = true;
            if (auto written = write_sheet(context, options, *catalog, definition); !written) {
                return written;
            }
        }
    }
    return is_found ? Result<void>{}
                    : fail(ErrorCode::not_found,
                           fmt::format("Non c'è una definizione «{}».", options.name));
}

}  // namespace

void add_sheet_command(CLI::App& app, CommandContext& context) {
    auto* command = app.add_subcommand(
        "sheet", "Scrive la scheda e il diagramma di un procedimento, per chi non legge JSON");
    auto options = std::make_shared<SheetOptions>();
    command->add_option("MACCHINA", options->name, "Quale (procedimento, istanza…); senza, tutte");
    command->add_option("--workflows", options->folder, "Cartella «workflows» da leggere");
    command->add_option("--out", options->out_folder,
                        "Cartella in cui scrivere scheda e diagramma di ciascuna");
    command->add_option("--since", options->since,
                        "Invece della scheda, che cosa cambia da quella versione alla più recente");
    command->add_flag("--svg", options->is_diagram, "Il diagramma invece della scheda");
    command->callback([&context, options] {
        if (auto done = run_sheet(context, *options); !done) {
            report_error(context, done.error());
        }
    });
}

}  // namespace api::cli
