// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/definition/catalog.h"
#include "engine/machine/check.h"
#include "engine/machine/command.h"
#include "engine/machine/decide.h"
#include "engine/machine/journal_entry.h"
#include "engine/machine/later_holiday.h"
#include "engine/machine/model.h"
#include "engine/runtime/as_of.h"
#include "engine/store/lists.h"
#include "engine/store/store.h"

// Every read of the engine. Each call sees one snapshot of the database, taken when it begins: what
// was committed before is in it, what is committed meanwhile is not.

namespace engine {

using runtime::PastInstance;
using runtime::PastPicture;
using store::DeadlineFilter;
using store::InstanceFilter;
using store::TaskFilter;
using store::Visibility;

/// An instance as people and programs look at it.
struct InstanceView {
    machine::InstanceRecord record;
    base::Fields values;
    definition::DefinitionPointer definition;
};

/// Rows of one page at the most.
inline constexpr std::size_t kMaxPageRows = 200;

/// The same with what an actor may do with it.
struct InstanceLook {
    InstanceView view;
    std::vector<machine::AvailableEvent> events;
};

/// Which page. `after` is the `next` of the page before, as it was given: opaque; empty: the first.
struct PageRequest {
    std::string after;
    std::size_t limit = 50;  ///< 1 to kMaxPageRows
};

template <class T>
struct Page {
    std::vector<T> items;
    std::string next;  ///< empty: this is the last page
};

/// An instance in a list. Titles are those of the definition it runs on.
struct InstanceRow {
    base::InstanceId id;
    base::InstanceId root;
    base::InstanceId parent;  ///< empty for one opened by a person
    std::string list;         ///< its name among the parent's children
    std::string family;
    std::string machine;
    std::string office;
    std::string party;
    std::string state;
    std::string state_title;
    std::int64_t version = 0;
    bool is_final = false;
    base::Instant opened_at;
    std::string title;  ///< of the machine
};

/// A task in a list.
struct TaskRow {
    base::TaskId id;
    base::InstanceId instance;
    base::InstanceId root;
    std::string machine;
    std::string machine_title;
    std::string office;
    std::string party;
    std::string name;
    std::string title;
    std::string role;  ///< who is waited for
    std::string role_title;
    machine::TaskStatus status = machine::TaskStatus::open;
    std::string assignee;  ///< person; empty: nobody has taken it
    base::Instant opened_at;
    std::optional<std::string> due_date;
    std::optional<base::Instant> bound;  ///< exclusive
    bool is_overdue = false;             ///< open, and its bound is past
    definition::LegalBasis legal_basis;
    std::string definition_sha256;  ///< of its instance, with the state: what the task ends by
    std::string state;
};

/// A deadline in a list.
struct DeadlineRow {
    base::InstanceId instance;
    base::InstanceId root;
    std::string machine;
    std::string machine_title;
    std::string office;
    std::string party;
    std::string name;
    int occurrence = 1;
    std::string title;
    std::string reminds_of;  ///< the obligation it reminds of; empty for one of its own
    definition::DeadlineKind kind = definition::DeadlineKind::closing;
    machine::DeadlineStatus status = machine::DeadlineStatus::running;
    std::optional<std::string> due_date;
    std::optional<base::Instant> bound;  ///< exclusive
    bool is_overdue = false;             ///< live, and its bound is past
    std::string rule;  ///< the explanation, calendar::render_term_json: each step with its source
    std::string later_holiday;         ///< machine::describe_later_holiday; empty: nothing to tell
    std::vector<std::string> awaited;  ///< roles of the body that is waited for: awaited_roles
    definition::LegalBasis legal_basis;
};

/// Threads: one for each object; as many objects as needed, beside one writer.
class Queries {
  public:
    virtual ~Queries() = default;

    /// Errors of every method: the store's.

    /// Errors: not_found.
    virtual base::Result<InstanceView> view(const base::InstanceId& id) = 0;
    /// The same, and what the actor may do now: of one snapshot. Errors: not_found.
    virtual base::Result<InstanceLook> look(const base::InstanceId& id,
                                            const machine::Actor& actor) = 0;
    /// The view with its own row only: no terms, tasks or values. For who asks whose it is.
    /// Errors: not_found.
    virtual base::Result<InstanceView> view_row(const base::InstanceId& id) = 0;
    /// In order of opening.
    virtual base::Result<std::vector<base::InstanceId>> children(const base::InstanceId& id) = 0;
    /// The entries of a root's journal after a position, at most `limit`.
    virtual base::Result<std::vector<machine::JournalEntry>> journal(const base::InstanceId& root,
                                                                     std::int64_t after,
                                                                     std::size_t limit) = 0;
    /// What the actor may do now on an instance, and what stands in the way. Errors: not_found.
    virtual base::Result<std::vector<machine::AvailableEvent>> available(
        const base::InstanceId& id, const machine::Actor& actor) = 0;
    /// The branch of the definition that a command on an instance would take now; nothing is done.
    /// A term that is over and has not fired yet is not made to fire first, as the act will.
    /// Errors: those that the act would have, before anything is written.
    virtual base::Result<const definition::Branch*> foresee(const machine::Command& command) = 0;
    /// An instance with all that was under it, as known and in force at an instant; without one,
    /// now. Errors: those of runtime::find_as_of.
    virtual base::Result<PastPicture> as_of(const base::InstanceId& id,
                                            std::optional<base::Instant> at) = 0;
    /// The instances whose id begins with `prefix`, in id order, at most `limit`.
    virtual base::Result<std::vector<base::InstanceId>> find_ids(const std::string& prefix,
                                                                 std::size_t limit) = 0;
    /// The instance that has this task. Errors: not_found.
    virtual base::Result<base::InstanceId> find_task_instance(const base::TaskId& id) = 0;
    /// The instant of the next running deadline anywhere; absent without one.
    virtual base::Result<std::optional<base::Instant>> next_bound() = 0;

    /// By opening, the latest first, then by id.
    /// Errors: invalid_query (a page or a filter that cannot be, with its pointer).
    virtual base::Result<Page<InstanceRow>> list_instances(const InstanceFilter& filter,
                                                           const PageRequest& page) = 0;
    /// As people work: by end, the late first, those without an end last, then by id.
    /// Errors: as list_instances.
    virtual base::Result<Page<TaskRow>> list_tasks(const TaskFilter& filter,
                                                   const PageRequest& page) = 0;
    /// As list_tasks.
    virtual base::Result<Page<DeadlineRow>> list_deadlines(const DeadlineFilter& filter,
                                                           const PageRequest& page) = 0;
};

/// Reads of a store that is open. The references outlive what is returned.
std::unique_ptr<Queries> make_queries(store::Reader& reader, const definition::Catalog& catalog,
                                      const machine::CheckLibrary& checks,
                                      const base::Clock& clock);

/// Reads of an engine's data folder on a read-only connection of their own. `catalog` is that of a
/// started engine (Engine::catalog): it knows every definition the database runs on. The references
/// outlive what is returned.
/// Errors: not_found (no database in the folder), storage_corrupt (also a database of another
/// version of the program), busy.
base::Result<std::unique_ptr<Queries>> open_queries(const std::filesystem::path& folder,
                                                    const definition::Catalog& catalog,
                                                    const machine::CheckLibrary& checks,
                                                    const base::Clock& clock);

}  // namespace engine
