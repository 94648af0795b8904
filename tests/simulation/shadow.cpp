// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/shadow.h"

#include <deque>
#include <set>
#include <utility>

#include "engine/base/ensure.h"
#include "tests/support/store_reads.h"

namespace tests::simulation {

using engine::base::ensure;
using engine::base::InstanceId;
using engine::machine::InstanceRecord;
using engine::machine::JournalEntry;

namespace {

/// More than one step of a walk writes.
constexpr std::size_t kMost = 100000;

using Place = std::pair<InstanceId, std::int64_t>;

/// Whether the first cause of an entry is a person. An entry older than the step caused nothing
/// in it.
bool is_of_person(const std::map<Place, const JournalEntry*>& by_place, const JournalEntry& entry) {
    const JournalEntry* one = &entry;
    while (one->cause != 0) {
        const auto found =
            by_place.find({one->cause_root.empty() ? one->root : one->cause_root, one->cause});
        if (found == by_place.end()) {
            return false;
        }
        one = found->second;
    }
    return !one->person.empty();
}

/// Merges the chains, each in its own order: what a deadline began comes before what a person did,
/// and an effect in another chain after its cause.
std::vector<JournalEntry> merge(const std::vector<JournalEntry>& entries) {
    std::map<Place, const JournalEntry*> by_place;
    std::map<InstanceId, std::deque<const JournalEntry*>> chains;
    for (const JournalEntry& entry : entries) {
        by_place[{entry.root, entry.position}] = &entry;
        chains[entry.root].push_back(&entry);
    }
    std::set<Place> done;
    std::vector<JournalEntry> sorted;
    while (sorted.size() < entries.size()) {
        std::deque<const JournalEntry*>* next = nullptr;
        for (auto& [root, chain] : chains) {
            if (chain.empty()) {
                continue;
            }
            const JournalEntry& head = *chain.front();
            const Place cause{head.cause_root, head.cause};
            if (!head.cause_root.empty() && by_place.contains(cause) && !done.contains(cause)) {
                continue;
            }
            if (next == nullptr ||
                (is_of_person(by_place, *next->front()) && !is_of_person(by_place, head))) {
                next = &chain;
            }
        }
        ensure(next != nullptr, "causes have no circle");
        done.insert({next->front()->root, next->front()->position});
        sorted.push_back(*next->front());
        next->pop_front();
    }
    return sorted;
}

}  // namespace

std::vector<JournalEntry> Shadow::take_new(SimulatedWorld& world) {
    std::vector<JournalEntry> entries;
    for (const InstanceId& root : roots_of(world.store())) {
        auto news = world.engine().queries().journal(root, positions_[root], kMost);
        ensure(news.has_value(), "the journal can be read");
        for (JournalEntry& entry : *news) {
            ensure(entry.position == ++positions_[root], "positions have no gap");
            entries.push_back(std::move(entry));
        }
    }
    std::vector<JournalEntry> sorted = merge(entries);
    entries_ += sorted.size();
    return sorted;
}

void Shadow::fold(const JournalEntry& entry) {
    auto& record = records_[entry.instance];
    if (record.instance.id.empty()) {
        instances_.push_back(entry.instance);
    }
    ensure(engine::machine::fold_entry(record, entry).has_value(), "every entry folds");
}

const InstanceRecord* Shadow::find(const InstanceId& id) const {
    const auto found = records_.find(id);
    return found == records_.end() ? nullptr : &found->second;
}

}  // namespace tests::simulation
