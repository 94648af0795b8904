// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/machine/journal_entry.h"
#include "engine/store/sqlite_query.h"

namespace engine::store {

/// Writes the rows that the entry's effects have touched, as they are in `after`.
void save_rows(Connection& connection, const machine::JournalEntry& entry,
               const machine::InstanceRecord& after);

}  // namespace engine::store
