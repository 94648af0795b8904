// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>

#include "workflows/coprogrammazione/table_parts.h"

namespace workflows::coprogrammazione {
namespace {

using engine::base::Fields;
using engine::machine::Relative;

/// States in which an application still gives its body a place: until a decadenza takes effect it
/// has none. Legal: L. 241/1990 art. 21-bis.
const Texts& entitled_states() {
    static const Texts kStates{"ammessa", "ammessa_con_riserva", "in_decadenza",
                               "decadenza_adottata"};
    return kStates;
}

/// A member whose anchor is lost keeps its place until the term to find another is over.
const Texts& entitled_member_states() {
    static const Texts kStates{"attivo", "sospeso", "nuova_ancora_da_verificare"};
    return kStates;
}

}  // namespace

bool has_relative(const Relatives& relatives, std::string_view path, const std::string& party,
                  const Texts& states) {
    return std::any_of(
        relatives.begin(), relatives.end(), [&](const engine::machine::Relative& one) {
            return one.path == path && one.party == party && contains(states, one.state);
        });
}

bool is_listed(const Relatives& relatives, std::string_view path, const std::string& party) {
    return std::any_of(relatives.begin(), relatives.end(),
                       [&](const engine::machine::Relative& one) {
                           return one.path == path && one.party == party;
                       });
}

bool is_entitled(const Relatives& relatives, const std::string& party) {
    return has_relative(relatives, "istanze", party, entitled_states()) ||
           has_relative(relatives, "istanze/membri", party, entitled_member_states());
}

std::string param_of(const CheckContext& context, const char* name) {
    return text_in(context.params, name);
}

namespace {

/// Parameters `campo` (names the body). Only who has lost the title goes off: not who dissents, not
/// who is silent, not a public body that the act itself named.
Findings check_title_lost(const CheckContext& context) {
    const std::string field = param_of(context, "campo");
    const std::string party = text_in(context.payload, field);
    const auto& siblings = context.facts.siblings;
    const bool is_applicant =
        is_listed(siblings, "istanze", party) || is_listed(siblings, "istanze/membri", party);
    if (is_applicant && !is_entitled(siblings, party)) {
        return {};
    }
    return {{field,
             is_applicant ? "L'ente è ancora ammesso: non si toglie dall'elenco chi dissente o "
                            "tace. Prima va concluso, con il suo atto, ciò che gli fa perdere il "
                            "titolo."
                          : "Questo ente non ha presentato un'istanza: non si toglie con questo "
                            "atto.",
             {"L. 241/1990 artt. 3 e 21-bis"}}};
}

/// Legal: the notice (a declared rule on absences), never by itself.
Findings check_never_present(const CheckContext& context) {
    const std::string party = text_in(context.payload, "approvatore");
    const auto& siblings = context.facts.siblings;
    const bool was_there = has_relative(siblings, "tavoli/partecipazioni", party,
                                        {"attiva", "rappresentata", "conclusa"});
    const bool has_written =
        has_relative(siblings, "contributi", party,
                     {"ricevuta", "in_quarantena", "moderata", "discussa", "accolta",
                      "accolta_in_parte", "non_accolta", "rinviata", "non_usabile"});
    if (!was_there && !has_written) {
        return {};
    }
    return {{"approvatore",
             was_there ? "L'ente è stato presente, o rappresentato, ad almeno una seduta."
                       : "L'ente ha contribuito per iscritto: è un soggetto coinvolto.",
             {"DGR XII/3824/2025 Allegato A § 2"}}};
}

/// Who approves says which version: an answer to another one is no answer.
Findings check_version_asked(const CheckContext& context) {
    const std::string given = text_in(context.payload, "impronta");
    if (!given.empty() && given == text_in(parent_values(context), "impronta")) {
        return {};
    }
    return {{"impronta",
             "La versione indicata non è quella che ora si approva: va letta quella nuova, e "
             "indicata la sua impronta.",
             {"DGR XII/3824/2025 Allegato A § 2"}}};
}

/// Parameters: `campo`, a list that the notice declares; `voce`, what it must contain.
Findings check_notice_says(const CheckContext& context) {
    const std::string item = param_of(context, "voce");
    const std::string field = param_of(context, "campo");
    const bool is_own = context.definition.fields.contains(field);
    const Fields& notice = is_own ? context.facts.own.values : parent_values(context);
    if (contains(engine::base::read_texts(json_in(notice, field)), item)) {
        return {};
    }
    return {{field, fmt::format("L'avviso non lo prevede: {}.", item), {"Avviso"}}};
}

/// Who approves is said body by body: the notice says whether public bodies do, the act says which.
/// Legal: DGR XII/3824/2025 All. A § 2 ("tutti i soggetti coinvolti": not said of public bodies).
Findings check_public_named(const CheckContext& context) {
    const char* field = "enti_pubblici_approvatori";
    const Texts named = engine::base::read_texts(json_in(context.payload, field));
    const bool is_due = contains(texts_of(context, "approvatori"), "enti_pubblici");
    Findings findings;
    if (is_due != !named.empty()) {
        findings.push_back({field,
                            is_due ? "L'avviso dice che approvano anche gli enti pubblici: vanno "
                                     "nominati a uno a uno."
                                   : "L'avviso non dice che gli enti pubblici approvano la "
                                     "sintesi: sono ascoltati.",
                            {"Avviso"}});
    }
    const auto& relatives = context.facts.descendants;
    for (const std::string& body : named) {
        if (!is_listed(relatives, "tavoli/partecipazioni", body) ||
            is_listed(relatives, "istanze", body)) {
            findings.push_back(
                {field,
                 fmt::format("L'ente {} non siede ai tavoli come ente pubblico.", body),
                 {}});
        }
    }
    return findings;
}

/// The numbers of a round. Who is silent stays silent, whatever the notice makes of it.
struct Count {
    int approving = 0;
    int with_remarks = 0;
    int against = 0;
    int silent = 0;
    int waiting = 0;
    int removed = 0;

