// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/pages/act_effects.h"
#include "api/pages/act_form.h"
#include "api/pages/rows.h"
#include "api/pages/words.h"
#include "engine/base/names.h"

namespace api::pages {
namespace {

using engine::base::ErrorDetail;
using nlohmann::json;

json error_item(const std::string& url, const std::string& words, const std::string& sources) {
    return {{"indirizzo", url}, {"testo", words}, {"fonti", sources}};
}

/// The summary above the form: each mistake leads to its field.
json summary_json(const json& fields, const FormErrors& errors) {
    json list = json::array();
    for (const json& field : fields) {
        const std::string problem = field.at("errore").get<std::string>();
        if (!problem.empty()) {
            list.push_back(error_item("#" + field.at("primo").get<std::string>(),
                                      field.at("titolo").get<std::string>() + ": " + problem, ""));
        }
        if (field.contains("gruppo")) {
            for (json& item : summary_json(field.at("gruppo").at("campi_gruppo"), {})) {
                list.push_back(std::move(item));
            }
        }
    }
    for (const ErrorDetail& detail : errors.others) {
        list.push_back(error_item("", detail.message_it, sources_words(detail.legal_basis)));
    }
    if (list.empty() && !errors.heading.empty()) {
        list.push_back(error_item("", "Niente è stato registrato: controlla e riprova.", ""));
    }
    return list;
}

json extra_field(const std::string& name, const std::string& title, const std::string& help,
                 const FormErrors& errors) {
    const auto error = errors.fields.find(name);
    const std::string words = error == errors.fields.end() ? "" : error->second;
    return {{"id", name},
            {"name", name},
            {"primo", name},
            {"titolo", title},
            {"obbligatorio", false},
            {"marca", "facoltativo"},
            {"aiuto", help},
            {"errore", words},
            {"descritto", words.empty() ? name + "-aiuto" : name + "-aiuto " + name + "-errore"}};
}

json occurred_field(const FormData& sent, const FormErrors& errors) {
    json field = extra_field(
        kOccurredInput, "Quando è avvenuto, se prima di adesso",
        "Solo per ciò che è arrivato in altro modo (PEC, carta): i termini si giudicano con questo "
        "momento. Scrivi gg/mm/aaaa ore oo:mm.",
        errors);
    field["testo"] = {{"valore", sent.text(kOccurredInput)}, {"breve", true}};
    return field;
}

json initiative_field(const PageCall& page, const ActForm& form, const FormData& sent,
                      const FormErrors& errors) {
    json options = json::array();
    for (const std::string& id : form.initiatives) {
        options.push_back(
            {{"valore", id},
             {"testo_opzione", page.call.service.catalog().find_initiative(id)->title},
             {"scelta", sent.text(kInitiativeInput) == id}});
    }
    json field = extra_field(
        kInitiativeInput, "Iniziativa regionale di cui fa parte",
        "Da lì vengono termini e obiettivi. Lascia vuoto se non fa parte di nessuna.", errors);
    field["elenco"] = {{"opzioni", std::move(options)}};
    return field;
}

/// Every field of the page, required and not, for the summary.
json all_of(const json& required, const json& optional, const json& occurred) {
    json all = required;
    for (const json& field : optional) {
        all.push_back(field);
    }
    if (!occurred.is_null()) {
        all.push_back(occurred);
    }
    return all;
}

json base_json(const PageCall& page, const ActForm& form, const FormData& sent) {
    const std::string key = sent.text("chiave");
    return {{"procedimento", form.about},
            {"titolo", form.title},
            {"base", form.sources},
            {"azione", form.action},
            {"indietro", form.back},
            {"versione", form.version},
            {"stato", form.state},
            {"sigillo", session_seal(page.call.request)},
            // One key for one act, however many times it is sent.
            {"chiave", key.empty() ? engine::base::random_hex(page.site.random()) : key}};
}

json typed_json(const PageCall& page, const ActForm& form, const ActInput& input) {
    json rows = json::array();
    for (const FormField& field : form.fields) {
        const auto value = input.payload.find(field.name);
        if (value != input.payload.end()) {
            rows.push_back({{"nome", field.definition->title},
                            {"valore", field_words(*field.definition, value->second)}});
        }
    }
    if (!input.initiative.empty()) {
        rows.push_back(
            {{"nome", "Iniziativa regionale"},
             {"valore", page.call.service.catalog().find_initiative(input.initiative)->title}});
    }
    if (input.occurred_at) {
        rows.push_back({{"nome", "Avvenuto il"}, {"valore", instant_words(*input.occurred_at)}});
    }
    return rows;
}

json hidden_json(const FormData& sent) {
    json inputs = hidden_inputs(sent);
    for (const char* name : {kOccurredInput, kInitiativeInput}) {
        if (sent.contains(name)) {
            inputs.push_back({{"name", name}, {"valore", sent.text(name)}});
        }
    }
    return inputs;
}

/// The fields that are asked for before the others: required, or needed by some act.
std::vector<FormField> only(const std::vector<FormField>& fields, bool is_needed) {
    std::vector<FormField> kept;
    for (const FormField& field : fields) {
        if ((field.is_required || !field.needed.empty()) == is_needed) {
            kept.push_back(field);
        }
    }
    return kept;
}

bool is_due(const FormField& field) {
    return field.is_required || field.is_missing;
}

/// What is to be filled in, as it is: what is not required here may be by a later act.
std::string lead_words(const std::vector<FormField>& fields) {
    const auto some = [&fields](auto holds) {
        return std::any_of(fields.begin(), fields.end(), holds);
    };
    if (std::all_of(fields.begin(), fields.end(), is_due)) {
        return "Tutti i campi sono obbligatori.";
    }
    if (some([](const FormField& field) { return field.is_missing; })) {
        return "Senza i campi con scritto «manca» l'atto non si può fare: compilali.";
    }
    if (some(is_due)) {
        return "I campi sono obbligatori, salvo quelli con un'altra indicazione accanto.";
    }
    return some([](const FormField& field) { return !field.needed.empty(); })
               ? "Nessun campo è obbligatorio per quest'atto: compila quello che hai. Accanto ai "
                 "campi che mancano è scritto per quale atto servono."
               : "Nessun campo è obbligatorio per quest'atto: compila quello che hai.";
}

}  // namespace

Page form_page(const PageCall& page, const ActForm& form, const FormData& sent,
               const FormErrors& errors) {
    json required = form_json(only(form.fields, true), sent, form.present, errors.fields);
    json optional = form_json(only(form.fields, false), sent, form.present, errors.fields);
    if (!form.initiatives.empty()) {
        required.push_back(initiative_field(page, form, sent, errors));
    }
    const json occurred = form.may_have_occurred ? occurred_field(sent, errors) : json();
    json summary = summary_json(all_of(required, optional, occurred), errors);
    json data = base_json(page, form, sent);
    data["azione"] = form.action + "/controlla";
    data["passo"] = "controlla";
    data["bottone"] = "Controlla prima di confermare";
    data["ha_errori"] = !errors.empty();
    data["titolo_errori"] = errors.heading;
    data["errori"] = errors.empty() ? json() : std::move(summary);
    data["ha_campi"] = !form.fields.empty();
    data["guida"] = lead_words(form.fields);
    data["sezioni"] = sections_json(required);
    data["quanti_facoltativi"] = optional.size();
    data["ha_facoltativi"] = !optional.empty();
    // Nothing is hidden behind a lid when it is all there is, or when something in it is wrong.
    data["con_coperchio"] = std::any_of(form.fields.begin(), form.fields.end(), is_due);
    data["facoltativi_aperti"] = !errors.empty();
    data["sezioni_facoltative"] = sections_json(optional);
    data["avvenuto"] = occurred;
    data["attesa"] = form.awaited_json.empty() ? json() : json::parse(form.awaited_json);
    const std::string prefix = errors.empty() ? "" : "Errore: ";
    return {prefix + form.title, page.site.fill("atto", std::move(data)), form.crumbs,
            errors.empty() ? 200 : errors.status};
}

Page confirm_page(const PageCall& page, const ActForm& form, const FormData& sent,
                  const ActInput& input, const engine::definition::Branch* branch) {
    json rows = typed_json(page, form, input);
    json data = base_json(page, form, sent);
    data["controlla"] = form.action + "/controlla";
    data["ha_righe"] = !rows.empty();
    data["righe"] = std::move(rows);
    data["esiti"] = outcome_json(page, form, branch);
    data["nascosti"] = hidden_json(sent);
    data["si_modifica"] = !form.fields.empty() || !form.initiatives.empty();
    return {"Conferma: " + form.title, page.site.fill("conferma", std::move(data)), form.crumbs};
}

}  // namespace api::pages
