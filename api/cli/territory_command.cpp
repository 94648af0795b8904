// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "api/cli/command_line.h"
#include "engine/base/json.h"
#include "workflows/territorio/territory.h"

namespace api::cli {
namespace {

using engine::base::Error;
using engine::base::ErrorCode;
using engine::base::render_text;
using engine::calendar::render_italian_date;
using engine::calendar::render_legal_date;
using workflows::territorio::find_related;
using workflows::territorio::kUnitKinds;
using workflows::territorio::TerritorialUnit;
using workflows::territorio::Territory;
using workflows::territorio::unit_kind_name;
using workflows::territorio::unit_list_name;
using workflows::territorio::UnitKind;

/// What was asked; a value is absent when its option was not given.
struct TerritoryQuestion {
    std::vector<std::string> words;
    std::string ats;
    std::string asst;
    std::string ambito;
    std::string distretto;
    std::string at;
    CLI::App* command = nullptr;
    bool as_json = false;

    bool has(const char* option) const { return command->count(option) > 0; }
};

/// What is answered: the units, each with what it belongs to.
struct TerritoryAnswer {
    std::vector<TerritorialUnit> units;
    std::string nothing_found;  ///< the line for people when there are none
};

std::string_view label_of_none(UnitKind kind) {
    switch (kind) {
        case UnitKind::ats: return "Nessuna ATS";
        case UnitKind::asst: return "Nessuna ASST";
        case UnitKind::ambito: return "Nessun ambito";
        case UnitKind::distretto: return "Nessun distretto";
    }
    return "";
}

std::string_view label_of_list(UnitKind kind) {
    switch (kind) {
        case UnitKind::ats: return "ATS";
        case UnitKind::asst: return "ASST";
        case UnitKind::ambito: return "ambiti";
        case UnitKind::distretto: return "distretti";
    }
    return "";
}

// ---- for people --------------------------------------------------------------------------------

std::string render_unit(const TerritorialUnit& unit) {
    std::string text = fmt::format("{} {}", unit.code, unit.name);
    if (unit.printed_name) {
        text += fmt::format(" (nell'atto: «{}»)", *unit.printed_name);
    }
    return text;
}

std::string render_units(const std::vector<TerritorialUnit>& units) {
    std::string text;
    for (const auto& unit : units) {
        text += (text.empty() ? "" : "; ") + render_unit(unit);
    }
    return text;
}

/// A unit and what it belongs to. An ATS, which belongs to nothing and holds too much for a line,
/// shows how many it holds.
std::string render_card(const Territory& territory, const TerritorialUnit& unit) {
    const bool says_its_kind = unit.kind == UnitKind::ats || unit.kind == UnitKind::asst;
    std::string text = says_its_kind
                           ? render_unit(unit)
                           : fmt::format("{} {}", unit_kind_name(unit.kind), render_unit(unit));
    if (unit.sioss_code) {
        text += fmt::format(" [SIOSS {}]", *unit.sioss_code);
    }
    text += '\n';
    for (const auto kind : kUnitKinds) {
        if (kind == unit.kind) {
            continue;
        }
        const auto related = find_related(territory, unit, kind);
        text += fmt::format(
            "  {}: {}\n", label_of_list(kind),
            unit.kind == UnitKind::ats ? std::to_string(related.size()) : render_units(related));
    }
    return text;
}

std::string render_edition(const Territory& territory, bool is_latest_by_default) {
    const std::string end = territory.valid_to
                                ? fmt::format("fino a {}", render_italian_date(*territory.valid_to))
                                : "fino all'edizione successiva";
    std::string text = fmt::format("Edizione {}: {}, {}.\nIn vigore da {}, {}.\n",
                                   territory.version, territory.source_act, territory.source_annex,
                                   render_italian_date(territory.valid_from), end);
    if (is_latest_by_default) {
        text += "È l'edizione più recente; con --at AAAA-MM-GG si chiede quella di un giorno.\n";
    }
    return text;
}

std::string render_summary(const Territory& territory) {
    constexpr std::string_view kLine = "{:<6} {:<46} {:>7} {:>10} {:>5}\n";
    std::string text = fmt::format(kLine, "codice", "ATS", "ambiti", "distretti", "ASST");
    for (const auto& ats : territory.ats) {
        text += fmt::format(kLine, ats.code, ats.name,
                            find_related(territory, ats, UnitKind::ambito).size(),
                            find_related(territory, ats, UnitKind::distretto).size(),
                            find_related(territory, ats, UnitKind::asst).size());
    }
    return text + fmt::format(kLine, "", fmt::format("in tutto {} ATS", territory.ats.size()),
                              territory.ambiti.size(), territory.distretti.size(),
                              territory.asst.size());
}

// ---- for programs ------------------------------------------------------------------------------

std::string render_identity_json(const TerritorialUnit& unit) {
    std::string text =
        fmt::format("\"kind\":{},\"code\":{},\"name\":{}", render_text(unit_kind_name(unit.kind)),
                    render_text(unit.code), render_text(unit.name));
    if (unit.printed_name) {
        text += fmt::format(",\"printed_name\":{}", render_text(*unit.printed_name));
    }
    if (unit.sioss_code) {
        text += fmt::format(",\"sioss_code\":{}", render_text(*unit.sioss_code));
    }
    return text;
}

/// `{"kind", "code", "name", "printed_name" (optional), "sioss_code" (ambiti), and the codes of
/// what shares a row with it: "ats": […], "asst": […], "ambiti": […], "distretti": […]}`.
std::string render_card_json(const Territory& territory, const TerritorialUnit& unit) {
    std::string text = "{" + render_identity_json(unit);
    for (const auto kind : kUnitKinds) {
        if (kind == unit.kind) {
            continue;
        }
        std::vector<std::string> codes;
        for (const auto& related : find_related(territory, unit, kind)) {
            codes.push_back(related.code);
        }
        text += fmt::format(",\"{}\":{}", unit_list_name(kind), engine::base::render_texts(codes));
    }
    return text + "}";
}

std::string render_edition_json(const Territory& territory) {
    const std::string end =
        territory.valid_to ? render_text(render_legal_date(*territory.valid_to)) : "null";
    return fmt::format(
        "{{\"version\":{},\"valid_from\":{},\"valid_to\":{},\"act\":{},\"annex\":{}}}",
        render_text(territory.version), render_text(render_legal_date(territory.valid_from)), end,
        render_text(territory.source_act), render_text(territory.source_annex));
}

/// `{"edition": {"version", "valid_from", "valid_to", "act", "annex"} or null, "units": [card,
/// …]}`.
std::string render_answer_json(const Territory& territory,
                               const std::vector<TerritorialUnit>& units) {
    std::string cards;
    for (const auto& unit : units) {
        cards += (cards.empty() ? "" : ",") + render_card_json(territory, unit);
    }
    return fmt::format("{{\"edition\":{},\"units\":[{}]}}\n", render_edition_json(territory),
                       cards);
}

// ---- the question ------------------------------------------------------------------------------

engine::base::Result<Territory> load_asked_edition(const TerritoryQuestion& question) {
    if (!question.has("--at")) {
        return workflows::territorio::load_latest_territory();
    }
    const auto as_of = engine::calendar::parse_legal_date(question.at);
    if (!as_of) {
        return engine::base::fail(as_of.error());
    }
    return workflows::territorio::load_territory(*as_of);
}

engine::base::Result<TerritoryAnswer> find_by_text(const Territory& territory,
                                                   const TerritoryQuestion& question) {
    std::string text;
    for (const auto& word : question.words) {
        text += (text.empty() ? "" : " ") + word;
    }
    auto found = workflows::territorio::search_units(territory, text);
    if (!found) {
        return engine::base::fail(found.error());
    }
    return TerritoryAnswer{std::move(*found), fmt::format("Nessun ente o territorio ha nel nome, o "
                                                          "come codice, «{}».\n",
                                                          text)};
}

/// The unit with its ambiti, each with all its ASST and distretti; an ambito is alone.
engine::base::Result<TerritoryAnswer> find_by_code(const Territory& territory, UnitKind kind,
                                                   const std::string& code) {
    if (code.empty() || code.find_first_not_of("0123456789") != std::string::npos) {
        return engine::base::fail(
            ErrorCode::invalid_input,
            fmt::format("Il codice di --{} è fatto di sole cifre.", unit_kind_name(kind)));
    }
    const auto unit = workflows::territorio::find_unit(territory, kind, code);
    if (!unit) {
        return TerritoryAnswer{{}, fmt::format("{} ha il codice {}.\n", label_of_none(kind), code)};
    }
    TerritoryAnswer answer{{*unit}, ""};
    if (kind != UnitKind::ambito) {
        for (auto& ambito : find_related(territory, *unit, UnitKind::ambito)) {
            answer.units.push_back(std::move(ambito));
        }
    }
    return answer;
}

engine::base::Result<TerritoryAnswer> find_answer(const Territory& territory,
                                                  const TerritoryQuestion& question) {
    if (question.has("--ats")) {
        return find_by_code(territory, UnitKind::ats, question.ats);
    }
    if (question.has("--asst")) {
        return find_by_code(territory, UnitKind::asst, question.asst);
    }
    if (question.has("--ambito")) {
        return find_by_code(territory, UnitKind::ambito, question.ambito);
    }
    if (question.has("--distretto")) {
        return find_by_code(territory, UnitKind::distretto, question.distretto);
    }
    if (question.has("testo")) {
        return find_by_text(territory, question);
    }
    return TerritoryAnswer{territory.ats, ""};
}

/// A day without an edition is a question understood, whose answer is no: not an error.
void report_no_edition(CommandContext& context, const TerritoryQuestion& question,
                       const Error& error) {
    if (error.code != ErrorCode::not_found) {
        report_error(context, error);
        return;
    }
    context.out << (question.as_json ? "{\"edition\":null,\"units\":[]}" : error.message_it)
                << '\n';
    context.exit_code = kExitNegative;
}

void print_answer(CommandContext& context, const TerritoryQuestion& question,
                  const Territory& territory, const TerritoryAnswer& answer) {
    if (answer.units.empty()) {
        context.exit_code = kExitNegative;
    }
    if (question.as_json) {
        context.out << render_answer_json(territory, answer.units);
        return;
    }
    const bool asks_all = !question.has("testo") && !question.has("--ats") &&
                          !question.has("--asst") && !question.has("--ambito") &&
                          !question.has("--distretto");
    if (asks_all) {
        context.out << render_summary(territory);
    } else if (answer.units.empty()) {
        context.out << answer.nothing_found;
        return;
    } else {
        for (const auto& unit : answer.units) {
            context.out << render_card(territory, unit);
        }
    }
    context.out << '\n' << render_edition(territory, !question.has("--at"));
}

void answer_question(CommandContext& context, const TerritoryQuestion& question) {
    const auto territory = load_asked_edition(question);
    if (!territory) {
        report_no_edition(context, question, territory.error());
        return;
    }
    const auto answer = find_answer(*territory, question);
    if (!answer) {
        report_error(context, answer.error());
        return;
    }
    print_answer(context, question, *territory, *answer);
}

}  // namespace

void add_territory_command(CLI::App& app, CommandContext& context) {
    auto* command = app.add_subcommand(
        "territory",
        "Mostra ATS, ASST, ambiti territoriali e distretti della Lombardia e come si collegano. "
        "Senza argomenti: il riepilogo per ATS. Esito 1: non c'è.");
    command->set_help_flag("-h,--help", "Mostra questo aiuto");
    const auto question = std::make_shared<TerritoryQuestion>();
    question->command = command;
    auto* text = command->add_option("testo", question->words, "Parte di un nome, o un codice");
    auto* ats = command->add_option("--ats", question->ats, "Codice: la ATS e i suoi ambiti");
    auto* asst = command->add_option("--asst", question->asst, "Codice: la ASST e i suoi ambiti");
    auto* ambito = command->add_option("--ambito", question->ambito, "Codice: un ambito");
    auto* distretto = command->add_option("--distretto", question->distretto,
                                          "Codice: il distretto e i suoi ambiti");
    ats->excludes(text, asst, ambito, distretto);
    asst->excludes(text, ambito, distretto);
    ambito->excludes(text, distretto);
    distretto->excludes(text);
    command->add_option("--at", question->at,
                        "AAAA-MM-GG: l'edizione in vigore quel giorno, invece della più recente");
    command->add_flag("--json", question->as_json, "Risposta per programmi");
    command->callback([&context, question] { answer_question(context, *question); });
}

}  // namespace api::cli
