// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "engine/machine/journal_entry.h"
#include "engine/runtime/outcome_json.h"
#include "tests/history/recording.h"

namespace tests::history {
namespace {

using engine::machine::InstanceRecord;

/// The first property that was said and is said otherwise now, or no more; empty without one.
std::string find_lost(const std::string& recorded, const std::string& now) {
    using Json = nlohmann::json;
    const Json changes = Json::diff(Json::parse(recorded), Json::parse(now));
    for (const Json& change : changes) {
        if (change.at("op") != "add") {
            return change.at("path").get<std::string>();
        }
    }
    return "";
}

std::string told(const std::optional<std::string>& text) {
    return text ? "«" + *text + "»" : "absent";
}

/// Replays one chain.
class Replay {
  public:
    Replay(const RecordedChain& chain, const std::set<std::string>& known)
        : chain_(chain), known_(known) {}

    std::string find_change() {
        for (const RecordedEntry& recorded : chain_.entries) {
            ++number_;
            event_ = "unreadable";
            std::string problem = replay(recorded);
            if (!problem.empty()) {
                return fmt::format("chain {}, entry {} ({}): {}", chain_.root.text, number_, event_,
                                   problem);
            }
        }
        return "";
    }

  private:
    std::string replay(const RecordedEntry& recorded) {
        const auto entry = engine::machine::parse_entry(recorded.text);
        event_ = entry ? entry->event : event_;
        if (engine::machine::chain_hash(head_, recorded.text) != recorded.hash) {
            return fmt::format("the chain is broken: its hash was {}", recorded.hash);
        }
        head_ = recorded.hash;
        if (!entry) {
            return "cannot be read any more: " + entry.error().message_it;
        }
        if (auto lost = find_lost(recorded.text, engine::machine::render_entry(*entry));
            !lost.empty()) {
            return fmt::format("field «{}» is read as something else", lost);
        }
        InstanceRecord& record = records_[entry->instance];
        const Meaning before = meaning_of(record);
        if (const auto folded = engine::machine::fold_entry(record, *entry); !folded) {
            return "cannot be folded any more: " + folded.error().message_it;
        }
        return compare(recorded.changes, changes_between(before, meaning_of(record)));
    }

    std::string compare(const Changes& recorded, const Changes& now) const {
        for (const auto& [name, text] : recorded) {
            const auto found = now.find(name);
            if (found == now.end()) {
                return fmt::format("field «{}» became {}, now it is left as it was", name,
                                   told(text));
            }
            if (found->second != text) {
                return fmt::format("field «{}» became {}, now it becomes {}", name, told(text),
                                   told(found->second));
            }
        }
        for (const auto& [name, text] : now) {
            if (!recorded.contains(name) && known_.contains(sort_of(name))) {
                return fmt::format("field «{}» was left as it was, now it becomes {}", name,
                                   told(text));
            }
        }
        return "";
    }

    const RecordedChain& chain_;
    const std::set<std::string>& known_;
    std::map<engine::base::InstanceId, InstanceRecord> records_;
    std::string head_ = engine::machine::kFirstPreviousHash;
    std::string event_;
    int number_ = 0;
};

std::string find_change_of_answer(const RecordedAnswer& answer) {
    const auto outcome = engine::runtime::parse_outcome(answer.text);
    if (!outcome) {
        return fmt::format("the answer to {} cannot be read any more", answer.key);
    }
    const auto lost = find_lost(answer.text, engine::runtime::render_outcome(*outcome));
    return lost.empty()
               ? ""
               : fmt::format("the answer to {}: field «{}» is told otherwise", answer.key, lost);
}

}  // namespace

std::string find_change_of_meaning(const Recording& recording) {
    for (const RecordedChain& chain : recording.chains) {
        if (auto problem = Replay(chain, recording.fields).find_change(); !problem.empty()) {
            return problem;
        }
    }
    for (const RecordedAnswer& answer : recording.answers) {
        if (auto problem = find_change_of_answer(answer); !problem.empty()) {
            return problem;
        }
    }
    return "";
}

}  // namespace tests::history
