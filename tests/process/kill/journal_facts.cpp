// SPDX-License-Identifier: EUPL-1.2
#include "tests/process/kill/journal_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "engine/base/json.h"
#include "tests/support/store_reads.h"

namespace tests::kill {
namespace {

using engine::machine::DeadlineKey;
using engine::machine::JournalEntry;
using engine::store::DueDeadline;

/// Register, administration, year: in each, numbers from 1 without gaps.
using RegisterKey = std::tuple<std::string, std::string, int>;
using DeadlineName = std::pair<engine::base::InstanceId, DeadlineKey>;

/// Reads the chain of one root, entry after entry.
class ChainReader {
  public:
    ChainReader(engine::store::ReadUnit& unit, JournalFacts& facts,
                std::map<RegisterKey, std::multiset<std::int64_t>>& numbers)
        : unit_(unit), facts_(facts), numbers_(numbers) {}

    void read(const engine::base::InstanceId& root) {
        for (const auto& stored : unit_.read_journal(root, 0, kAllRows)) {
            const auto entry = engine::machine::parse_entry(stored.text);
            if (!entry) {
                facts_.problems.push_back("unreadable entry in " + root.text);
            } else if (entry->event != engine::machine::kEventMessageSent) {
                read_entry(*entry);
            }
        }
        for (const auto& [name, due] : running_) {
            facts_.running.push_back(due.bound);
        }
        for (const auto& [mark, position] : marks_) {
            facts_.traces[mark].push_back(traces_.at(position));
        }
    }

  private:
    void read_entry(const JournalEntry& entry) {
        Trace& trace = traces_[entry.position];
        trace = {entry.instance, entry.event, ++versions_[entry.instance], {}, 0};
        if (entry.cause != 0) {
            ++traces_[entry.cause].consequences;
        }
        check_order(entry);
        if (entry.event.starts_with(engine::machine::kEventDeadline)) {
            check_firing(entry);
        }
        for (const auto& effect : entry.effects) {
            read_effect(entry, effect, trace);
        }
    }

    /// By the instant at which each counts: its receipt, or the end of the deadline.
    void check_order(const JournalEntry& entry) {
        if (entry.received_at < latest_) {
            complain(entry, "stands after one that counts from later");
        }
        latest_ = entry.received_at;
        const bool is_act = entry.cause == 0 && !entry.person.empty();
        for (const auto& [name, due] : running_) {
            if (is_act && due.bound <= entry.received_at) {
                complain(entry, "came before the deadline " + name.second.name + ", over by then");
            }
        }
    }

    void check_firing(const JournalEntry& entry) {
        ++facts_.deadlines_fired;
        const std::string name = entry.event.substr(entry.event.rfind(':') + 1);
        if (entry.event.starts_with(engine::machine::kEventDeadlineFailed)) {
            complain(entry, "could not be carried out");
        }
        const auto due = running_.find({entry.instance, {name, 1}});
        if (due == running_.end()) {
            complain(entry, "fired without running: twice, or after its end");
            return;
        }
        if (due->second.bound != entry.received_at) {
            complain(entry, "did not fire as of its end");
        }
        if (last_fired_ && due->second.is_before(*last_fired_)) {
            complain(entry, "fired after a deadline that ends later");
        }
        last_fired_ = due->second;
    }

    void read_effect(const JournalEntry& entry, const engine::machine::Effect& effect,
                     Trace& trace) {
        namespace machine = engine::machine;
        if (const auto* value = std::get_if<machine::ValueSet>(&effect)) {
            mark(entry, value_text(entry, *value));
        } else if (const auto* document = std::get_if<machine::DocumentRecorded>(&effect)) {
            mark(entry, document->document.sha256);
        } else if (const auto* assigned = std::get_if<machine::TaskAssigned>(&effect)) {
            mark(entry, fmt::format("prendi {} {}", assigned->id.text, assigned->assignee));
        } else if (const auto* task = std::get_if<machine::TaskEnded>(&effect)) {
            mark(entry, fmt::format("concludi {} {}", task->id.text, entry.person));
        } else if (const auto* given = std::get_if<machine::Registered>(&effect)) {
            const auto& row = given->registration;
            trace.registration = row;
            ++facts_.numbers_given;
            numbers_[{row.register_name, row.office, row.year}].insert(row.number);
        } else if (const auto* set = std::get_if<machine::DeadlineSet>(&effect)) {
            const auto& row = set->deadline;
            // One given already over (an opening sent again the day after) counts from its end.
            latest_ = std::min(latest_, *row.bound);
            const DeadlineKey key{row.name, row.occurrence};
            running_[{entry.instance, key}] = {entry.instance, entry.root, key, *row.bound,
                                               row.kind};
        } else if (const auto* ended = std::get_if<machine::DeadlineEnded>(&effect)) {
            running_.erase({entry.instance, {ended->name, ended->occurrence}});
        }
    }

    /// The journal has the hash; the text lies in the table, under the same position.
    std::string value_text(const JournalEntry& entry, const engine::machine::ValueSet& value) {
        auto [rows, is_new] = values_.try_emplace(entry.instance);
        if (is_new) {
            rows->second = unit_.load_value_rows(entry.instance);
        }
        for (const auto& row : rows->second) {
            if (row.hash == value.hash && row.position == entry.position && row.value) {
                return engine::base::read_text(*row.value).value_or("");
            }
        }
        complain(entry, "set a value that no table holds");
        return "";
    }

    void mark(const JournalEntry& entry, std::string text) {
        marks_.emplace_back(std::move(text), entry.position);
    }

    void complain(const JournalEntry& entry, const std::string& what) {
        facts_.problems.push_back(
            fmt::format("{} at {} of {}: {}", entry.event, entry.position, entry.root.text, what));
    }

    engine::store::ReadUnit& unit_;
    JournalFacts& facts_;
    std::map<RegisterKey, std::multiset<std::int64_t>>& numbers_;
    engine::base::Instant latest_;
    std::optional<DueDeadline> last_fired_;
    std::map<DeadlineName, DueDeadline> running_;
    std::map<engine::base::InstanceId, std::int64_t> versions_;
    std::map<engine::base::InstanceId, std::vector<engine::store::ValueRow>> values_;
    std::map<std::int64_t, Trace> traces_;
    std::vector<std::pair<std::string, std::int64_t>> marks_;
};

void check_numbers(const RegisterKey& key, const std::multiset<std::int64_t>& numbers,
                   JournalFacts& facts) {
    std::int64_t expected = 0;
    for (const std::int64_t number : numbers) {
        if (number != ++expected) {
            const auto& [name, office, year] = key;
            facts.problems.push_back(fmt::format("register {} of {} in {}: {} where {} should be",
                                                 name, office, year, number, expected));
            return;
        }
    }
}

}  // namespace

JournalFacts read_journals(engine::store::Reader& reader) {
    return engine::store::read_from(reader, [](engine::store::ReadUnit& unit) {
        JournalFacts facts;
        std::map<RegisterKey, std::multiset<std::int64_t>> numbers;
        for (const auto& root : unit.list_roots({}, kAllRows)) {
            ChainReader(unit, facts, numbers).read(root);
        }
        for (const auto& [key, given] : numbers) {
            check_numbers(key, given, facts);
        }
        return facts;
    });
}

}  // namespace tests::kill
