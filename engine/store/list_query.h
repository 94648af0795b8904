// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/store/lists.h"

namespace engine::store {

/// A statement with its parameters, in order.
struct ListQuery {
    std::string sql;
    std::vector<std::variant<std::int64_t, std::string>> parameters;
};

/// The query of one page, on the index that knows most of what the filter asks: it seeks the first
/// row and reads on in order, so that nothing is sorted and nothing is counted. Absent when the
/// filter can show nothing.
/// Pre-condition: `is_indexed`.
std::optional<ListQuery> make_instance_query(const InstanceFilter& filter,
                                             const ListPosition& position);
std::optional<ListQuery> make_task_query(const TaskFilter& filter, const ListPosition& position);
std::optional<ListQuery> make_deadline_query(const DeadlineFilter& filter,
                                             const ListPosition& position);

}  // namespace engine::store
