// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "engine/calendar/local_time.h"
#include "workflows/coprogrammazione/check_parts.h"

// When an application was filed, by whom it could be signed, which receipts were already seen.

namespace workflows::coprogrammazione {
namespace {

using engine::base::Fields;
using engine::calendar::LegalDate;

std::optional<engine::base::Instant> stated_moment(const CheckContext& context) {
    const auto moment =
        engine::calendar::parse_instant(text_in(context.payload, "momento_presentazione"));
    return moment ? std::optional(*moment) : std::nullopt;
}

/// The day on which the signer had to have the powers: that of the signature, else of the filing.
std::optional<LegalDate> signature_day(const CheckContext& context) {
    const Fields& own = context.facts.own.values;
    const auto signed_on = date_in(own, "firmata_il");
    return signed_on ? signed_on : date_in(own, "data_presentazione");
}

/// Why the signer's powers are in doubt; empty when they are not.
std::string find_doubt_on_powers(const CheckContext& context) {
    const Fields& own = context.facts.own.values;
    const auto day = signature_day(context);
    const auto from = date_in(own, "mandato_dal");
    const auto until = date_in(own, "mandato_al");
    if (day && from && *day < *from) {
        return fmt::format("Alla firma, il {}, il mandato non era ancora cominciato (dal {}).",
                           engine::calendar::render_italian_date(*day),
                           engine::calendar::render_italian_date(*from));
    }
    if (day && until && *day > *until) {
        return fmt::format("Alla firma, il {}, il mandato era scaduto (il {}).",
                           engine::calendar::render_italian_date(*day),
                           engine::calendar::render_italian_date(*until));
    }
    const std::string outcome = text_of(context, "esito_poteri");
    return outcome.empty() || outcome == "confermati"
               ? ""
               : "I poteri di chi ha firmato non risultano nel giorno della firma.";
}

/// From which state of the procedure on the notice no longer asks for the requirement.
const Texts& states_without_requirement(const std::string& kept_until) {
    static const Texts kNone;
    static const Texts kAfterApproval{"sintesi_approvata", "conclusa_senza_unanimita", "concluso",
                                      "trasmesso", "follow_up"};
    static const Texts kAfterTables{"sintesi_in_bozza",  "sintesi_in_approvazione",
                                    "sintesi_approvata", "conclusa_senza_unanimita",
                                    "concluso",          "trasmesso",
                                    "follow_up"};
    if (kept_until == "conclusione_tavoli") {
        return kAfterTables;
    }
    return kept_until == "approvazione_sintesi" ? kAfterApproval : kNone;
}

}  // namespace

/// Legal: the notice (fa_fede); D.Lgs. 82/2005 artt. 45 and 48.
Findings check_moment_in_term(const CheckContext& context) {
    if (!context.payload.contains("momento_presentazione")) {
        return {};
    }
    const auto moment = stated_moment(context);
    const auto* term = context.facts.parent
                           ? context.facts.parent->record.find_deadline("termine_istanze")
                           : nullptr;
    if (moment && term != nullptr && term->bound && *moment < *term->bound) {
        return {};
    }
    return {{"momento_presentazione",
             "Il momento indicato non è nel termine dell'avviso: l'istanza resta tardiva.",
             {"Avviso", "D.Lgs. 82/2005 artt. 45 e 48"}}};
}

std::string compute_recognised_instant(const CheckContext& context) {
    const auto moment = stated_moment(context);
    return engine::base::render_text(moment ? engine::calendar::render_utc_instant(*moment) : "");
}

std::string compute_recognised_day(const CheckContext& context) {
    const auto moment = stated_moment(context);
    return engine::base::render_text(
        moment ? engine::calendar::render_legal_date(engine::calendar::legal_date_of(*moment))
               : "");
}

/// A receipt counts for the message it answers, whatever the order in which receipts come.
/// Legal: D.Lgs. 82/2005 art. 48.
Findings check_receipt_fits(const CheckContext& context) {
    const std::string expected =
        engine::base::read_text(json_in(context.params, "comunicazione")).value_or("");
    const std::string answered = text_in(context.payload, "comunicazione_riferita");
    if (answered.empty() || answered == expected) {
        return {};
    }
    return {{"comunicazione_riferita",
             "La ricevuta è di un'altra comunicazione: per questa non prova niente.",
             {"D.Lgs. 82/2005 art. 48"}}};
}

Findings check_receipt_known(const CheckContext& context) {
    const std::string receipt = text_in(context.payload, "identificativo_ricevuta");
    const Texts known =
        engine::base::read_texts(json_in(context.facts.own.values, "ricevute_registrate"));
    if (!receipt.empty() && contains(known, receipt)) {
        return {};
    }
    return {{"identificativo_ricevuta",
             "Questa ricevuta non è ancora stata registrata, e ora non si aspetta una ricezione.",
             {}}};
}

/// A message registered twice would have two numbers: each PEC enters once, by its identifier.
/// Legal: DPR 445/2000 art. 53.
Findings check_new_pec(const CheckContext& context) {
    const std::string message = text_in(context.payload, "identificativo_pec");
    const Texts known =
        engine::base::read_texts(json_in(context.facts.own.values, "pec_registrate"));
    if (message.empty() || !contains(known, message)) {
        return {};
    }
    return {{"identificativo_pec",
             "Questo messaggio PEC è già stato registrato: non ha un secondo numero.",
             {"DPR 445/2000 art. 53"}}};
}

/// Powers are those of the day of the signature: who was elected later changes nothing, who was no
/// longer in office needs a ratification.
/// Legal: c.c. artt. 1398 and 1399; D.Lgs. 82/2005 art. 65.
Findings check_powers(const CheckContext& context) {
    const std::string doubt = find_doubt_on_powers(context);
    const bool is_ratified = context.facts.own.record.find_document("ratifica") != nullptr;
    if (doubt.empty() || is_ratified) {
        return {};
    }
    return {{"esito_poteri",
             doubt + " Serve la ratifica di chi rappresenta l'ente: si chiede con il soccorso "
                     "istruttorio.",
             {"c.c. artt. 1398 e 1399", "L. 241/1990 art. 6"}}};
}

/// Legal: the notice says until when the requirement is to be kept; without it, until the end.
Findings check_requirement_due(const CheckContext& context) {
    if (text_of(context, "causa_decadenza") != "perdita_requisito") {
        return {};
    }
    const std::string until = text_in(notice_values(context), "requisito_mantenuto_fino_a");
    const std::string state =
        context.facts.parent ? context.facts.parent->record.instance.state : "";
    if (until != "ammissione" && !contains(states_without_requirement(until), state)) {
        return {};
    }
    return {{"causa_decadenza",
             "Secondo l'avviso il requisito a questo punto non serve più: la sua perdita non fa "
             "decadere.",
             {"Avviso"}}};
}

/// Legal: D.Lgs. 117/2017 artt. 48-50: a cancellation counts from the day it takes effect.
Findings check_decay_day(const CheckContext& context) {
    const auto from = date_in(context.payload, "decadenza_dal");
    const auto cancelled_on = date_in(context.facts.own.values, "cancellato_dal");
    const bool is_loss = text_of(context, "causa_decadenza") == "perdita_requisito";
    if (!from || !is_loss || !cancelled_on || *from == *cancelled_on) {
        return {};
    }
    return {{"decadenza_dal",
             fmt::format("La decadenza ha effetto dal giorno della cancellazione, {}.",
                         engine::calendar::render_italian_date(*cancelled_on)),
             {"D.Lgs. 117/2017 artt. 48-50"}}};
}

}  // namespace workflows::coprogrammazione
