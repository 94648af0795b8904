// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>

#include "engine/machine/facts.h"
#include "engine/store/sqlite_query.h"

namespace engine::store {

/// The instance's own row; absent when there is none.
std::optional<machine::Instance> load_instance(Connection& connection, const base::InstanceId& id);

/// All rows of an instance; absent when there is none.
std::optional<machine::InstanceRecord> load_record(Connection& connection,
                                                   const base::InstanceId& id);

/// One version of a value: the columns value, salt and hash, in this order.
struct StoredValue {
    std::optional<std::string> json;  ///< absent when it was erased
    std::string hash;                 ///< made of value and salt, or kept of what was erased
};
StoredValue read_value(Query& query);

/// The present values of an instance's fields.
base::Fields load_values(Connection& connection, const base::InstanceId& id);

// One row, from the query's next columns: those of the select in sqlite_load.cpp, in that order.
machine::Instance read_instance(Query& query);
machine::Task read_task(Query& query);
machine::Deadline read_deadline(Query& query);

}  // namespace engine::store
