// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "api/cli/command_line.h"
#include "engine/base/codice_fiscale.h"

namespace api::cli {
namespace {

using engine::base::ErrorCode;
using engine::base::TaxCodeKind;

std::string_view describe(TaxCodeKind kind) {
    switch (kind) {
        case TaxCodeKind::numeric: return "ente o partita IVA";
        case TaxCodeKind::personal: return "persona fisica";
    }
    return "";
}

/// Arguments are joined: whoever pastes `RSSMRA 80A01 H501U` forgets the quotes.
std::string join(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

void check_tax_code(CommandContext& context, const std::vector<std::string>& words) {
    const auto code = engine::base::parse_tax_code(join(words));
    if (code) {
        context.out << fmt::format("{}: valido, {}\n", code->text, describe(code->kind));
        return;
    }
    if (code.error().code != ErrorCode::invalid_input) {
        report_error(context, code.error());
        return;
    }
    context.out << code.error().message_it << '\n';
    context.exit_code = kExitNegative;
}

}  // namespace

void add_codice_fiscale_command(CLI::App& app, CommandContext& context) {
    auto* command = app.add_subcommand(
        "codice-fiscale",
        "Dice se un codice fiscale o una partita IVA è formalmente valido (esito 0) o no (esito "
        "1). La validità formale non prova che il codice esista, né di chi sia.");
    command->set_help_flag("-h,--help", "Mostra questo aiuto");
    const auto words = std::make_shared<std::vector<std::string>>();
    command->add_option("codice", *words, "11 cifre, anche con IT davanti, oppure 16 caratteri");
    command->callback([&context, words] { check_tax_code(context, *words); });
}

}  // namespace api::cli
