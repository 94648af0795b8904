// SPDX-License-Identifier: EUPL-1.2
#include "workflows/coprogrammazione/table_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "workflows/coprogrammazione/check_parts.h"

namespace workflows::coprogrammazione {
namespace {

using engine::base::Fields;
using engine::machine::Relative;
using Relatives = std::vector<Relative>;

/// Whether some relative of the list belongs to the body and is in one of the states.
bool has_relative(const Relatives& relatives, std::string_view path, const std::string& party,
                  const Texts& states) {
    return std::any_of(relatives.begin(), relatives.end(), [&](const Relative& one) {
        return one.path == path && one.party == party && contains(states, one.state);
    });
}

bool is_listed(const Relatives& relatives, std::string_view path, const std::string& party) {
    return std::any_of(relatives.begin(), relatives.end(),
                       [&](const Relative& one) { return one.path == path && one.party == party; });
}

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

const Texts& seated_states() {
    static const Texts kStates{"assegnata", "senza_delegato", "confermata",
                               "attiva",    "rappresentata",  "sospeso"};
    return kStates;
}

bool is_entitled(const Relatives& relatives, const std::string& party) {
    return has_relative(relatives, "istanze", party, entitled_states()) ||
           has_relative(relatives, "istanze/membri", party, entitled_member_states());
}

std::string param_of(const CheckContext& context, const char* name) {
    return text_in(context.params, name);
}

/// The bodies that a field of the act names: one, or a list.
Texts bodies_in(const CheckContext& context, const std::string& field) {
    const std::string json = json_in(context.payload, field);
    return json.starts_with('[') ? engine::base::read_texts(json)
                                 : Texts{engine::base::read_text(json).value_or("")};
}

/// Parameter `campo`: the field of the act that must name this instance's body.
Findings check_named(const CheckContext& context) {
    const std::string field = param_of(context, "campo");
    if (contains(bodies_in(context, field), context.facts.own.record.instance.party)) {
        return {};
    }
    return {{field, "L'atto riguarda un altro ente.", {}}};
}

Findings check_admitted(const CheckContext& context) {
    const std::string party = text_in(context.payload, "codice_fiscale_ente");
    if (is_entitled(context.facts.siblings, party)) {
        return {};
    }
    return {{"codice_fiscale_ente",
             "L'ente non è tra gli ammessi, né tra i membri attivi di una rete: al tavolo siede "
             "chi è stato ammesso.",
             {"DGR XII/3824/2025 Allegato A § 2"}}};
}

Findings check_consulted(const CheckContext& context) {
    const std::string party = text_in(context.payload, "codice_fiscale_ente");
    if (has_relative(context.facts.siblings, "istanze", party, {"consultiva"})) {
        return {};
    }
    return {{"codice_fiscale_ente", "L'ente non è ammesso con ruolo consultivo.", {}}};
}

Findings check_not_seated(const CheckContext& context) {
    const std::string party = text_in(context.payload, "codice_fiscale_ente");
    if (!has_relative(context.facts.descendants, "partecipazioni", party, seated_states())) {
        return {};
    }
    return {{"codice_fiscale_ente", "L'ente ha già un posto a questo tavolo.", {}}};
}

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

/// Every admitted body has a place at a table, or has given it up.
/// Legal: D.Lgs. 117/2017 art. 55 c. 2 (shared enquiry: it is no selection).
Findings check_all_assigned(const CheckContext& context) {
    const auto& relatives = context.facts.descendants;
    Texts placed = seated_states();
    placed.insert(placed.end(), {"rinunciata", "conclusa", "conclusa_senza_presenze"});
    Findings findings;
    for (const Relative& one : relatives) {
        const bool is_admitted =
            (one.path == "istanze" && contains({"ammessa", "ammessa_con_riserva"}, one.state)) ||
            (one.path == "istanze/membri" && one.state == "attivo");
        if (is_admitted && !has_relative(relatives, "tavoli/partecipazioni", one.party, placed)) {
            findings.push_back({"",
                                fmt::format("L'ente {} è ammesso e non ha ancora un posto a un "
                                            "tavolo, né vi ha rinunciato.",
                                            one.party),
                                {"D.Lgs. 117/2017 art. 55 c. 2"}});
        }
    }
    return findings;
}

Findings check_delegates(const CheckContext& context) {
    const auto allowed =
        engine::base::read_integer(json_in(context.facts.own.values, "rappresentanti_per_ente"))
            .value_or(1);
    const auto given = static_cast<std::int64_t>(
        engine::base::read_texts(json_in(context.payload, "delegati")).size());
    if (given <= allowed) {
        return {};
    }
    return {{"delegati",
             fmt::format("L'avviso ammette {} per ente: qui sono {}.",
                         allowed == 1 ? "un delegato" : fmt::format("{} delegati", allowed), given),
             {"Avviso"}}};
}

Findings check_present_belong(const CheckContext& context) {
    Findings findings;
    for (const std::string& party :
         engine::base::read_texts(json_in(context.payload, "presenti"))) {
        if (!is_listed(context.facts.siblings, "partecipazioni", party)) {
            findings.push_back(
                {"presenti", fmt::format("L'ente {} non è di questo tavolo.", party), {}});
        }
    }
    return findings;
}

/// Legal: L. 241/1990 art. 3 (who asks or remarks is told why not).
Findings check_all_answered(const CheckContext& context) {
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
             {"L. 241/1990 art. 3"}}};
}

