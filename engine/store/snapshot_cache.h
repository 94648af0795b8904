// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <optional>
#include <set>

#include "engine/machine/facts.h"
#include "engine/machine/journal_entry.h"

namespace engine::store {

/// What the writer has read or written, kept from one transaction to the next: an act looks at the
/// same few instances several times, the next act at the same again, and only the writer changes
/// them. What another program changes (`data_version`) and what is undone is read anew.
/// Threads: the writer only.
class SnapshotCache {
  public:
    /// A transaction begins. `data_version` is SQLite's: another one when somebody else has
    /// written. A transaction before it that did not `settle` has left nothing.
    void begin(std::int64_t data_version);

    std::optional<machine::Snapshot> find(const base::InstanceId& id) const {
        const auto found = snapshots_.find(id);
        return found == snapshots_.end() ? std::nullopt : std::optional(found->second);
    }

    void keep(const machine::Snapshot& snapshot);

    /// After an entry was written: `after` is what the tables say now.
    void update(const machine::JournalEntry& entry, const machine::InstanceRecord& after);

    /// Part of the transaction was undone, or all of it.
    void undo();

    /// The transaction is on disk.
    void settle() { changed_.clear(); }

  private:
    void clear();

    /// Some ten megabytes at the most, for they stay; a batch touches a hundred or two.
    static constexpr std::size_t kMaxSnapshots = 500;

    std::map<base::InstanceId, machine::Snapshot> snapshots_;
    std::set<base::InstanceId> changed_;  ///< since the transaction began
    std::int64_t data_version_ = 0;
};

}  // namespace engine::store
