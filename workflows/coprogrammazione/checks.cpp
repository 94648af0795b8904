// SPDX-License-Identifier: EUPL-1.2
#include "workflows/coprogrammazione/checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/calendar/local_time.h"
#include "workflows/coprogrammazione/check_parts.h"

namespace workflows::coprogrammazione {

using engine::base::Fields;

std::string json_in(const Fields& fields, const std::string& name) {
    const auto found = fields.find(name);
    return found == fields.end() ? "" : found->second;
}

std::string json_of(const CheckContext& context, const std::string& name) {
    const std::string coming = json_in(context.payload, name);
    return coming.empty() ? json_in(context.facts.own.values, name) : coming;
}

std::string text_of(const CheckContext& context, const std::string& name) {
    return engine::base::read_text(json_of(context, name)).value_or("");
}

std::string text_in(const Fields& fields, const std::string& name) {
    return engine::base::read_text(json_in(fields, name)).value_or("");
}

Texts texts_of(const CheckContext& context, const std::string& name) {
    return engine::base::read_texts(json_of(context, name));
}

const Fields& parent_values(const CheckContext& context) {
    static const Fields kNone;
    return context.facts.parent ? context.facts.parent->values : kNone;
}

std::optional<engine::calendar::LegalDate> date_in(const Fields& fields, const std::string& name) {
    const auto moment = engine::calendar::parse_local_moment(text_in(fields, name));
    return moment ? std::optional(moment->date) : std::nullopt;
}

bool contains(const Texts& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool is_empty(const std::string& json) {
    return json.empty() || json == "null" || json == "\"\"" || json == "[]";
}

std::string title_of(const CheckContext& context, const std::string& field) {
    const auto* known = context.definition.fields.find(field);
    return known == nullptr ? field : known->title;
}

void require(const CheckContext& context, const std::string& field, const Texts& legal_basis,
             Findings& findings) {
    if (is_empty(json_of(context, field))) {
        findings.push_back(
            {field, fmt::format("Manca «{}».", title_of(context, field)), legal_basis});
    }
}

namespace {

void add_notice_checks(engine::machine::CheckLibrary& library) {
    library.add("obiettivi_ammessi", 1,
                {"gli obiettivi scelti sono tra quelli dell'iniziativa", check_objectives});
    library.add(
        "contenuti_minimi_avviso", 1,
        {"l'avviso ha tutti i contenuti dovuti e le date scritte sono giuste", check_notice});
    library.add("pubblicazione_completa", 1,
                {"l'avviso è pubblicato in tutte le sezioni dovute", check_publication});
    library.add(
        "malfunzionamento_proporzionato", 1,
        {"la proroga restituisce il tempo perduto per il malfunzionamento", check_malfunction});
    library.add("codice_fiscale_valido", 1,
                {"il codice fiscale dell'ente è formalmente valido", check_tax_code});
    library.add("momento_che_fa_fede", 1,
                {"la PEC è registrata nel momento che fa fede secondo l'avviso", check_moment});
}

void add_application_checks(engine::machine::CheckLibrary& library) {
    library.add("istanza_completa", 1, {"l'istanza è completa", check_application});
    library.add("requisiti_idonei", 1,
                {"l'ente risulta idoneo alla data di riferimento", check_eligible});
    library.add("requisiti_con_riserva", 1,
                {"dalla verifica non risulta che l'ente manchi del requisito", check_reserve});
    library.add("verifica_non_solo_assenza", 1,
                {"la verifica non si fonda sulla sola assenza da un elenco", check_not_absence});
    library.add(
        "requisiti_mancanti", 1,
        {"dalla verifica risulta che il requisito manca, o i motivi sono altri", check_lacking});
    library.add("motivi_ammessi", 1,
                {"i motivi sono quelli del preavviso o nascono dalle osservazioni", check_grounds});
    library.add("osservazioni_riscontrate", 1,
                {"ogni osservazione ha una risposta", check_observations});
    library.add("rimedi_indicati", 1,
                {"l'atto indica i rimedi, i termini e le autorità", check_remedies});
}

}  // namespace

void add_checks(engine::machine::CheckLibrary& library) {
    add_notice_checks(library);
    add_application_checks(library);
    library.add_computation("esito_requisiti", 1, compute_eligibility);
    library.add_computation("motivazione_requisiti", 1, compute_eligibility_reasons);
}

}  // namespace workflows::coprogrammazione
