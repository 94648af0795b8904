// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/instant.h"
#include "engine/base/strong_id.h"
#include "engine/machine/model.h"

// What lists ask of the store: who reads, which rows, from which place. Every condition is a
// column beside the row's sort key, so that a page costs the same however many rows there are.

namespace engine::store {

/// What the reader may see. Every list applies it in the query itself, so that a page is never
/// short. The default sees nothing.
struct Visibility {
    enum class Scope {
        everything,  ///< all offices, all bodies
        office,      ///< instances of `office`
        party,       ///< instances of the body `party`
        nothing
    };
    Scope scope = Scope::nothing;
    std::string office;  ///< of scope office
    std::string party;   ///< of scope party; empty sees nothing
};

/// Empty texts do not filter. Those that have ended are listed within a parent, a body or a
/// machine only: all of all machines is no list that anybody reads.
struct InstanceFilter {
    Visibility visible;
    std::string machine;
    std::string office;
    std::string party;
    std::string state;
    std::string parent;
    bool only_live = true;      ///< without those in a final state
    bool oldest_first = false;  ///< default: the latest opened first
};

/// Empty texts do not filter. Tasks done or cancelled are listed within a root only.
struct TaskFilter {
    Visibility visible;
    std::string person;  ///< who has taken it
    std::string role;    ///< who is waited for
    std::string office;
    std::string party;
    std::string root;
    std::string status;                   ///< machine::task_status_name; over `only_open`
    std::optional<base::Instant> before;  ///< its last moment is before this instant
    bool only_open = true;                ///< open or taken
    bool only_overdue = false;            ///< its end is past
};

/// Empty texts do not filter. Deadlines that have ended are listed within a root only.
struct DeadlineFilter {
    Visibility visible;
    std::string office;
    std::string party;
    std::string root;
    std::string kind;                     ///< definition::deadline_kind_name
    std::string status;                   ///< machine::deadline_status_name; over `only_live`
    std::optional<base::Instant> before;  ///< its last moment is before this instant
    bool only_live = true;                ///< running, suspended, or missed and still to be met
    bool only_overdue = false;            ///< its end is past and it is still to be met
    bool with_reminders = false;          ///< also the days on which somebody is reminded
};

/// Whether an index serves the filter. Those that are not served ask for all that has ended, of
/// everybody: an archive is read within a root, a parent, a body or a machine.
bool is_indexed(const InstanceFilter& filter);
bool is_indexed(const TaskFilter& filter);
bool is_indexed(const DeadlineFilter& filter);

/// The place of a row in its list; nothing else is needed to go on after it.
struct ListKey {
    std::int64_t sort = 0;        ///< opening, or end with kNoEnd for none
    std::string id;               ///< of the task; of the instance
    std::string name;             ///< of a deadline
    std::int64_t occurrence = 0;  ///< of a deadline

    bool operator==(const ListKey&) const = default;
};

/// Where what has no end sorts: last. The generated column `sort_bound` has the same number.
inline constexpr std::int64_t kNoEnd = std::numeric_limits<std::int64_t>::max();

/// Which rows of a list.
struct ListPosition {
    std::optional<ListKey> after;  ///< absent: from the first
    std::size_t limit = 0;
    base::Instant now;  ///< by which something is overdue
};

/// A task with what its instance says about it.
struct ListedTask {
    machine::Task task;
    base::InstanceId instance;
    base::InstanceId root;
    std::string office;
    std::string party;
    std::string definition_sha256;
    std::string state;  ///< of the instance
};

struct ListedDeadline {
    machine::Deadline deadline;
    base::InstanceId instance;
    base::InstanceId root;
    std::string office;
    std::string party;
    std::string definition_sha256;
    std::string state;  ///< of the instance
};

/// Where a row stands in its list.
ListKey key_of(const machine::Instance& row);
ListKey key_of(const ListedTask& row);
ListKey key_of(const ListedDeadline& row);

}  // namespace engine::store
