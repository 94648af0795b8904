// SPDX-License-Identifier: EUPL-1.2
#include "api/scenario/expectation.h"

#include <fmt/format.h>

#include <algorithm>

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

std::string check_registration(const Words& words, const InstanceRecord& record) {
    std::string found = "nessuna";
    for (const auto& [name, row] : record.registrations) {
        found = fmt::format("{}/{}", row.number, row.year);
    }
    return expect_equal("registrazione", words[1], found);
}

std::string check_message(const Words& words, const LineResult& result) {
    for (const auto& entry : result.entries) {
        for (const auto& effect : entry.effects) {
            const auto* queued = std::get_if<engine::machine::MessageQueued>(&effect);
            if (queued != nullptr && queued->message.name == words[1]) {
                return "";
            }
        }
    }
    return fmt::format("il messaggio «{}» non è partito", words[1]);
}

/// `valore campo testo…`: a value as people write it; `assente` when there is none.
std::string check_value(const Words& words, const engine::InstanceView& view) {
    const auto found = view.values.find(words[1]);
    const std::string expected = fmt::format("{}", fmt::join(words.begin() + 2, words.end(), " "));
    const std::string json = found == view.values.end() ? "" : found->second;
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
    if (kind == "silenzi" && words.size() == 2) {
        return expect_equal("silenzi", words[1], std::to_string(record.silences.size()));
    }
    return fmt::format("non si capisce l'attesa «{}»", fmt::join(words, " "));
}

}  // namespace

std::string check_expectation(const Expectation& expectation, const LineResult& result,
                              Stage& stage) {
    Words words = expectation.words;
    if (words.size() == 2 && words[0] == "rifiuto") {
        return check_refusal(words, result);
    }
    if (words.size() == 2 && words[0] == "messaggio") {
        return check_message(words, result);
    }
    if (words == Words{"nessun", "effetto"}) {
        return result.entries.empty()
                   ? ""
                   : fmt::format("atteso nessun effetto, ma ci sono {} righe nel registro",
                                 result.entries.size());
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
    return check_record(words, view->record);
}

std::string summarise(Stage& stage) {
    std::string text;
    for (const std::string& alias : stage.aliases) {
        const auto view = stage.engine().queries().view(stage.instances.at(alias));
        if (!view) {
            text += alias + ": " + view.error().message_it + "\n";
            continue;
        }
        const InstanceRecord& record = view->record;
        text += fmt::format("{}: {} v{}\n", alias, record.instance.state, record.instance.version);
        for (const auto& [key, deadline] : record.deadlines) {
            text += fmt::format("  termine {} {} {} {}\n", key.name, key.occurrence,
                                deadline.due_date.value_or("sospeso"),
                                deadline_status_name(deadline.status));
        }
        for (const auto& [id, task] : record.tasks) {
            text += fmt::format("  compito {} {}\n", task.name, task_status_name(task.status));
        }
        for (const auto& [name, row] : record.registrations) {
            text += fmt::format("  registrazione {} {}/{}\n", name, row.number, row.year);
        }
    }
    return text;
}

}  // namespace api::scenario
