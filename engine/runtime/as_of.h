// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/definition/catalog.h"
#include "engine/machine/facts.h"
#include "engine/store/store.h"

namespace engine::runtime {

/// Acts told at most as entered afterwards, for one instance: more are a list of their own.
inline constexpr std::size_t kMaxLaterActs = 100;

/// An act that took place up to the instant asked about and was recorded after it.
struct LaterAct {
    std::string title;
    base::Instant took_place_at;
    base::Instant recorded_at;
    /// A term is over when it ends, whoever notices: what follows is in the picture. An act that
    /// reached the office another way is not: nobody there knew of it.
    bool is_in_picture = false;
};

/// An instance as it was.
struct PastInstance {
    machine::InstanceRecord record;
    base::Fields values;           ///< as they were; without those erased since
    std::set<std::string> erased;  ///< fields that had a value, erased since
    definition::DefinitionPointer definition;
    /// Running in the journal, and over all the same: nothing has recorded their end yet.
    std::set<machine::DeadlineKey> ended_unrecorded;
    std::vector<LaterAct> later_acts;

    /// The status of one of its deadlines, with those whose end nothing has recorded.
    machine::DeadlineStatus status_of(const machine::Deadline& deadline) const;
};

/// An instance with all that was under it, itself first, children after their parent in order of
/// opening.
struct PastPicture {
    base::Instant at;
    std::vector<PastInstance> instances;
    /// Entries of these instances dated after now: a clock was ahead when they were written.
    std::size_t future_entries = 0;
};

/// What the administration knew, and what was in force, at `at`; without it, at `now`. Folded from
/// the journal of every root involved, each read once; in memory, only what is shown. An entry
/// counts from when it was received, a deadline's from its bound; none counts before one that
/// precedes it in the chain, so that a clock put back hides nothing and invents nothing. Errors:
/// not_found (no such instance, or not open yet), invalid_input (`at` is after `now`), the store's.
base::Result<PastPicture> find_as_of(store::ReadUnit& unit, const definition::Catalog& catalog,
                                     const base::InstanceId& id, std::optional<base::Instant> at,
                                     base::Instant now);

}  // namespace engine::runtime