    int required() const { return approving + with_remarks + against + silent + waiting; }
};

Count count_answers(const Relatives& relatives) {
    Count count;
    for (const Relative& one : relatives) {
        if (one.path != "risposte") {
            continue;
        }
        int& kind = one.state == "approva"                    ? count.approving
                    : one.state == "approva_con_osservazioni" ? count.with_remarks
                    : one.state == "non_approva"              ? count.against
                    : one.state == "silente"                  ? count.silent
                    : one.state == "tolta"                    ? count.removed
                                                              : count.waiting;
        ++kind;
    }
    return count;
}

/// Keys: richiesti, approvano, approvano_con_osservazioni, non_approvano, silenti, in_attesa,
/// tolti, da_tutti, maggioranza, regola_approvazione, regola_silenzio, frase (Italian).
std::string compute_round(const CheckContext& context) {
    using engine::base::render_flag;
    using engine::base::render_integer;
    using engine::base::render_text;
    const Fields& notice = parent_values(context);
    const Count count = count_answers(context.facts.descendants);
    const int yes = count.approving + count.with_remarks;
    const bool is_assent = text_in(notice, "regola_silenzio") == "assenso_dichiarato";
    const bool by_majority = text_in(notice, "regola_approvazione") == "maggioranza_con_dissenso";
    const int counted = yes + (is_assent ? count.silent : 0);
    const bool has_majority = 2 * counted > count.required();
    const bool by_all = yes > 0 && yes == count.required();
    std::string sentence = fmt::format(
        "Su {} approvatori {} approvano ({} con osservazioni), {} non approvano, {} tacciono.",
        count.required(), yes, count.with_remarks, count.against, count.silent);
    if (by_all) {
        sentence += " La sintesi è approvata da tutti.";
    } else {
        sentence += " La sintesi non è approvata da tutti.";
        if (count.silent > 0) {
            sentence += is_assent ? " L'avviso dà al silenzio valore di assenso: qui resta contato "
                                    "e mostrato come silenzio."
                                  : " L'avviso non dà al silenzio alcun valore.";
        }
        if (by_majority) {
            sentence += has_majority ? " La maggioranza che l'avviso chiede c'è."
                                     : " La maggioranza che l'avviso chiede non c'è.";
        }
    }
    return engine::base::render_fields({
        {"richiesti", render_integer(count.required())},
        {"approvano", render_integer(yes)},
        {"approvano_con_osservazioni", render_integer(count.with_remarks)},
        {"non_approvano", render_integer(count.against)},
        {"silenti", render_integer(count.silent)},
        {"in_attesa", render_integer(count.waiting)},
        {"tolti", render_integer(count.removed)},
        {"da_tutti", render_flag(by_all)},
        {"maggioranza", render_flag(has_majority)},
        {"regola_approvazione", render_text(text_in(notice, "regola_approvazione"))},
        {"regola_silenzio", render_text(text_in(notice, "regola_silenzio"))},
        {"frase", render_text(sentence)},
    });
}

}  // namespace

void add_approval_checks(engine::machine::CheckLibrary& library) {
    library.add("titolo_perso", 1, {"l'ente ha perso il titolo a partecipare", check_title_lost});
    library.add("ente_mai_presente", 1,
                {"l'ente non è mai venuto ai tavoli e non ha contribuito", check_never_present});
    library.add("versione_in_approvazione", 1,
                {"la versione indicata è quella che ora si approva", check_version_asked});
    library.add("enti_pubblici_nominati", 1,
                {"gli enti pubblici che approvano sono nominati, se l'avviso lo prevede",
                 check_public_named});
    library.add("avviso_prevede", 1, {"l'avviso lo prevede", check_notice_says});
    library.add_computation("esito_giro", 1, compute_round);
}

}  // namespace workflows::coprogrammazione
