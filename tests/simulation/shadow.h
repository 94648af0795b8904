// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "tests/simulation/simulated_world.h"

namespace tests::simulation {

/// What the journals say, read again step by step: every instance as the acts so far made it. The
/// engine's tables and predicates have no part in it.
class Shadow {
  public:
    /// Entries written since the last call, of all roots, in the order of what causes what: first
    /// what deadlines did (they fire before the act), then the acts with all that followed.
    /// Nothing is folded yet. Errors: BugError when a journal cannot be read or has a gap.
    std::vector<engine::machine::JournalEntry> take_new(SimulatedWorld& world);

    /// Makes an entry true.
    void fold(const engine::machine::JournalEntry& entry);

    /// Null when no such instance was opened.
    const engine::machine::InstanceRecord* find(const engine::base::InstanceId& id) const;
    /// In order of opening.
    const std::vector<engine::base::InstanceId>& instances() const { return instances_; }
    std::size_t entries() const { return entries_; }

  private:
    std::map<engine::base::InstanceId, std::int64_t> positions_;  ///< by root
    std::map<engine::base::InstanceId, engine::machine::InstanceRecord> records_;
    std::vector<engine::base::InstanceId> instances_;
    std::size_t entries_ = 0;
};

}  // namespace tests::simulation
