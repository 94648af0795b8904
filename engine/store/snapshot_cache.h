// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <optional>

#include "engine/machine/facts.h"
#include "engine/machine/journal_entry.h"

namespace engine::store {

/// What the open write transaction has read or written: an act looks at the same few instances
/// several times, and only the writer changes them. Whoever undoes something clears it.
/// Threads: the writer only.
class SnapshotCache {
  public:
    std::optional<machine::Snapshot> find(const base::InstanceId& id) const {
        const auto found = snapshots_.find(id);
        return found == snapshots_.end() ? std::nullopt : std::optional(found->second);
    }

    void keep(const machine::Snapshot& snapshot);

    /// After an entry was written: `after` is what the tables say now.
    void update(const machine::JournalEntry& entry, const machine::InstanceRecord& after);

    void clear() { snapshots_.clear(); }

  private:
    /// A few megabytes at the most; a batch touches some hundreds.
    static constexpr std::size_t kMaxSnapshots = 2000;

    std::map<base::InstanceId, machine::Snapshot> snapshots_;
};

}  // namespace engine::store
