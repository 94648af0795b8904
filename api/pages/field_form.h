// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "api/pages/form_data.h"
#include "engine/engine.h"

// Forms made from the JSON Schema of an act's fields. The schema is the only rule: what a browser
// sends is turned into JSON and judged by it, here as everywhere.

namespace api::pages {

/// A field of the form: its name in the data schema, and whether the act asks for it.
struct FormField {
    std::string name;
    const engine::definition::FieldDefinition* definition = nullptr;
    bool is_required = false;
    /// Beside the title of one that is not required: by which act it is ("serve per «Presenta»").
    /// Empty: "facoltativo", or nothing when it has a value.
    std::string needed = {};
    bool is_missing = false;                ///< this very act is refused without it
    std::vector<std::string> choices = {};  ///< the only values it may have; empty: any
    std::map<std::string, std::string> choice_titles =
        {};  ///< how they are called, besides `x-titles`
};

/// The fields that an event takes and may take, in the definition's order: the required first.
std::vector<FormField> form_fields(const engine::definition::WorkflowDefinition& definition,
                                   const std::vector<std::string>& takes,
                                   const std::vector<std::string>& may_take);

/// What is wrong, by field name: one sentence each.
using FieldErrors = std::map<std::string, std::string>;

/// The fields as the template `_campo` reads them:
/// `[{"id", "name", "titolo", "obbligatorio", "marca", "aiuto", "errore", "descritto", "primo",
/// KIND: {…}}]` where `primo` is the id to go to, and KIND one of `testo {valore, breve?, numero?}`
/// · `area {valore, righe}` · `scelta_una {opzioni}` · `elenco {opzioni}` · `scelte {opzioni}` ·
/// `gruppo {campi_gruppo}`; an option is `{"id_opzione", "valore", "testo_opzione", "scelta"}`.
/// A field that was sent shows what was sent, else the present value when it is not required.
nlohmann::json form_json(const std::vector<FormField>& fields, const FormData& sent,
                         const engine::base::Fields& present, const FieldErrors& errors);

/// Fields of form_json under the sections that their schemas name (`x-section`), in the order in
/// which those come first: `[{"titolo_sezione", "campi_sezione": [field]}]`. One without a title
/// for a form that is short, or of one section; what has no section is under "Altro".
nlohmann::json sections_json(const nlohmann::json& fields);

/// What was sent as fields of an act; a field left empty is absent. Adds to `errors` what cannot be
/// read, is missing, or what the schema refuses.
engine::base::Fields read_fields(const std::vector<FormField>& fields, const FormData& sent,
                                 FieldErrors& errors);

/// The inputs of a form as they were sent, to be sent again by the page that asks to confirm.
nlohmann::json hidden_inputs(const FormData& sent);

/// The name and the id of a field's input.
std::string input_name(const std::string& field);
std::string input_id(const std::string& field);

/// "16/05/2025" or "16/5/2025 ore 12:00" → `2025-05-16`, `2025-05-16T12:00`; also the ISO form.
/// Absent when it is no date.
std::optional<std::string> read_typed_moment(const std::string& text);

}  // namespace api::pages
