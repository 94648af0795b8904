// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/calendar/legal_date.h"
#include "engine/machine/check.h"

// What the checks of this folder share: how they read values, and the checks themselves, which only
// checks.cpp names. Fields are JSON texts; an absent one reads as empty.

namespace workflows::coprogrammazione {

using Findings = std::vector<engine::machine::CheckFinding>;
using Texts = std::vector<std::string>;
using engine::machine::CheckContext;

/// JSON text of a field; empty when it is absent.
std::string json_in(const engine::base::Fields& fields, const std::string& name);
/// Text of a field; empty when it is absent or no text.
std::string text_in(const engine::base::Fields& fields, const std::string& name);
/// The value as it will be after the act: what comes with it, else what is already there.
std::string json_of(const CheckContext& context, const std::string& name);
std::string text_of(const CheckContext& context, const std::string& name);
Texts texts_of(const CheckContext& context, const std::string& name);
/// The values of the procedure that the instance belongs to; none without a parent.
const engine::base::Fields& parent_values(const CheckContext& context);
/// The values of the procedure, from an application or from what is under one.
const engine::base::Fields& notice_values(const CheckContext& context);
/// The day of a field that holds a date or a moment.
std::optional<engine::calendar::LegalDate> date_in(const engine::base::Fields& fields,
                                                   const std::string& name);
bool contains(const Texts& texts, const std::string& text);
bool is_empty(const std::string& json);
/// The field's Italian title.
std::string title_of(const CheckContext& context, const std::string& field);
/// Adds a finding when the field has no value.
void require(const CheckContext& context, const std::string& field, const Texts& legal_basis,
             Findings& findings);

// The checks, by the name the definitions use. Pure; no findings means passed.

Findings check_objectives(const CheckContext& context);         ///< obiettivi_ammessi
Findings check_notice(const CheckContext& context);             ///< contenuti_minimi_avviso
Findings check_publication(const CheckContext& context);        ///< pubblicazione_completa
Findings check_malfunction(const CheckContext& context);        ///< malfunzionamento_proporzionato
Findings check_tax_code(const CheckContext& context);           ///< codice_fiscale_valido
Findings check_moment(const CheckContext& context);             ///< momento_che_fa_fede
Findings check_application(const CheckContext& context);        ///< istanza_completa
Findings check_eligible(const CheckContext& context);           ///< requisiti_idonei
Findings check_reserve(const CheckContext& context);            ///< requisiti_con_riserva
Findings check_not_absence(const CheckContext& context);        ///< verifica_non_solo_assenza
Findings check_lacking(const CheckContext& context);            ///< requisiti_mancanti
Findings check_grounds(const CheckContext& context);            ///< motivi_ammessi
Findings check_observations(const CheckContext& context);       ///< osservazioni_riscontrate
Findings check_remedies(const CheckContext& context);           ///< rimedi_indicati
Findings check_moment_in_term(const CheckContext& context);     ///< momento_nel_termine
Findings check_new_pec(const CheckContext& context);            ///< pec_nuova
Findings check_receipt_fits(const CheckContext& context);       ///< ricevuta_pertinente
Findings check_receipt_known(const CheckContext& context);      ///< ricevuta_gia_registrata
Findings check_powers(const CheckContext& context);             ///< poteri_di_firma
Findings check_requirement_due(const CheckContext& context);    ///< requisito_ancora_dovuto
Findings check_decay_day(const CheckContext& context);          ///< decorrenza_decadenza
Findings check_new_member(const CheckContext& context);         ///< membro_nuovo
Findings check_known_member(const CheckContext& context);       ///< membro_della_rete
Findings check_agreement(const CheckContext& context);          ///< accordo_in_regola
Findings check_single_part(const CheckContext& context);        ///< partecipazione_unica
Findings check_anchor_takes_part(const CheckContext& context);  ///< ancora_partecipante
Findings check_this_body(const CheckContext& context);          ///< e_questo_ente

// The computations. Pure; canonical JSON.

std::string compute_eligibility(const CheckContext& context);          ///< esito_requisiti
std::string compute_eligibility_reasons(const CheckContext& context);  ///< motivazione_requisiti
std::string compute_recognised_instant(const CheckContext& context);   ///< istante_riconosciuto
std::string compute_recognised_day(const CheckContext& context);       ///< giorno_riconosciuto
std::string compute_anchor_days(const CheckContext& context);          ///< giorni_nuova_ancora
std::string compute_lead_rule(const CheckContext& context);            ///< regola_capofila
std::string compute_edition(const CheckContext& context);              ///< edizione_elenco
std::string compute_edition_in_words(const CheckContext& context);     ///< edizione_in_parole
std::string compute_signature(const CheckContext& context);            ///< firma_lettera
std::string compute_asked_lines(const CheckContext& context);          ///< righe_elementi_richiesti
std::string compute_warned_lines(const CheckContext& context);         ///< righe_motivi_preavviso
std::string compute_excluded_lines(const CheckContext& context);       ///< righe_motivi_esclusione
std::string compute_brief_lines(const CheckContext& context);          ///< righe_memorie
std::string compute_answered_observations(
    const CheckContext& context);                               ///< osservazioni_e_risposte
std::string compute_expected_end(const CheckContext& context);  ///< conclusione_prevista

}  // namespace workflows::coprogrammazione
