// SPDX-License-Identifier: EUPL-1.2
#include "api/scenario/expectation.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/scenario/narration.h"
#include "engine/calendar/local_time.h"
#include "engine/queries.h"

namespace api::scenario {
namespace {

using engine::machine::DeadlineStatus;
using engine::machine::InstanceRecord;
using engine::machine::TaskStatus;
using Words = std::vector<std::string>;

/// `… di ALIAS` at the end names another instance.
std::string take_alias(Words& words, const std::string& target) {
    if (words.size() >= 3 && words[words.size() - 2] == "di") {
        const std::string alias = words.back();
        words.resize(words.size() - 2);
        return alias;
    }
    return target;
}

std::string expect_equal(std::string_view what, const std::string& expected,
                         const std::string& found) {
    return expected == found ? ""
                             : fmt::format("{}: atteso «{}», trovato «{}»", what, expected, found);
}

/// `rifiuto solo codice`: nothing else stands in the way.
std::string check_only_refusal(const std::string& code, const LineResult& result) {
    if (!result.error) {
        return fmt::format("atteso il solo rifiuto «{}», ma l'atto è stato accettato", code);
    }
    std::vector<std::string> found;
    for (const auto& detail : result.error->details) {
        found.push_back(detail.code);
    }
    if (found.empty()) {
        found.emplace_back(engine::base::error_code_name(result.error->code));
    }
    return expect_equal("rifiuto solo", code, fmt::format("{}", fmt::join(found, " ")));
}

std::string check_refusal(const Words& words, const LineResult& result) {
    if (!result.error) {
        return fmt::format("atteso il rifiuto «{}», ma l'atto è stato accettato", words[1]);
    }
    std::string found(engine::base::error_code_name(result.error->code));
    if (found == words[1]) {
        return "";
    }
    for (const auto& detail : result.error->details) {
        if (detail.code == words[1]) {
            return "";
        }
        found += " " + detail.code;
    }
    return expect_equal("rifiuto", words[1], found);
}

std::string check_task(const Words& words, const InstanceRecord& record) {
    const std::string wanted = words.size() > 2 ? words[2] : "aperto";
    std::string found = "nessuno";
    for (const auto& [id, task] : record.tasks) {
        if (task.name == words[1]) {
            found = engine::machine::is_open(task.status) ? "aperto"
                    : task.status == TaskStatus::done     ? "chiuso"
                                                          : "annullato";
            if (found == wanted) {
                return "";
            }
        }
    }
    return expect_equal("compito " + words[1], wanted, found);
}

std::string check_obligation(const Words& words, const InstanceRecord& record) {
    const auto* deadline = record.find_deadline(words[1]);
    if (deadline == nullptr) {
        return fmt::format("l'adempimento «{}» non è mai decorso", words[1]);
    }
    const std::string found = deadline->status == DeadlineStatus::missed ? "mancato"
                              : deadline->status == DeadlineStatus::met  ? "adempiuto"
                              : deadline->status == DeadlineStatus::met_late
                                  ? "in_ritardo"
                                  : std::string(deadline_status_name(deadline->status));
    return expect_equal("adempimento " + words[1], words[2], found);
}

std::string check_due_date(const Words& words, const InstanceRecord& record) {
    const auto* deadline = record.find_deadline(words[1]);
    const std::string found =
        deadline == nullptr ? "mai decorso" : deadline->due_date.value_or("sospeso");
    return expect_equal("scadenza " + words[1], words[2], found);
}

/// `festa_nuova NOME GIORNO`: the day on which it would end by the holidays known now.
std::string check_later_holiday(const Words& words, const InstanceRecord& record, Stage& stage) {
    const auto* deadline = record.find_deadline(words[1]);
    const auto today = engine::calendar::legal_date_of(stage.now());
    const auto later = deadline == nullptr ? std::nullopt : find_later_holiday(*deadline, today);
    return expect_equal("festa_nuova", words[2],
                        later ? render_legal_date(later->by_todays_law) : "no");
}

std::string check_registration(const Words& words, const InstanceRecord& record) {
    const auto* last = record.find_last_registration();
    const std::string found =
        last == nullptr ? "nessuna" : fmt::format("{}/{}", last->number, last->year);
    return expect_equal("registrazione", words[1], found);
}

/// A name of the script, or a role, or `albo`: whether the message goes there.
bool goes_to(const engine::machine::Message& message, const engine::base::InstanceId& instance,
             const std::string& to, Stage& stage) {
    const auto party = stage.parties.find(to);
    if (party == stage.parties.end()) {
        return message.to == to || (to == "albo" && message.channel == "notice_board");
    }
    const auto view = stage.engine().queries().view(instance);
    return message.to == "party" && view && view->record.instance.party == party->second;
}

/// `messaggio nome`, `messaggio nome a ente-o-ruolo`; after `nessun`, that none left.
std::string check_message(const Words& words, bool is_wanted, const LineResult& result,
                          Stage& stage) {
    const std::string to = words.size() == 4 ? words[3] : "";
    bool is_sent = false;
    for (const auto& entry : result.entries) {
        for (const auto& effect : entry.effects) {
            const auto* queued = std::get_if<engine::machine::MessageQueued>(&effect);
            is_sent =
                is_sent || (queued != nullptr && queued->message.name == words[1] &&
                            (to.empty() || goes_to(queued->message, entry.instance, to, stage)));
        }
    }
    return is_sent == is_wanted
               ? ""
               : fmt::format("il messaggio «{}»{} {}", words[1], to.empty() ? "" : " a " + to,
                             is_wanted ? "non è partito" : "è partito");
}

/// The entry of the act itself, not of what followed. Null when there is none.
const engine::machine::JournalEntry* find_act(const LineResult& result) {
    const auto found =
        std::find_if(result.entries.begin(), result.entries.end(),
                     [](const auto& entry) { return entry.role != engine::machine::kSystemRole; });
    return found == result.entries.end() ? nullptr : &*found;
}

std::optional<engine::base::Instant> moment_named(const std::string& word,
                                                  const engine::machine::JournalEntry& entry) {
    if (word == "cominciato") {
        return entry.begun_at;
    }
    return word == "ricevuto" ? std::optional(entry.received_at) : entry.occurred_at;
}

/// `cominciato momento`, `ricevuto momento`, `accaduto momento`: as the journal has them.
std::string check_moment(const Words& words, const LineResult& result) {
    const auto wanted = engine::calendar::parse_instant(words[1]);
    if (!wanted) {
        return wanted.error().message_it;
    }
    const auto* entry = find_act(result);
    if (entry == nullptr) {
        return "l'atto non è nel registro";
    }
    const auto found = moment_named(words[0], *entry);
    return expect_equal(
        words[0], engine::calendar::render_utc_instant(*wanted),
        found ? engine::calendar::render_utc_instant(*found) : "nessun altro momento");
}

/// `passaggio versione atto…`: the journal says to which version, and on which act.
std::string check_passage(const Words& words, const LineResult& result) {
    const std::string expected = fmt::format("{}", fmt::join(words.begin() + 1, words.end(), " "));
    std::string found = "nessuno";
    for (const auto& entry : result.entries) {
        for (const auto& effect : entry.effects) {
            if (const auto* migrated = std::get_if<engine::machine::Migrated>(&effect)) {
                found = fmt::format("{} {}", migrated->version, migrated->act);
            }
        }
    }
    return expect_equal("passaggio", expected, found);
}

/// `stessa risposta`: what was answered to the first request with this key.
std::string check_answer(const LineResult& result) {
    if (!result.answer || !result.first_answer) {
        return "non c'è una prima risposta con cui confrontare: serve «chiave»";
    }
    const auto words_of = [](const engine::Outcome& outcome) {
        return fmt::format("{} v{} {} {}", outcome.instance.text, outcome.version, outcome.state,
                           outcome.registration ? outcome.registration->number : 0);
    };
    return expect_equal("risposta", words_of(*result.first_answer), words_of(*result.answer));
}

/// `possibile atto`, `impossibile atto`: to who acts on this line, now.
std::string check_possible(const Words& words, const engine::base::InstanceId& instance,
                           const LineResult& result, Stage& stage) {
    const auto events = stage.engine().queries().available(instance, result.actor);
    if (!events) {
        return events.error().message_it;
    }
    const std::string event = words[1] == "migra" ? engine::machine::kEventMigrate : words[1];
    const bool is_possible =
        std::any_of(events->begin(), events->end(), [&](const auto& available) {
            return available.event == event && available.refusals.empty();
        });
    return expect_equal(words[1], words[0], is_possible ? "possibile" : "impossibile");
}

/// `differenza testo…`: a line of what the newest version of the machine changes.
std::string check_difference(const Words& words, const engine::InstanceView& view, Stage& stage) {
    const std::string expected = fmt::format("{}", fmt::join(words.begin() + 1, words.end(), " "));
    const auto lines = differences_ahead(stage, *view.definition);
    return std::find(lines.begin(), lines.end(), expected) != lines.end()
               ? ""
               : fmt::format("differenza «{}»: non c'è fra «{}»", expected,
                             fmt::join(lines, "», «"));
}

/// The JSON of a value; of `campo.chiave`, that of one key of a value which is an object. Empty
/// when there is none.
std::string value_json(const engine::InstanceView& view, const std::string& name) {
    const auto dot = name.find('.');
    const auto found = view.values.find(name.substr(0, dot));
    if (found == view.values.end() || dot == std::string::npos) {
        return found == view.values.end() ? "" : found->second;
    }
    const auto object = engine::base::parse_fields(found->second);
    if (!object) {
        return "";
    }
    const auto key = object->find(name.substr(dot + 1));
    return key == object->end() ? "" : key->second;
}

/// `valore campo testo…`: a value as people write it; `assente` when there is none.
std::string check_value(const Words& words, const engine::InstanceView& view) {
    const std::string expected = fmt::format("{}", fmt::join(words.begin() + 2, words.end(), " "));
    const std::string json = value_json(view, words[1]);
    const auto flag = engine::base::read_flag(json);
    const std::string text = json.empty() ? "assente"
                             : flag       ? (*flag ? "sì" : "no")
                                          : engine::base::read_text(json).value_or(json);
    return expect_equal("valore " + words[1], expected, text);
}

/// `voci elenco stato N`: how many children of a list are in a state; `*` for any.
std::string check_children(const Words& words, const engine::base::InstanceId& parent,
                           Stage& stage) {
    const auto children = stage.engine().queries().children(parent);
    std::size_t count = 0;
    for (const auto& id : *children) {
        const auto view = stage.engine().queries().view(id);
        const auto& instance = view->record.instance;
        count += instance.list == words[1] && (words[2] == "*" || instance.state == words[2]);
    }
    return expect_equal(fmt::format("voci {} {}", words[1], words[2]), words[3],
                        std::to_string(count));
}

std::string check_record(const Words& words, const InstanceRecord& record) {
    const std::string& kind = words.front();
    if (kind == "stato" && words.size() == 2) {
        return expect_equal("stato", words[1], record.instance.state);
    }
    if (kind == "registrazione" && words.size() == 2) {
        return check_registration(words, record);
    }
    if (kind == "scadenza" && words.size() == 3) {
        return check_due_date(words, record);
    }
    if (kind == "compito" && (words.size() == 2 || words.size() == 3)) {
        return check_task(words, record);
    }
    if (kind == "compiti" && words.size() == 2) {
        const auto open =
            std::count_if(record.tasks.begin(), record.tasks.end(),
                          [](const auto& entry) { return is_open(entry.second.status); });
        return expect_equal("compiti aperti", words[1], std::to_string(open));
    }
    if (kind == "adempimento" && words.size() == 3) {
        return check_obligation(words, record);
    }
    if (kind == "pubblicato" && words.size() == 2) {
        const auto* document = record.find_document(words[1]);
        return document != nullptr && document->published_at ? "" : words[1] + " non è pubblicato";
    }
    if (kind == "silenzi" && words.size() == 2) {
        return expect_equal("silenzi", words[1], std::to_string(record.silences.size()));
    }
    if (kind == "silenzio" && words.size() == 2) {
        return expect_equal(
            "silenzio vale", words[1],
            record.silences.empty() ? "nessun silenzio" : record.silences.back().counts_as);
    }
    return fmt::format("non si capisce l'attesa «{}»", fmt::join(words, " "));
}

/// What is expected of the line itself, not of an instance; absent when it is something else.
std::optional<std::string> check_line(Words words, const LineResult& result, Stage& stage) {
    if (words == Words{"nessun", "effetto"}) {
        return result.entries.empty()
                   ? ""
                   : fmt::format("atteso nessun effetto, ma ci sono {} righe nel registro",
                                 result.entries.size());
    }
    if (words == Words{"stessa", "risposta"}) {
        return check_answer(result);
    }
    const bool is_wanted = words[0] != "nessun";
    words.erase(words.begin(), words.begin() + (is_wanted ? 0 : 1));
    const bool is_message = !words.empty() && words[0] == "messaggio" &&
                            (words.size() == 2 || (words.size() == 4 && words[2] == "a"));
    if (is_message) {
        return check_message(words, is_wanted, result, stage);
    }
    if (!is_wanted) {
        return std::nullopt;
    }
    if (words.size() == 2 && words[0] == "rifiuto") {
        return check_refusal(words, result);
    }
    if (words.size() == 3 && words[0] == "rifiuto" && words[1] == "solo") {
        return check_only_refusal(words[2], result);
    }
    if (words.size() == 2 &&
        (words[0] == "cominciato" || words[0] == "ricevuto" || words[0] == "accaduto")) {
        return check_moment(words, result);
    }
    if (words.size() >= 3 && words[0] == "passaggio") {
        return check_passage(words, result);
    }
    return std::nullopt;
}

}  // namespace

std::string check_expectation(const Expectation& expectation, const LineResult& result,
                              Stage& stage) {
    Words words = expectation.words;
    if (const auto why = check_line(words, result, stage)) {
        return *why;
    }
    const std::string alias = take_alias(words, result.target);
    const auto found = stage.instances.find(alias);
    if (found == stage.instances.end()) {
        return fmt::format("«{}» non è il nome di niente", alias);
    }
    const auto view = stage.engine().queries().view(found->second);
    if (!view) {
        return view.error().message_it;
    }
    if (words.front() == "valore" && words.size() >= 3) {
        return check_value(words, *view);
    }
    if (words.front() == "voci" && words.size() == 4) {
        return check_children(words, found->second, stage);
    }
    if ((words.front() == "possibile" || words.front() == "impossibile") && words.size() == 2) {
        return check_possible(words, found->second, result, stage);
    }
    if (words.front() == "differenza" && words.size() >= 2) {
        return check_difference(words, *view, stage);
    }
    if (words.front() == "festa_nuova" && words.size() == 3) {
        return check_later_holiday(words, view->record, stage);
    }
    if (words.front() == "versione" && words.size() == 2) {
        return expect_equal("versione", words[1], std::to_string(view->definition->version));
    }
    return check_record(words, view->record);
}

}  // namespace api::scenario
