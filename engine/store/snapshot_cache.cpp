// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/snapshot_cache.h"

namespace engine::store {
namespace {

using namespace machine;

/// As the table of values reads once the entry's effects are in it.
void apply_values(const JournalEntry& entry, base::Fields& values) {
    for (const Effect& effect : entry.effects) {
        if (const auto* set = std::get_if<ValueSet>(&effect)) {
            values[set->field] = set->value_json;
        } else if (const auto* erased = std::get_if<ValueErased>(&effect)) {
            values.erase(erased->field);
        }
    }
}

bool opens(const JournalEntry& entry) {
    return !entry.effects.empty() && std::holds_alternative<InstanceOpened>(entry.effects.front());
}

}  // namespace

void SnapshotCache::clear() {
    snapshots_.clear();
    changed_.clear();
}

void SnapshotCache::begin(std::int64_t data_version) {
    if (data_version != data_version_ || !changed_.empty()) {
        clear();
    }
    data_version_ = data_version;
}

void SnapshotCache::undo() {
    // What an earlier item of the batch has changed goes too, and stays marked: what is read of it
    // from now on is no more on disk than before.
    for (const base::InstanceId& id : changed_) {
        snapshots_.erase(id);
    }
}

void SnapshotCache::keep(const Snapshot& snapshot) {
    if (snapshots_.size() >= kMaxSnapshots) {
        snapshots_.clear();
    }
    snapshots_.insert_or_assign(snapshot.record.instance.id, snapshot);
}

void SnapshotCache::update(const JournalEntry& entry, const InstanceRecord& after) {
    changed_.insert(after.instance.id);
    const auto found = snapshots_.find(after.instance.id);
    if (found != snapshots_.end()) {
        found->second.record = after;
        apply_values(entry, found->second.values);
    } else if (opens(entry)) {
        Snapshot snapshot{after, {}};
        apply_values(entry, snapshot.values);
        keep(snapshot);
    }
}

}  // namespace engine::store
