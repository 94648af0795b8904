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

bool is_open(const engine::machine::Task& task) {
    return task.status == TaskStatus::open || task.status == TaskStatus::taken;
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
            found = is_open(task)                     ? "aperto"
                    : task.status == TaskStatus::done ? "chiuso"
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
        const auto open = std::count_if(record.tasks.begin(), record.tasks.end(),
                                        [](const auto& entry) { return is_open(entry.second); });
        return expect_equal("compiti aperti", words[1], std::to_string(open));
    }
    if (kind == "adempimento" && words.size() == 3) {
        return check_obligation(words, record);
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
    const auto view = stage.engine().view(found->second);
    return view ? check_record(words, view->record) : view.error().message_it;
}

std::string summarise(Stage& stage) {
    std::string text;
    for (const std::string& alias : stage.aliases) {
        const auto view = stage.engine().view(stage.instances.at(alias));
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
