// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/instant.h"
#include "engine/base/strong_id.h"
#include "engine/machine/effect.h"

namespace engine::machine {

/// One act on one instance, as the journal of its root procedure keeps it for ever.
struct JournalEntry {
    base::InstanceId root;
    std::int64_t position = 0;  ///< in the root's chain, from 1, without gaps
    base::InstanceId instance;
    std::string event;
    std::string title;   ///< of the act, as it was shown
    std::string person;  ///< opaque id; "" for the system
    std::string role;
    std::int64_t cause = 0;  ///< position of the entry that caused this one; 0: a person or time
    base::InstanceId cause_root;  ///< when the cause is in another root's chain
    base::Instant received_at;    ///< when the request was complete; for a deadline, its bound
    /// When the request began to arrive; absent when nobody knows, or it came all at once.
    std::optional<base::Instant> begun_at;
    std::optional<base::Instant> occurred_at;
    base::Instant recorded_at;  ///< when it was written
    std::vector<Effect> effects;
};

/// An entry as it lies in the table: what was hashed, byte for byte.
struct StoredEntry {
    base::InstanceId root;
    std::int64_t position = 0;
    std::string text;           ///< canonical JSON of the entry
    std::string previous_hash;  ///< of the entry before; kFirstPreviousHash for the first
    std::string hash;           ///< SHA-256 of previous_hash, a line feed, text
    // Copies of what the text says, by which rows are found.
    base::InstanceId instance;
    std::string event;
    std::string person;
};

/// What the first entry of a chain names as its predecessor.
inline constexpr const char* kFirstPreviousHash =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// Canonical JSON of an entry and its inverse. Errors of the inverse: storage_corrupt.
std::string render_entry(const JournalEntry& entry);
base::Result<JournalEntry> parse_entry(std::string_view text);

/// The hash that chains an entry to the one before.
std::string chain_hash(std::string_view previous_hash, std::string_view text);

/// Makes an entry true of its instance's record: every effect, and one more version unless the
/// entry only says that a message has left (nobody's decision went stale because of that).
/// Errors: storage_corrupt.
base::Result<void> fold_entry(InstanceRecord& record, const JournalEntry& entry);

}  // namespace engine::machine
