// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "engine/calendar/term.h"
#include "workflows/coprogrammazione/check_parts.h"

// Parts of letters that a template cannot make by itself: who writes, lists one per line, the day
// by which an answer is due. Each gives the JSON text of one text.

namespace workflows::coprogrammazione {
namespace {

using engine::base::read_texts;
using engine::base::render_text;

/// The name of an office in the table "ats"; empty when the table does not have it.
std::string office_name(const CheckContext& context) {
    const auto table = context.definition.tables.find("ats");
    if (table == context.definition.tables.end()) {
        return "";
    }
    const auto fields = engine::base::parse_fields(table->second);
    const auto names = engine::base::parse_fields(fields ? json_in(*fields, "nomi") : "");
    return names ? text_in(*names, context.facts.own.record.instance.office) : "";
}

std::string list_lines(const Texts& texts) {
    std::string lines;
    for (const std::string& text : texts) {
        lines += fmt::format("{}- {}", lines.empty() ? "" : "\n", text);
    }
    return lines;
}

std::string list_field(const CheckContext& context, const char* field) {
    return render_text(list_lines(texts_of(context, field)));
}

/// The last day to decide an application whose term has not begun: it runs from the close.
std::optional<engine::calendar::LegalDate> expected_end(const CheckContext& context) {
    const auto* close = context.facts.parent
                            ? context.facts.parent->record.find_deadline("termine_istanze")
                            : nullptr;
    const auto days =
        engine::base::read_integer(json_in(notice_values(context), "giorni_conclusione"));
    if (close == nullptr || !close->due_date || !days) {
        return std::nullopt;
    }
    engine::calendar::TermRule rule;
    rule.from = engine::calendar::parse_legal_date(*close->due_date).value();
    rule.count = static_cast<int>(*days);
    for (const auto& law :
         engine::calendar::find_legal_suspensions("procedimenti_amministrativi")) {
        rule.suspensions.push_back(law.days);
    }
    const auto term = engine::calendar::compute_term(rule);
    return term ? std::optional(term->due_date) : std::nullopt;
}

}  // namespace

/// Who writes, on as many lines: the ATS, its unit, the person responsible.
/// Legal: L. 241/1990 artt. 5 c. 3 and 8 c. 2.
std::string compute_signature(const CheckContext& context) {
    const auto& notice = notice_values(context);
    const std::string office = office_name(context);
    std::string text = office.empty() ? "L'ATS" : office;
    if (const std::string unit = text_in(notice, "unita_organizzativa"); !unit.empty()) {
        text += "\n" + unit;
    }
    if (const std::string person = text_in(notice, "responsabile_del_procedimento");
        !person.empty()) {
        text += "\nResponsabile del procedimento: " + person;
    }
    return render_text(text);
}

std::string compute_asked_lines(const CheckContext& context) {
    return list_field(context, "elementi_richiesti");
}
std::string compute_warned_lines(const CheckContext& context) {
    return list_field(context, "motivi_preavviso");
}
std::string compute_excluded_lines(const CheckContext& context) {
    return list_field(context, "motivi_esclusione");
}
std::string compute_brief_lines(const CheckContext& context) {
    return list_field(context, "memorie");
}

/// Each observation with its answer, numbered. Legal: L. 241/1990 art. 10-bis.
std::string compute_answered_observations(const CheckContext& context) {
    const Texts points = texts_of(context, "osservazioni");
    const Texts answers = read_texts(json_in(context.payload, "riscontro_osservazioni"));
    std::string lines;
    for (std::size_t at = 0; at < points.size(); ++at) {
        lines += fmt::format("{}{}. Osservazione: {}\n   Risposta: {}", lines.empty() ? "" : "\n",
                             at + 1, points[at], at < answers.size() ? answers[at] : "");
    }
    return render_text(lines);
}

/// The day the receipt promises: the term that runs, else the one that will run from the close.
/// Legal: L. 241/1990 artt. 2 and 18-bis.
std::string compute_expected_end(const CheckContext& context) {
    const auto* running = context.facts.own.record.find_deadline("conclusione");
    if (running != nullptr && running->due_date) {
        return render_text(*running->due_date);
    }
    const auto end = expected_end(context);
    return render_text(end ? engine::calendar::render_legal_date(*end) : "");
}

}  // namespace workflows::coprogrammazione
