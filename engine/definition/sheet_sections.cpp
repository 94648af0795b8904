// SPDX-License-Identifier: EUPL-1.2
// What a machine is made of: lists, terms, tasks, documents, messages, data.
#include <nlohmann/json.hpp>

#include "engine/base/json.h"
#include "engine/definition/sheet_writer.h"

namespace engine::definition {
namespace {

std::string_view kind_words(DeadlineKind kind) {
    switch (kind) {
        case DeadlineKind::closing: return "chiude: dopo, l'atto non è più ammesso";
        case DeadlineKind::obligation: return "adempimento: dopo, l'atto è in ritardo ma dovuto";
        case DeadlineKind::advisory: return "promemoria: avvisa soltanto";
        case DeadlineKind::minimum_notice: return "preavviso minimo: dopo è troppo tardi";
        case DeadlineKind::recurring: return "adempimento che ritorna";
    }
    return "";
}

/// What a field may hold, from its schema.
std::string type_words(const FieldDefinition& field) {
    const auto schema = base::parse_json(field.schema_json);
    if (schema && schema->contains("enum")) {
        std::vector<std::string> options;
        for (const auto& option : schema->at("enum")) {
            options.push_back(describe_constant(option.dump()));
        }
        return "uno tra " + join_quoted(options, " e ");
    }
    if (field.type == "string") {
        const bool is_day =
            schema && schema->value("pattern", "").find("[0-9]{4}-[0-9]{2}") != std::string::npos;
        return is_day ? "data" : "testo";
    }
    return field.type == "integer"   ? "numero intero"
           : field.type == "number"  ? "numero"
           : field.type == "boolean" ? "sì o no"
           : field.type == "array"   ? "elenco"
                                     : "gruppo di dati";
}

}  // namespace

void SheetWriter::lists() {
    if (definition_.children.empty()) {
        return;
    }
    section("Fascicoli che contiene");
    for (const auto& [name, one] : definition_.children) {
        const auto machines = kin_.find_list(Relation::own, name);
        line("- **{}** (`{}`): {}", one.title, name,
             machines.empty() ? readable_name(one.machine)
                              : fmt::format("«{}»", machines.front()->title));
    }
}

void SheetWriter::deadlines() {
    if (definition_.deadlines.empty()) {
        return;
    }
    section("Termini");
    line(
        "Se non è detto altro, il termine il cui ultimo giorno è festivo (la domenica lo è) passa "
        "al primo giorno non festivo, o al precedente quando si conta all'indietro; il sabato "
        "non rinvia. Un adempimento scaduto resta dovuto.");
    line("");
    for (const auto& [name, one] : definition_.deadlines) {
        deadline(one);
    }
}

void SheetWriter::deadline(const DeadlineDefinition& one) {
    line("- **{}** — {}; {}{}{}", one.title, kind_words(one.kind), describe_due(kin_, one.due),
         one.every_months
             ? fmt::format("; poi ogni {} mesi", describe_source(kin_, *one.every_months))
             : "",
         basis(one.legal_basis));
    if (!one.met_by.empty()) {
        std::vector<std::string> quoted;
        for (const std::string& event : one.met_by) {
            quoted.push_back(quote_event(definition_, event));
        }
        line("  - si adempie con: {}", join_quoted(quoted, " o "));
    }
    if (!one.remind_days.empty()) {
        line("  - si ricorda {} giorni prima", fmt::join(one.remind_days, " e "));
    }
    if (one.preceded_by) {
        preceding(*one.preceded_by);
    }
    for (const Action& action : one.on_due) {
        line("  - quando passa: {}", describe_action(kin_, action, check_title_));
    }
}

void SheetWriter::preceding(const PrecedingSteps& preceded_by) {
    line("  - prima occorrono, {}:",
         with_preposition("da", describe_source(kin_, preceded_by.from)));
    for (const PrecedingStep& step : preceded_by.steps) {
        line("    - {}: almeno {} {}{}", step.title, step.days,
             step.days == 1 ? "giorno" : "giorni", basis(step.legal_basis));
    }
}

void SheetWriter::tasks() {
    if (definition_.tasks.empty()) {
        return;
    }
    section("Compiti");
    for (const auto& [name, one] : definition_.tasks) {
        const std::string due =
            one.due ? fmt::format("; entro: {}", describe_due(kin_, *one.due)) : "";
        line("- **{}** — {}{}{}", one.title, role_title(one.role), due, basis(one.legal_basis));
    }
}

void SheetWriter::documents() {
    if (definition_.documents.empty()) {
        return;
    }
    section("Documenti");
    for (const auto& [name, one] : definition_.documents) {
        const std::string signature =
            one.signed_by.empty() ? "" : fmt::format("; firma: {}", role_title(one.signed_by));
        line("- **{}** (`{}`) — lo aggiunge: {}{}{}{}", one.title, name, role_titles(one.by),
             signature, one.is_public ? "; si pubblica" : "", basis(one.legal_basis));
        if (!one.in.empty()) {
            line("  - si aggiunge solo in: {}", state_titles(one.in, " o "));
        }
        if (one.is_final_once_frozen) {
            line("  - quando la versione è fissata non se ne aggiungono altre");
        }
    }
}

void SheetWriter::messages() {
    if (definition_.messages.empty()) {
        return;
    }
    section("Messaggi");
    for (const auto& [name, one] : definition_.messages) {
        const std::string_view channel = one.channel == MessageChannel::pec ? "PEC"
                                         : one.channel == MessageChannel::notice_board
                                             ? "albo e sito"
                                             : "nel programma";
        line("- **{}** — a: {}; canale: {}{}", one.title,
             one.to == "party" ? "l'ente interessato" : role_title(one.to), channel,
             basis(one.legal_basis));
    }
}

void SheetWriter::migration() {
    if (!definition_.migration) {
        return;
    }
    section("Passaggio da versioni precedenti");
    line("- Dalla versione {}, con un atto di: {}", fmt::join(definition_.migration->from, " o "),
         role_titles(definition_.migration->by));
    for (const auto& [old_name, name] : definition_.migration->states) {
        line("  - lo stato «{}» diventa {}", readable_name(old_name),
             quote_state(definition_, name));
    }
    for (const Action& action : definition_.migration->actions) {
        line("  - {}", describe_action(kin_, action, check_title_));
    }
}

void SheetWriter::data() {
    if (definition_.fields.empty()) {
        return;
    }
    section("Dati");
    for (const auto& [name, field] : definition_.fields) {
        line("- **{}** (`{}`): {}{}", field.title, name, type_words(field),
             field.is_personal ? "; dato personale" : "");
    }
    for (std::size_t index = 0; index < field_lists_.size(); ++index) {
        std::vector<std::string> titles;
        for (const std::string& name : field_lists_[index]) {
            const auto* field = definition_.fields.find(name);
            titles.push_back(fmt::format("«{}»", field == nullptr ? name : field->title));
        }
        line("");
        line("**Elenco {}**: {}.", index + 1, join_quoted(titles, " e "));
    }
}

}  // namespace engine::definition
