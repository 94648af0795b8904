// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "workflows/coprogrammazione/check_parts.h"

// Networks: who is in one, who is in two, what the notice says of them. And the dated list of those
// who take part. Only bodies are looked at here, by their tax codes.

namespace workflows::coprogrammazione {
namespace {

using engine::machine::Relative;

constexpr const char* kApplications = "istanze";
constexpr const char* kMembers = "istanze/membri";

/// States in which an application counts as taking part, or asking to.
bool is_live_application(const Relative& one) {
    static const Texts kStates{"presentata",         "in_verifica",  "richiesta_inviata",
                               "soccorso",           "in_preavviso", "preavviso_inviato",
                               "in_decisione",       "ammessa",      "ammessa_con_riserva",
                               "decadenza_adottata", "in_decadenza"};
    return one.path == kApplications && contains(kStates, one.state);
}

bool is_live_member(const Relative& one) {
    static const Texts kStates{"verificato", "attivo", "sospeso", "nuova_ancora_da_verificare"};
    return one.path == kMembers && contains(kStates, one.state);
}

/// A member of this very application, as it is seen from it.
const Relative* find_member(const CheckContext& context, const std::string& code) {
    const auto& all = context.facts.descendants;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Relative& one) {
        return one.path == "membri" && one.party == code && !one.is_final;
    });
    return found == all.end() ? nullptr : &*found;
}

/// Another way in which the body takes part; empty when there is none.
std::string find_other_part(const CheckContext& context, const std::string& code,
                            bool counts_applications) {
    const auto& own = context.facts.own.record.instance;
    for (const Relative& one : context.facts.siblings) {
        if (one.party != code) {
            continue;
        }
        if (counts_applications && one.id != own.id && is_live_application(one)) {
            return "con un'istanza propria";
        }
        if (is_live_member(one) && one.parent != own.id) {
            return "come membro di un'altra rete";
        }
    }
    return "";
}

Findings refuse_double(const std::string& field, const std::string& code,
                       const std::string& other) {
    return {{field,
             fmt::format("L'ente {} partecipa già {}: l'avviso vieta la doppia partecipazione. Gli "
                         "si chiede di scegliere.",
                         code, other),
             {"Avviso (doppia partecipazione)"}}};
}

/// The bodies that take part, by their role: tax codes only, no person's data.
struct Edition {
    std::set<std::string> admitted;
    std::set<std::string> with_reserve;
    std::set<std::string> consulted;
    std::set<std::string> members;
};

/// On the day of the act. Who is in decadenza keeps its place until the act has its effect.
Edition read_edition(const CheckContext& context) {
    Edition edition;
    for (const Relative& one : context.facts.siblings) {
        if (one.path == kMembers && one.state == "attivo") {
            edition.members.insert(one.party);
        }
        if (one.path != kApplications) {
            continue;
        }
        if (one.state == "ammessa" || one.state == "in_decadenza" ||
            one.state == "decadenza_adottata") {
            edition.admitted.insert(one.party);
        } else if (one.state == "ammessa_con_riserva") {
            edition.with_reserve.insert(one.party);
        } else if (one.state == "consultiva") {
            edition.consulted.insert(one.party);
        }
    }
    return edition;
}

std::string say_codes(const std::set<std::string>& codes) {
    return codes.empty() ? "nessuno" : fmt::format("{}", fmt::join(codes, " "));
}

std::string render_codes(const std::set<std::string>& codes) {
    return engine::base::render_texts({codes.begin(), codes.end()});
}

}  // namespace

Findings check_new_member(const CheckContext& context) {
    const std::string code = text_in(context.payload, "codice_fiscale_membro");
    if (code.empty()) {
        return {};
    }
    if (code == context.facts.own.record.instance.party) {
        return {{"codice_fiscale_membro", "L'ente non può essere membro della propria rete.", {}}};
    }
    if (find_member(context, code) != nullptr) {
        return {{"codice_fiscale_membro", "Questo membro è già indicato.", {}}};
    }
    return {};
}

Findings check_known_member(const CheckContext& context) {
    const std::string code = text_in(context.payload, "codice_fiscale_membro");
    if (code.empty()) {
        return {};
    }
    const Relative* member = find_member(context, code);
    if (member != nullptr && (member->state == "proposto" || member->state == "preavvisato")) {
        return {};
    }
    return {{"codice_fiscale_membro",
             "Non è tra i membri proposti di questa rete, o è già verificato.",
             {}}};
}

