// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/base/codice_fiscale.h"
#include "engine/calendar/local_time.h"
#include "workflows/coprogrammazione/check_parts.h"

namespace workflows::coprogrammazione {
namespace {

using engine::calendar::LegalDate;

/// The keys of a table of the initiative ("O1" … "O7"); empty without one.
Texts codes_of(const CheckContext& context, const std::string& parameter) {
    const auto table = engine::base::parse_fields(json_in(context.facts.initiative, parameter));
    Texts codes;
    if (table) {
        for (const auto& [code, text] : *table) {
            codes.push_back(code);
        }
    }
    return codes;
}

constexpr std::array kMonths{"gennaio", "febbraio", "marzo",     "aprile",  "maggio",   "giugno",
                             "luglio",  "agosto",   "settembre", "ottobre", "novembre", "dicembre"};

Texts split_words(std::string_view text) {
    Texts words(1);
    for (const char letter : text) {
        if (std::string_view(" ,;.:()«»\n\t").find(letter) == std::string_view::npos) {
            words.back() +=
                letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    return words;
}

/// The date of "12 settembre 2025" in three words; absent when they are no date.
std::optional<LegalDate> read_written_date(const Texts& words, std::size_t at) {
    if (at + 2 >= words.size() || words[at].empty() || words[at].size() > 2) {
        return std::nullopt;
    }
    const auto* month = std::find(kMonths.begin(), kMonths.end(), words[at + 1]);
    if (month == kMonths.end()) {
        return std::nullopt;
    }
    const std::string day = words[at].size() == 1 ? "0" + words[at] : words[at];
    const auto date = engine::calendar::parse_legal_date(
        fmt::format("{}-{:02}-{}", words[at + 2], month - kMonths.begin() + 1, day));
    return date ? std::optional(*date) : std::nullopt;
}

/// «giovedì 12 settembre 2025» was a Friday: notices are published with such mistakes.
void lint_weekdays(const CheckContext& context, const std::string& field, Findings& findings) {
    const Texts words = split_words(text_of(context, field));
    for (std::size_t at = 0; at + 3 < words.size(); ++at) {
        const auto date = read_written_date(words, at + 1);
        const bool is_weekday =
            words[at].ends_with("ì") || words[at] == "sabato" || words[at] == "domenica";
        if (!date || !is_weekday) {
            continue;
        }
        const auto right = engine::calendar::italian_weekday(date->weekday());
        if (words[at] != right) {
            findings.push_back(
                {field,
                 fmt::format("In «{}»: «{} {} {} {}» è {}.", title_of(context, field), words[at],
                             words[at + 1], words[at + 2], words[at + 3], right),
                 {}});
        }
    }
}

/// Each guideline of the initiative has its line, "L1: …".
void require_guidelines(const CheckContext& context, Findings& findings) {
    const Texts answers = texts_of(context, "riscontro_linee");
    for (const std::string& code : codes_of(context, "linee")) {
        const bool is_answered =
            std::any_of(answers.begin(), answers.end(), [&](const std::string& answer) {
                return answer.starts_with(code + ":") && answer.size() > code.size() + 2;
            });
        if (!is_answered) {
            findings.push_back({"riscontro_linee",
                                fmt::format("L'avviso non dice come tiene conto della linea di "
                                            "indirizzo {}: aggiungere «{}: …».",
                                            code, code),
                                {"DGR XII/3824/2025 Allegato A §§ 1 e 2"}});
        }
    }
}

std::optional<engine::base::Instant> instant_of(const CheckContext& context,
                                                const std::string& field) {
    const auto instant = engine::calendar::parse_instant(text_of(context, field));
    return instant ? std::optional(*instant) : std::nullopt;
}

/// The six items of a notice. Legal: DM 72/2021.
const Texts& six_items() {
    static const Texts kFields{"oggetto",
                               "requisiti_partecipanti",
                               "modalita_presentazione",
                               "modalita_svolgimento",
                               "modalita_conclusione",
                               "pubblicita_trasparenza"};
    return kFields;
}

/// What a notice must declare, because silence on it would be read in two ways.
const Texts& declared_fields() {
    static const Texts kFields{"basi_ammesse",
                               "regime_transitorio_runts",
                               "dichiarazioni_richieste",
                               "canale",
                               "fa_fede",
                               "termine_istanze",
                               "rinvia_festivi",
                               "rinvia_sabato",
                               "modalita_tardive",
                               "decorrenza_conclusione",
                               "partecipazione_non_ets",
                               "doppia_partecipazione",
                               "regola_approvazione",
                               "regola_silenzio",
                               "approvatori",
                               "responsabile_del_procedimento",
                               "informativa_privacy_versione",
                               "tavoli"};
    return kFields;
}

}  // namespace

/// Legal: DGR XII/3824/2025 All. A § 1 (the list is not exhaustive: others go in obiettivi_liberi).
Findings check_objectives(const CheckContext& context) {
    const Texts known = codes_of(context, "obiettivi");
    const Texts chosen = texts_of(context, "obiettivi_scelti");
    const std::string free_title = title_of(context, "obiettivi_liberi");
    const std::vector<std::string> basis{"DGR XII/3824/2025 Allegato A § 1"};
    Findings findings;
    for (const std::string& code : chosen) {
        if (!contains(known, code)) {
            findings.push_back(
                {"obiettivi_scelti",
                 known.empty()
                     ? fmt::format("{} è di un'iniziativa regionale, e questo procedimento non ne "
                                   "segue una con obiettivi: i suoi vanno in «{}».",
                                   code, free_title)
                     : fmt::format("{} non è tra gli obiettivi dell'iniziativa: gli altri "
                                   "vanno in «{}».",
                                   code, free_title),
                 basis});
        }
    }
    return findings;
}

/// Legal: DM 72/2021 (six items of a notice); L. 241/1990 artt. 2, 5, 8; DGR XII/3824/2025.
Findings check_notice(const CheckContext& context) {
    Findings findings;
    for (const std::string& field : six_items()) {
        require(context, field, {"DM 72/2021"}, findings);
    }
    const bool is_regional = !codes_of(context, "obiettivi").empty();
    require(context, is_regional ? "obiettivi_scelti" : "obiettivi_liberi", {}, findings);
    for (const std::string& field : declared_fields()) {
        require(context, field, {}, findings);
    }
    if (text_of(context, "canale") != "piattaforma") {
        require(context, "pec_avviso", {"D.Lgs. 82/2005 art. 65"}, findings);
    }
    require_guidelines(context, findings);
    for (const std::string& field : six_items()) {
        lint_weekdays(context, field, findings);
    }
    return findings;
}

/// Legal: D.Lgs. 33/2013 artt. 12, 23, 26, 27: each act says which of them it is subject to.
Findings check_publication(const CheckContext& context) {
    constexpr std::array<std::pair<const char*, const char*>, 3> kFlags{{
        {"pubblicazione_art_12", "art_12"},
        {"pubblicazione_art_23", "art_23"},
        {"pubblicazione_art_26_27", "art_26_27"},
    }};
    if (!context.payload.contains("sezioni_pubblicazione")) {
        return {};
    }
    const Texts sections = texts_of(context, "sezioni_pubblicazione");
    Findings findings;
    for (const auto& [flag, section] : kFlags) {
        const bool is_due = engine::base::read_flag(json_of(context, flag)).value_or(false);
        if (is_due && !contains(sections, section)) {
            findings.push_back(
                {"sezioni_pubblicazione",
                 fmt::format("Manca la sezione dovuta: {}.", title_of(context, flag)),
                 {"D.Lgs. 33/2013"}});
        }
    }
    if (!is_empty(json_of(context, "giorni_albo")) && !contains(sections, "albo")) {
        findings.push_back({"sezioni_pubblicazione", "Manca la pubblicazione all'albo.", {}});
    }
    return findings;
}

/// The extension gives back at least the time lost, after the platform works again.
/// Legal: D.Lgs. 36/2023 art. 25 c. 2, by analogy.
Findings check_malfunction(const CheckContext& context) {
    const auto* deadline = context.facts.own.record.find_deadline("termine_istanze");
    const auto begin = instant_of(context, "malfunzionamento_inizio");
    const auto end = instant_of(context, "malfunzionamento_fine");
    const auto moment = engine::calendar::parse_local_moment(text_of(context, "nuovo_termine"));
    if (deadline == nullptr || !deadline->bound || !begin || !end || !moment ||
        !context.payload.contains("malfunzionamento_inizio")) {
        return {};
    }
    if (*begin >= *end || *begin >= *deadline->bound) {
        return {{"malfunzionamento_inizio",
                 "Il malfunzionamento deve cominciare prima della scadenza del termine e prima "
                 "della sua fine.",
                 {}}};
    }
    const auto lost = std::min(*end, *deadline->bound).utc_ms - begin->utc_ms;
    const auto earliest = std::max(*end, *deadline->bound).utc_ms + lost;
    const auto bound = engine::calendar::exclusive_bound(moment->date, moment->time);
    if (bound && bound->utc_ms >= earliest) {
        return {};
    }
    return {{"nuovo_termine",
             fmt::format("La proroga non restituisce il tempo perduto: serve almeno fino al {}.",
                         engine::calendar::render_italian_instant({earliest})),
             {}}};
}

/// Legal: DM 23/12/1976. The branch of a religious body adds "-" and a number to its code.
Findings check_tax_code(const CheckContext& context) {
    const std::string field =
        engine::base::read_text(json_in(context.params, "campo")).value_or("codice_fiscale_ente");
    if (!context.payload.contains(field)) {
        return {};
    }
    const std::string text = text_of(context, field);
    const auto code = engine::base::parse_tax_code(text.substr(0, text.find('-')));
    if (code) {
        return {};
    }
    return {{field, code.error().message_it, {"DM 23/12/1976"}}};
}

/// A message belongs to the moment that counts: of a PEC, what the notice says (both are kept, that
/// one decides); of ordinary mail, which nobody certifies, its arrival in the office's box.
/// Legal: D.Lgs. 82/2005 artt. 45 and 48; DPR 68/2005; DPR 445/2000 art. 53; the notice (fa_fede).
Findings check_moment(const CheckContext& context) {
    const std::string channel = text_of(context, "canale_ricezione");
    const bool is_ordinary = channel == "posta_ordinaria";
    if (context.actor.role == "ets" || (channel != "pec" && !is_ordinary)) {
        return {};
    }
    const bool is_delivery = text_in(parent_values(context), "fa_fede") == "consegna";
    const std::string field = is_ordinary   ? "giunta_alla_casella_il"
                              : is_delivery ? "pec_consegnata_il"
                                            : "pec_accettata_il";
    const std::vector<std::string> basis =
        is_ordinary ? std::vector<std::string>{"DPR 445/2000 art. 53", "D.Lgs. 82/2005 art. 45"}
                    : std::vector<std::string>{"D.Lgs. 82/2005 artt. 45 e 48", "Avviso"};
    const auto moment = engine::calendar::parse_instant(text_of(context, field));
    if (!moment) {
        return {
            {field,
             fmt::format("Manca «{}»: {} è il momento che fa fede.", title_of(context, field),
                         is_ordinary ? "senza una ricevuta di accettazione" : "secondo l'avviso"),
             basis}};
    }
    if (*moment == context.facts.times.judged_at) {
        return {};
    }
    return {{field,
             fmt::format("L'atto va registrato come avvenuto il {}, il momento che fa fede.",
                         engine::calendar::render_italian_instant(*moment)),
             basis}};
}

}  // namespace workflows::coprogrammazione