/// The two lists of tags, with the initiative's table that says which are allowed.
struct Tags {
    const char* field;
    const char* what;
};
constexpr Tags kTags[] = {{"linee", "linea di indirizzo"}, {"obiettivi", "obiettivo"}};

Texts keys_of(const Fields& parameters, const std::string& name) {
    Texts keys;
    if (const auto table = engine::base::parse_fields(json_in(parameters, name))) {
        for (const auto& [key, text] : *table) {
            keys.push_back(key);
        }
    }
    return keys;
}

/// Legal: DGR XII/3824/2025 All. A § 1: the eight outcomes can only be compared on the same words.
Findings check_tags_known(const CheckContext& context) {
    Findings findings;
    for (const Tags& tags : kTags) {
        const Texts known = keys_of(context.facts.initiative, tags.field);
        for (const std::string& tag : texts_of(context, tags.field)) {
            if (!known.empty() && !contains(known, tag)) {
                findings.push_back(
                    {tags.field,
                     fmt::format("{} non è tra quelli dell'iniziativa ({}).", tag, tags.what),
                     {"DGR XII/3824/2025 Allegato A § 1"}});
            }
        }
    }
    return findings;
}

Findings check_tags_present(const CheckContext& context) {
    Findings findings;
    for (const Tags& tags : kTags) {
        if (!keys_of(context.facts.initiative, tags.field).empty() &&
            texts_of(context, tags.field).empty()) {
            findings.push_back({tags.field,
                                fmt::format("Serve almeno una voce: {}.", tags.what),
                                {"DGR XII/3824/2025 Allegato A § 1"}});
        }
    }
    return findings;
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

void add_seat_checks(engine::machine::CheckLibrary& library) {
    library.add("ente_indicato", 1, {"l'atto riguarda questo ente", check_named});
    library.add("ente_ammesso", 1,
                {"l'ente è ammesso, o è membro attivo di una rete", check_admitted});
    library.add("ente_consultivo", 1, {"l'ente è ammesso con ruolo consultivo", check_consulted});
    library.add("ente_non_gia_al_tavolo", 1,
                {"l'ente non ha già un posto a questo tavolo", check_not_seated});
    library.add("titolo_perso", 1, {"l'ente ha perso il titolo a partecipare", check_title_lost});
    library.add("ente_mai_presente", 1,
                {"l'ente non è mai venuto ai tavoli e non ha contribuito", check_never_present});
    library.add("ammessi_assegnati", 1,
                {"ogni ammesso ha un posto a un tavolo o vi ha rinunciato", check_all_assigned});
    library.add("delegati_nel_limite", 1,
                {"i delegati non sono più di quanti l'avviso ne ammette", check_delegates});
    library.add("presenti_del_tavolo", 1,
                {"gli enti presenti sono di questo tavolo", check_present_belong});
}

}  // namespace

void add_table_checks(engine::machine::CheckLibrary& library) {
    add_seat_checks(library);
    library.add("riscontro_completo", 1, {"ogni osservazione ha una risposta", check_all_answered});
    library.add("etichette_ammesse", 1,
                {"linee e obiettivi sono quelli dell'iniziativa", check_tags_known});
    library.add("etichette_presenti", 1,
                {"ci sono almeno una linea e un obiettivo", check_tags_present});
    library.add("versione_in_approvazione", 1,
                {"la versione indicata è quella che ora si approva", check_version_asked});
    library.add("avviso_prevede", 1, {"l'avviso lo prevede", check_notice_says});
    library.add_computation("esito_giro", 1, compute_round);
}

}  // namespace workflows::coprogrammazione
