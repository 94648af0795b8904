// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "engine/base/codice_fiscale.h"
#include "engine/definition/sentences.h"
#include "engine/definition/value_titles.h"
#include "workflows/comuni/eligibility.h"
#include "workflows/coprogrammazione/check_parts.h"

namespace workflows::coprogrammazione {
namespace {

using comuni::EligibilityFinding;
using comuni::EligibilityOutcome;
using engine::base::Fields;
using engine::calendar::LegalDate;

bool has_document(const CheckContext& context, const std::string& name) {
    return context.facts.own.record.find_document(name) != nullptr;
}

void require_signature(const CheckContext& context, Findings& findings) {
    const std::string how = text_of(context, "modalita_sottoscrizione");
    const Texts basis{"D.Lgs. 82/2005 art. 65"};
    const auto* application = context.facts.own.record.find_document("istanza_firmata");
    if (how == "firma_digitale" && (application == nullptr || application->signed_by.empty())) {
        findings.push_back({"", "Manca l'istanza firmata digitalmente.", basis});
    }
    if (how == "autografa_con_documento" &&
        (application == nullptr || !has_document(context, "documento_identita"))) {
        findings.push_back(
            {"", "Mancano l'istanza firmata e la copia del documento di chi firma.", basis});
    }
    if (text_of(context, "qualita_firmatario") == "procuratore" &&
        !has_document(context, "procura")) {
        findings.push_back({"", "Manca la procura o delega di chi firma.", {}});
    }
}

void require_as_noticed(const CheckContext& context, Findings& findings) {
    const Fields& notice = notice_values(context);
    const Texts given = texts_of(context, "dichiarazioni");
    const auto* field = context.definition.fields.find("dichiarazioni");
    for (const std::string& one :
         engine::base::read_texts(json_in(notice, "dichiarazioni_richieste"))) {
        if (!contains(given, one)) {
            findings.push_back(
                {"dichiarazioni",
                 fmt::format(
                     "Manca la dichiarazione «{}».",
                     field == nullptr ? one : engine::definition::title_of_value(*field, one)),
                 {"Avviso"}});
        }
    }
    const Texts later = engine::base::read_texts(json_in(notice, "allegati_sanabili"));
    for (const std::string& one :
         engine::base::read_texts(json_in(notice, "allegati_obbligatori"))) {
        const auto* document = context.definition.documents.find(one);
        if (document != nullptr && !contains(later, one) && !has_document(context, one)) {
            findings.push_back(
                {"", fmt::format("Manca l'allegato «{}».", document->title), {"Avviso"}});
        }
    }
}

/// The notice's date, else the day of the last admitted moment; for a later list, the filing's day;
/// for the new anchor of a network's member, the day of the check: it is later than any term.
std::optional<LegalDate> reference_date_of(const CheckContext& context) {
    const Fields& own = context.facts.own.values;
    if (context.definition.machine == "membro_di_rete") {
        return context.facts.times.acted_on;
    }
    const bool is_late =
        !engine::base::read_flag(json_in(own, "presentata_in_tempo")).value_or(true);
    if (is_late && text_in(notice_values(context), "modalita_tardive") == "finestra_aperta") {
        return date_in(own, "data_presentazione");
    }
    if (auto declared = date_in(notice_values(context), "data_riferimento")) {
        return declared;
    }
    const auto* deadline = context.facts.parent
                               ? context.facts.parent->record.find_deadline("termine_istanze")
                               : nullptr;
    if (deadline == nullptr || !deadline->due_date) {
        return std::nullopt;
    }
    return engine::calendar::parse_legal_date(*deadline->due_date).value();
}

/// The eligibility of the evidence recorded by the officer; absent, with the reason, when it cannot
/// be evaluated yet.
std::optional<EligibilityFinding> evaluate(const CheckContext& context, Findings& findings) {
    const auto reference_date = reference_date_of(context);
    const Fields& own = context.facts.own.values;
    const auto source_date = date_in(own, "data_fonte");
    if (!reference_date || !source_date) {
        findings.push_back({"esito_fonte",
                            "I requisiti non sono ancora stati verificati.",
                            {"DPR 445/2000 art. 43"}});
        return std::nullopt;
    }
    const auto found = context.definition.tables.find("basi_di_ammissione");
    const auto finding = comuni::evaluate_eligibility(
        found == context.definition.tables.end() ? "" : found->second,
        {text_of(context, "base_verificata"), text_of(context, "esito_fonte"),
         text_of(context, "fonte_verifica"), *source_date, date_in(own, "iscritto_dal"),
         date_in(own, "cancellato_dal"), date_in(own, "domanda_runts_il"),
         date_in(own, "rifiuto_runts_il")},
        *reference_date);
    if (!finding) {
        findings.push_back({"base_verificata", finding.error().message_it, {}});
        return std::nullopt;
    }
    return *finding;
}

/// The notice accepts the basis that was verified. A cancellation (E11) is no basis of its own.
void require_accepted_basis(const CheckContext& context, Findings& findings) {
    const std::string basis = text_of(context, "base_verificata");
    if (basis == "E11") {
        return;
    }
    const Fields& notice = notice_values(context);
    const auto accepted = engine::base::read_texts(json_in(notice, "basi_ammesse"));
    if (!accepted.empty() && !contains(accepted, basis)) {
        findings.push_back({"base_verificata",
                            fmt::format("L'avviso non accetta la base {}.", basis),
                            {"Avviso"}});
    }
}

/// A minimum of months registered counts only where the notice sets it, and only for who is
/// registered: a network member needs the agreement and nothing else.
void require_months(const CheckContext& context, Findings& findings) {
    const std::string status = text_of(context, "esito_fonte");
    if (status != "iscritto" && status != "in_diffida") {
        return;
    }
    const auto months =
        engine::base::read_integer(json_in(notice_values(context), "mesi_minimi_iscrizione"));
    const auto registered_on = date_in(context.facts.own.values, "iscritto_dal");
    const auto reference_date = reference_date_of(context);
    if (months.value_or(0) == 0 || !reference_date) {
        return;
    }
    if (!registered_on) {
        findings.push_back({"iscritto_dal",
                            "Manca il giorno dell'iscrizione: l'avviso chiede un "
                            "minimo di mesi.",
                            {"Avviso"}});
        return;
    }
    auto day = registered_on->year_month_day() + std::chrono::months{static_cast<int>(*months)};
    if (!day.ok()) {
        day = day.year() / day.month() / std::chrono::last;
    }
    if (LegalDate{day} > *reference_date) {
        findings.push_back({"iscritto_dal",
                            fmt::format("L'ente non è iscritto da almeno {} mesi alla data di "
                                        "riferimento.",
                                        *months),
                            {"Avviso"}});
    }
}

/// The outcome in words that a body can read.
std::string_view outcome_in_words(EligibilityOutcome outcome) {
    switch (outcome) {
        case EligibilityOutcome::idonea: return "il requisito c'è";
        case EligibilityOutcome::con_riserva: return "il requisito è da confermare";
        case EligibilityOutcome::da_verificare: return "il requisito è da verificare";
        case EligibilityOutcome::non_idonea: return "il requisito manca";
    }
    return "";
}

/// The reasoning, or why there is none yet.
std::string explain(const EligibilityFinding& finding, const Findings& findings) {
    return findings.empty() ? finding.reasoning_it : findings.front().message_it;
}

}  // namespace

/// What a body files by itself is complete or is not filed; what reached the office another way is
/// registered as it is, and completed with the soccorso istruttorio.
/// Legal: L. 241/1990 art. 6; DPR 445/2000 art. 71; TAR Lombardia 778/2022; D.Lgs. 82/2005 art. 65.
Findings check_application(const CheckContext& context) {
    static const Texts kFields{
        "denominazione",           "sede_legale",        "pec",
        "legale_rappresentante",   "qualita_firmatario", "codice_fiscale_rappresentante",
        "modalita_sottoscrizione", "base_dichiarata",    "attivita_salute_mentale"};
    Findings findings;
    if (context.actor.role != "ets") {
        require(context, "denominazione", {}, findings);
        return findings;
    }
    for (const std::string& field : kFields) {
        require(context, field, {"Avviso"}, findings);
    }
    if (!engine::base::read_flag(json_of(context, "presa_visione_privacy")).value_or(false)) {
        findings.push_back({"presa_visione_privacy",
                            "Manca la presa visione dell'informativa.",
                            {"Reg. UE 2016/679 art. 13"}});
    }
    const std::string code = text_of(context, "codice_fiscale_rappresentante");
    if (!code.empty() && !engine::base::parse_tax_code(code)) {
        findings.push_back({"codice_fiscale_rappresentante",
                            "Il codice fiscale del legale rappresentante non è valido.",
                            {"DM 23/12/1976"}});
    }
    require_signature(context, findings);
    require_as_noticed(context, findings);
    return findings;
}

/// Legal: D.Lgs. 117/2017 artt. 4, 11, 54, 101; DGR XII/3824/2025 All. A § 2.
Findings check_eligible(const CheckContext& context) {
    Findings findings;
    const auto finding = evaluate(context, findings);
    if (!finding) {
        return findings;
    }
    if (finding->outcome != EligibilityOutcome::idonea) {
        findings.push_back({"esito_fonte",
                            fmt::format("Esito: {}. {}",
                                        engine::definition::readable_name(
                                            comuni::eligibility_outcome_name(finding->outcome)),
                                        finding->reasoning_it),
                            finding->legal_basis});
    }
    require_accepted_basis(context, findings);
    require_months(context, findings);
    return findings;
}

/// What is unclear is admitted with reserve; only what is known to be missing is not.
/// Legal: D.Lgs. 117/2017 artt. 4, 54, 101; L. 241/1990 art. 3.
Findings check_reserve(const CheckContext& context) {
    Findings findings;
    const auto finding = evaluate(context, findings);
    if (finding && finding->outcome == EligibilityOutcome::non_idonea) {
        findings.push_back({"esito_fonte",
                            fmt::format("Esito: non idonea. {}", finding->reasoning_it),
                            finding->legal_basis});
    }
    return findings;
}

/// Legal: L. 241/1990 artt. 6 and 18; DPR 445/2000 art. 43.
Findings check_not_absence(const CheckContext& context) {
    if (text_of(context, "esito_fonte") != "assente_dalla_fonte") {
        return {};
    }
    return {{"esito_fonte",
             "L'ente manca da un elenco, e questo non basta: va chiesta conferma a chi tiene il "
             "registro, oppure chiesta un'integrazione all'ente.",
             {"L. 241/1990 artt. 6 e 18", "DPR 445/2000 art. 43"}}};
}

/// Only what is known to be missing excludes: an unclear requirement is admitted with reserve. A
/// body may be excluded for something else, and then the act says so.
/// Legal: D.Lgs. 117/2017 artt. 4, 54, 101; L. 241/1990 artt. 3 and 6; rules.md §0 n. 4.
Findings check_lacking(const CheckContext& context) {
    if (engine::base::read_flag(json_of(context, "motivi_estranei_ai_requisiti")).value_or(false)) {
        return {};
    }
    Findings findings;
    const auto finding = evaluate(context, findings);
    if (!finding || finding->outcome == EligibilityOutcome::non_idonea) {
        return findings;
    }
    Findings limits;
    require_accepted_basis(context, limits);
    if (!is_empty(json_in(context.facts.own.values, "iscritto_dal"))) {
        require_months(context, limits);
    }
    if (!limits.empty()) {
        return {};
    }
    return {
        {"esito_fonte",
         fmt::format("Dalla verifica non risulta che il requisito manchi (esito: {}): si ammette "
                     "con riserva, o si dice che i motivi sono altri. {}",
                     comuni::eligibility_outcome_name(finding->outcome), finding->reasoning_it),
         finding->legal_basis}};
}

/// No new ground, unless it is a consequence of the observations. Legal: L. 241/1990 art. 10-bis.
Findings check_grounds(const CheckContext& context) {
    const Texts told = texts_of(context, "motivi_preavviso");
    const Texts born = engine::base::read_texts(json_in(context.payload, "motivi_da_osservazioni"));
    const bool has_observations = !texts_of(context, "osservazioni").empty();
    Findings findings;
    if (!born.empty() && !has_observations) {
        findings.push_back({"motivi_da_osservazioni",
                            "Non ci sono osservazioni da cui possano nascere altri motivi.",
                            {"L. 241/1990 art. 10-bis"}});
    }
    for (const std::string& ground :
         engine::base::read_texts(json_in(context.payload, "motivi_esclusione"))) {
        if (!contains(told, ground) && !contains(born, ground)) {
            findings.push_back({"motivi_esclusione",
                                fmt::format("Il motivo «{}» non era nel preavviso: si può addurre "
                                            "solo se nasce dalle osservazioni, e va detto.",
                                            ground),
                                {"L. 241/1990 art. 10-bis"}});
        }
    }
    return findings;
}

/// The norm is that of the act: L. 241/1990 art. 10-bis for an exclusion, art. 3 for what is
/// remarked on minutes or on the synthesis.
Findings check_observations(const CheckContext& context) {
    const std::size_t points = texts_of(context, "osservazioni").size();
    const std::size_t answers =
        engine::base::read_texts(json_in(context.payload, "riscontro_osservazioni")).size();
    if (answers >= points) {
        return {};
    }
    return {{"riscontro_osservazioni",
             fmt::format("Le osservazioni sono {} e le risposte {}: serve una risposta per "
                         "ciascuna, nello stesso ordine.",
                         points, answers),
             {}}};
}

/// Legal: L. 241/1990 art. 3 c. 4; D.Lgs. 104/2010 art. 29; DPR 1199/1971 art. 9.
Findings check_remedies(const CheckContext& context) {
    if (!context.payload.contains("rimedi")) {
        return {};
    }
    const Texts given = texts_of(context, "rimedi");
    Findings findings;
    if (!contains(given, "tar_lombardia_60_giorni")) {
        findings.push_back({"rimedi",
                            "Manca il ricorso al TAR Lombardia, entro 60 giorni.",
                            {"L. 241/1990 art. 3 c. 4", "D.Lgs. 104/2010 art. 29"}});
    }
    if (!contains(given, "ricorso_straordinario_120_giorni")) {
        findings.push_back({"rimedi",
                            "Manca il ricorso straordinario, entro 120 giorni.",
                            {"L. 241/1990 art. 3 c. 4", "DPR 1199/1971 art. 9"}});
    }
    return findings;
}

/// The outcome as it must be shown later: with the rules, the reference date and the evidence.
/// Keys: esito, base, titolo_base, motivazione, fondamento, versione_regole, data_riferimento
/// (absent when it is not known yet), prove (the officer's fields, as they were).
std::string compute_eligibility(const CheckContext& context) {
    using engine::base::render_text;
    Findings findings;
    const auto finding = evaluate(context, findings).value_or(EligibilityFinding{});
    Fields evidence;
    for (const char* field :
         {"esito_fonte", "fonte_verifica", "data_fonte", "iscritto_dal", "cancellato_dal",
          "domanda_runts_il", "rifiuto_runts_il", "note_verifica"}) {
        if (const auto json = json_of(context, field); !is_empty(json)) {
            evidence[field] = json;
        }
    }
    Fields answer{
        {"esito", render_text(comuni::eligibility_outcome_name(finding.outcome))},
        {"base", render_text(text_of(context, "base_verificata"))},
        {"titolo_base", render_text(finding.basis_title)},
        {"motivazione", render_text(explain(finding, findings))},
        {"fondamento", engine::base::render_texts(finding.legal_basis)},
        {"versione_regole", render_text(finding.table_version)},
        {"prove", engine::base::render_fields(evidence)},
    };
    if (const auto date = reference_date_of(context)) {
        answer["data_riferimento"] = render_text(engine::calendar::render_legal_date(*date));
    }
    return engine::base::render_fields(answer);
}

/// The outcome with its reasoning, for letters: also what the notice asks beside the basis.
/// Legal: L. 241/1990 art. 3.
std::string compute_eligibility_reasons(const CheckContext& context) {
    Findings findings;
    const auto finding = evaluate(context, findings);
    if (!finding) {
        return engine::base::render_text(explain({}, findings));
    }
    std::string text =
        fmt::format("{}. {}", outcome_in_words(finding->outcome), finding->reasoning_it);
    Findings limits;
    require_accepted_basis(context, limits);
    require_months(context, limits);
    for (const auto& limit : limits) {
        text += " " + limit.message_it;
    }
    return engine::base::render_text(text);
}

}  // namespace workflows::coprogrammazione
