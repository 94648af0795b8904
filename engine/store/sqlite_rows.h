// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>

#include "engine/machine/facts.h"
#include "engine/machine/journal_entry.h"
#include "engine/store/sqlite_query.h"

namespace engine::store {

/// Writes the rows that the entry's effects have touched, as they are in `after`.
void save_rows(Connection& connection, const machine::JournalEntry& entry,
               const machine::InstanceRecord& after);

/// All rows of an instance; absent when there is none.
std::optional<machine::InstanceRecord> load_record(Connection& connection,
                                                   const base::InstanceId& id);

/// The present values of an instance's fields.
base::Fields load_values(Connection& connection, const base::InstanceId& id);

}  // namespace engine::store
