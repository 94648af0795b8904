// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/machine/journal_entry.h"
#include "engine/store/store.h"

namespace engine::runtime {

/// Every version of every value that the journal speaks of. A record knows only the present one;
/// the table keeps them all, and an erasure concerns them all.
class ValueLedger {
  public:
    /// Notes what an entry sets and erases.
    void take(const machine::JournalEntry& entry);

    /// The first version that the table misses, adds, still holds although it was erased, or no
    /// longer holds although nobody erased it, as a sentence; empty when all fits.
    std::string find_difference(const base::InstanceId& instance,
                                const std::vector<store::ValueRow>& rows) const;

  private:
    struct Version {
        std::string hash;
        bool is_erased = false;
    };
    using Versions = std::map<std::pair<std::string, std::int64_t>, Version>;

    std::map<base::InstanceId, Versions> instances_;
};

}  // namespace engine::runtime
