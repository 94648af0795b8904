// SPDX-License-Identifier: EUPL-1.2
#include "workflows/coprogrammazione/table_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "workflows/coprogrammazione/table_parts.h"

namespace workflows::coprogrammazione {
namespace {

using engine::base::Fields;
using engine::machine::Relative;

const Texts& seated_states() {
    static const Texts kStates{"assegnata", "senza_delegato", "confermata",
                               "attiva",    "rappresentata",  "sospeso"};
    return kStates;
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

std::size_t count_in(const Relatives& relatives, std::string_view path, const Texts& states) {
    return static_cast<std::size_t>(std::count_if(
        relatives.begin(), relatives.end(),
        [&](const Relative& one) { return one.path == path && contains(states, one.state); }));
}

/// The tables that the notice planned were held and minuted, or the act says why not.
/// Legal: DM 72/2021 (minuted sessions); L. 241/1990 art. 3.
Findings check_tables_held(const CheckContext& context) {
    const auto& relatives = context.facts.descendants;
    const std::size_t planned = texts_of(context, "tavoli").size();
    const std::size_t held = count_in(relatives, "tavoli", {"chiuso"});
    const std::size_t minuted =
        count_in(relatives, "tavoli/sedute", {"verbale_approvato", "verbale_pubblicato"});
    if ((held >= planned && minuted > 0) || !is_empty(json_in(context.payload, "motivi_tavoli"))) {
        return {};
    }
    return {{"motivi_tavoli",
             fmt::format("Tavoli previsti dall'avviso: {}; chiusi: {}; sedute verbalizzate: {}. "
                         "Serve dire perché si chiude così.",
                         planned, held, minuted),
             {"DM 72/2021", "L. 241/1990 art. 3"}}};
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

/// Parameter `campo`: the field that names the body. Who was moved to another table, or lost its
/// title, has no word on these minutes any more; who gave up its seat or never came still has.
Findings check_at_table(const CheckContext& context) {
    const std::string field = param_of(context, "campo");
    const std::string party = text_in(context.payload, field);
    const auto& siblings = context.facts.siblings;
    const bool is_there = std::any_of(siblings.begin(), siblings.end(), [&](const Relative& one) {
        return one.path == "partecipazioni" && one.party == party &&
               !contains({"spostata", "cessata"}, one.state);
    });
    if (is_there) {
        return {};
    }
    return {{field,
             fmt::format("L'ente {} non è di questo tavolo: controlla il codice fiscale.", party),
             {}}};
}

/// Parameter `campo`: the body that will speak for this one. Who is represented itself, or gave up
/// its seat, speaks for nobody. Legal: c.c. art. 1717.
Findings check_sits_itself(const CheckContext& context) {
    const std::string field = param_of(context, "campo");
    const std::string party = text_in(context.payload, field);
    if (has_relative(context.facts.siblings, "partecipazioni", party,
                     {"assegnata", "senza_delegato", "confermata", "attiva"})) {
        return {};
    }
    return {{field,
             fmt::format("L'ente {} non siede da sé a questo tavolo: non può parlare per un altro.",
                         party),
             {"c.c. art. 1717"}}};
}

/// Parameter `termine`: an obligation. What was missed is due until it is done: a yearly report
/// handed in late is the report of one year, the oldest. Legal: L. 241/1990 art. 1.
Findings check_nothing_overdue(const CheckContext& context) {
    const std::string name = param_of(context, "termine");
    for (const auto& [key, deadline] : context.facts.own.record.deadlines) {
        if (key.name == name && deadline.status == engine::machine::DeadlineStatus::missed) {
            return {{"", "C'è ancora un adempimento mancato da recuperare.", {}}};
        }
    }
    return {};
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

void add_seat_checks(engine::machine::CheckLibrary& library) {
    library.add("ente_indicato", 1, {"l'atto riguarda questo ente", check_named});
    library.add("ente_ammesso", 1,
                {"l'ente è ammesso, o è membro attivo di una rete", check_admitted});
    library.add("ente_consultivo", 1, {"l'ente è ammesso con ruolo consultivo", check_consulted});
    library.add("ente_non_gia_al_tavolo", 1,
                {"l'ente non ha già un posto a questo tavolo", check_not_seated});
    library.add("ammessi_assegnati", 1,
                {"ogni ammesso ha un posto a un tavolo o vi ha rinunciato", check_all_assigned});
    library.add("tavoli_svolti", 1,
                {"i tavoli previsti si sono svolti, o si dice perché no", check_tables_held});
    library.add("delegati_nel_limite", 1,
                {"i delegati non sono più di quanti l'avviso ne ammette", check_delegates});
    library.add("ente_al_tavolo", 1, {"l'ente è di questo tavolo", check_at_table});
    library.add("ente_siede_da_se", 1,
                {"l'ente siede da sé al tavolo, e può rappresentarne un altro", check_sits_itself});
    library.add("presenti_del_tavolo", 1,
                {"gli enti presenti sono di questo tavolo", check_present_belong});
}

}  // namespace

void add_table_checks(engine::machine::CheckLibrary& library) {
    add_seat_checks(library);
    add_approval_checks(library);
    library.add("nulla_di_arretrato", 1,
                {"nessun adempimento mancato è ancora da recuperare", check_nothing_overdue});
    library.add("etichette_ammesse", 1,
                {"linee e obiettivi sono quelli dell'iniziativa", check_tags_known});
    library.add("etichette_presenti", 1,
                {"ci sono almeno una linea e un obiettivo", check_tags_present});
}

}  // namespace workflows::coprogrammazione
