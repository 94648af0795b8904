// SPDX-License-Identifier: EUPL-1.2
#include "workflows/coprogrammazione/checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/calendar/local_time.h"
#include "workflows/coprogrammazione/check_parts.h"
#include "workflows/coprogrammazione/table_checks.h"

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

const Fields& notice_values(const CheckContext& context) {
    return context.facts.root ? context.facts.root->values : parent_values(context);
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
                {"il messaggio è registrato nel momento che fa fede: per la PEC, secondo l'avviso",
                 check_moment});
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

void add_filing_checks(engine::machine::CheckLibrary& library) {
    library.add("momento_nel_termine", 1,
                {"il momento della presentazione è nel termine dell'avviso", check_moment_in_term});
    library.add("pec_nuova", 1, {"il messaggio PEC non è già registrato", check_new_pec});
    library.add("ricevuta_pertinente", 1,
                {"la ricevuta è di questa comunicazione", check_receipt_fits});
    library.add("ricevuta_gia_registrata", 1,
                {"la ricevuta è già stata registrata", check_receipt_known});
    library.add("poteri_di_firma", 1,
                {"chi ha firmato ne aveva i poteri quel giorno, o c'è la ratifica", check_powers});
    library.add(
        "requisito_ancora_dovuto", 1,
        {"il requisito va mantenuto fino a questo punto, secondo l'avviso", check_requirement_due});
    library.add("decorrenza_decadenza", 1,
                {"la decadenza ha effetto dal giorno della cancellazione", check_decay_day});
}

void add_network_checks(engine::machine::CheckLibrary& library) {
    library.add("membro_nuovo", 1, {"il membro non è già indicato", check_new_member});
    library.add("membro_della_rete", 1,
                {"il membro è tra quelli proposti di questa rete", check_known_member});
    library.add("accordo_in_regola", 1,
                {"la data dell'accordo è ammessa dall'avviso", check_agreement});
    library.add("partecipazione_unica", 1,
                {"l'ente non partecipa anche in un altro modo", check_single_part});
    library.add("ancora_partecipante", 1,
                {"l'ETS a cui il soggetto è legato partecipa, se l'avviso lo chiede",
                 check_anchor_takes_part});
    library.add("e_questo_ente", 1, {"l'atto riguarda questo ente", check_this_body});
}

void add_letter_parts(engine::machine::CheckLibrary& library) {
    library.add_computation("firma_lettera", 1, compute_signature);
    library.add_computation("righe_elementi_richiesti", 1, compute_asked_lines);
    library.add_computation("righe_motivi_preavviso", 1, compute_warned_lines);
    library.add_computation("righe_motivi_esclusione", 1, compute_excluded_lines);
    library.add_computation("righe_memorie", 1, compute_brief_lines);
    library.add_computation("osservazioni_e_risposte", 1, compute_answered_observations);
    library.add_computation("conclusione_prevista", 1, compute_expected_end);
}

}  // namespace

void add_checks(engine::machine::CheckLibrary& library) {
    add_notice_checks(library);
    add_table_checks(library);
    add_application_checks(library);
    add_filing_checks(library);
    add_network_checks(library);
    add_letter_parts(library);
    library.add_computation("esito_requisiti", 1, compute_eligibility);
    library.add_computation("motivazione_requisiti", 1, compute_eligibility_reasons);
    library.add_computation("istante_riconosciuto", 1, compute_recognised_instant);
    library.add_computation("giorno_riconosciuto", 1, compute_recognised_day);
    library.add_computation("giorni_nuova_ancora", 1, compute_anchor_days);
    library.add_computation("regola_capofila", 1, compute_lead_rule);
    library.add_computation("edizione_elenco", 1, compute_edition);
    library.add_computation("edizione_in_parole", 1, compute_edition_in_words);
}

}  // namespace workflows::coprogrammazione