/// The act fixes neither form nor date of the agreement: a later one is good, unless the notice
/// says otherwise. Legal: DGR XII/3824/2025 All. A § 2; L. 241/1990 art. 6.
Findings check_agreement(const CheckContext& context) {
    const auto date = date_in(context.payload, "data_accordo_membro");
    const auto* term = context.facts.parent
                           ? context.facts.parent->record.find_deadline("termine_istanze")
                           : nullptr;
    const bool is_strict = text_in(notice_values(context), "accordo_dopo_termine") == "non_ammesso";
    if (!date || !is_strict || term == nullptr || !term->due_date) {
        return {};
    }
    if (*date <= engine::calendar::parse_legal_date(*term->due_date).value()) {
        return {};
    }
    return {{"data_accordo_membro",
             "L'accordo è stato firmato dopo la scadenza, e l'avviso non lo ammette.",
             {"Avviso (accordo di rete)"}}};
}

/// Parameter `di`: "ente" (the applicant is in nobody else's network) or "membro" (the one named by
/// the act takes part in no other way). Legal: the notice (doppia_partecipazione).
Findings check_single_part(const CheckContext& context) {
    const bool is_member =
        engine::base::read_text(json_in(context.params, "di")).value_or("") == "membro";
    const std::string code = is_member ? text_in(context.payload, "codice_fiscale_membro")
                                       : context.facts.own.record.instance.party;
    if (code.empty()) {
        return {};
    }
    const std::string other = find_other_part(context, code, is_member);
    return other.empty() ? Findings{}
                         : refuse_double(is_member ? "codice_fiscale_membro" : "", code, other);
}

/// Only where the notice asks for it: the DGR does not. Legal: DGR XII/3824/2025 All. A § 2.
Findings check_anchor_takes_part(const CheckContext& context) {
    const bool is_asked =
        engine::base::read_flag(json_in(notice_values(context), "ancora_partecipante"))
            .value_or(false);
    if (!is_asked || text_of(context, "base_verificata") != "E8") {
        return {};
    }
    const std::string code = text_of(context, "codice_fiscale_ancora");
    const auto& all = context.facts.siblings;
    const bool takes_part = std::any_of(all.begin(), all.end(), [&](const Relative& one) {
        return one.path == kApplications && one.party == code &&
               (one.state == "ammessa" || one.state == "ammessa_con_riserva");
    });
    if (!code.empty() && takes_part) {
        return {};
    }
    return {{"codice_fiscale_ancora",
             code.empty() ? "Manca il codice fiscale dell'ETS a cui il soggetto è legato."
                          : "L'ETS a cui il soggetto è legato non è tra gli ammessi: l'avviso lo "
                            "chiede.",
             {"Avviso"}}};
}

/// Parameter `campo`: the field of the act that names a body.
Findings check_this_body(const CheckContext& context) {
    const std::string field =
        engine::base::read_text(json_in(context.params, "campo")).value_or("");
    if (text_in(context.payload, field) == context.facts.own.record.instance.party) {
        return {};
    }
    return {{field, "L'atto riguarda un altro ente.", {}}};
}

/// Thirty days unless the notice says otherwise: an organisational choice, no term of law.
std::string compute_anchor_days(const CheckContext& context) {
    constexpr std::int64_t kDefaultDays = 30;
    return engine::base::render_integer(
        engine::base::read_integer(json_in(notice_values(context), "giorni_nuova_ancora"))
            .value_or(kDefaultDays));
}

/// What happens to the members when their lead withdraws; the mildest rule unless the notice says.
std::string compute_lead_rule(const CheckContext& context) {
    const std::string rule = text_in(notice_values(context), "ritiro_capofila");
    return engine::base::render_text(rule.empty() ? "sostituzione" : rule);
}

/// Keys: data (YYYY-MM-DD), ammessi, con_riserva, consultivi, membri (tax codes in order).
std::string compute_edition(const CheckContext& context) {
    const Edition edition = read_edition(context);
    return engine::base::render_fields(
        {{"data", engine::base::render_text(
                      engine::calendar::render_legal_date(context.facts.times.acted_on))},
         {"ammessi", render_codes(edition.admitted)},
         {"con_riserva", render_codes(edition.with_reserve)},
         {"consultivi", render_codes(edition.consulted)},
         {"membri", render_codes(edition.members)}});
}

/// The same in one line, for the notice board.
std::string compute_edition_in_words(const CheckContext& context) {
    const Edition edition = read_edition(context);
    return engine::base::render_text(fmt::format(
        "Edizione del {} · ammessi: {} · con riserva: {} · ruolo consultivo: {} · membri di rete: "
        "{}",
        engine::calendar::render_italian_date(context.facts.times.acted_on),
        say_codes(edition.admitted), say_codes(edition.with_reserve), say_codes(edition.consulted),
        say_codes(edition.members)));
}

}  // namespace workflows::coprogrammazione
