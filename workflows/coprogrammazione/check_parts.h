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

Findings check_objectives(const CheckContext& context);    ///< obiettivi_ammessi
Findings check_notice(const CheckContext& context);        ///< contenuti_minimi_avviso
Findings check_publication(const CheckContext& context);   ///< pubblicazione_completa
Findings check_malfunction(const CheckContext& context);   ///< malfunzionamento_proporzionato
Findings check_tax_code(const CheckContext& context);      ///< codice_fiscale_valido
Findings check_moment(const CheckContext& context);        ///< momento_che_fa_fede
Findings check_application(const CheckContext& context);   ///< istanza_completa
Findings check_eligible(const CheckContext& context);      ///< requisiti_idonei
Findings check_reserve(const CheckContext& context);       ///< requisiti_con_riserva
Findings check_not_absence(const CheckContext& context);   ///< verifica_non_solo_assenza
Findings check_lacking(const CheckContext& context);       ///< requisiti_mancanti
Findings check_grounds(const CheckContext& context);       ///< motivi_ammessi
Findings check_observations(const CheckContext& context);  ///< osservazioni_riscontrate
Findings check_remedies(const CheckContext& context);      ///< rimedi_indicati

// The computations. Pure; canonical JSON.

std::string compute_eligibility(const CheckContext& context);          ///< esito_requisiti
std::string compute_eligibility_reasons(const CheckContext& context);  ///< motivazione_requisiti

}  // namespace workflows::coprogrammazione
