// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/machine/facts.h"
#include "engine/machine/journal_entry.h"
#include "engine/machine/model.h"
#include "engine/store/account_store.h"
#include "engine/store/lists.h"

// The database seam: a few verbs, each one transaction. A second store (PostgreSQL) implements the
// same classes and passes the same tests; nothing here is peculiar to SQLite.

namespace engine::store {

/// A stored definition or initiative, by hash, for ever.
struct StoredDefinition {
    std::string sha256;
    std::string kind;  ///< "machine" · "initiative"
    std::string name;  ///< "family/machine@version", or the initiative's id
    std::string text;
};

/// Whether the text still has the hash it is kept under.
bool is_definition_whole(const StoredDefinition& definition);

/// What an idempotency key answered before.
struct StoredAnswer {
    std::string request_sha256;
    std::string answer;
};

/// A deadline that is due.
struct DueDeadline {
    base::InstanceId instance;
    base::InstanceId root;
    machine::DeadlineKey key;
    base::Instant bound;
    definition::DeadlineKind kind = definition::DeadlineKind::closing;

    /// Legal order, the same everywhere: what ends first comes first; at the same instant a missed
    /// obligation is noted before a closing moves the procedure on.
    bool is_before(const DueDeadline& other) const;
};

/// One version of a field's value, as the table holds it.
struct ValueRow {
    std::string field;
    std::int64_t position = 0;         ///< of the entry that set it
    std::string hash;                  ///< keyed with its salt: what the journal must say
    std::optional<std::string> value;  ///< absent when it was erased
};

/// A message handed to one dispatcher until `leased_until`; `fence` proves that it still holds it.
struct LeasedMessage {
    base::InstanceId instance;
    machine::Message message;
    std::int64_t fence = 0;
};

/// Reads inside one transaction: all of them see the same snapshot.
/// Threads: that of the transaction. Errors of every method: SQL failures are thrown as
/// StoreFailure.
class ReadUnit {
  public:
    virtual ~ReadUnit() = default;

    // What a decision is made from.
    virtual std::optional<machine::Snapshot> find_snapshot(const base::InstanceId& id) = 0;
    /// Its own row only: whose it is, and in which state.
    virtual std::optional<machine::Instance> find_instance(const base::InstanceId& id) = 0;
    /// Children and grandchildren of an instance, with their paths, in order of opening.
    virtual std::vector<machine::Relative> load_descendants(const base::InstanceId& id) = 0;
    /// Who caused which events on these instances.
    virtual std::vector<machine::Performance> load_performances(
        const std::vector<base::InstanceId>& instances) = 0;
    /// When an instance began: when its opening took place, which may be before it was entered.
    /// Absent when there is no such instance.
    virtual std::optional<base::Instant> find_beginning(const base::InstanceId& id) = 0;
    /// The roots of every instance of the tree that holds this one, from its topmost ancestor down.
    virtual std::vector<base::InstanceId> load_tree_roots(const base::InstanceId& id) = 0;
    /// Due deadlines (`bound` ≤ `until`) of the instances of one root, in legal order: by bound,
    /// then obligations before closings, then by name. Empty root: of all roots, `limit` at most.
    virtual std::vector<DueDeadline> find_due(const std::optional<base::InstanceId>& root,
                                              base::Instant until, std::size_t limit) = 0;

    // What people and programs look at.
    virtual std::vector<StoredDefinition> load_definitions() = 0;
    /// The end of the running deadline that ends first; absent without one.
    virtual std::optional<base::Instant> next_bound() = 0;
    /// Roots after `after`, in id order.
    virtual std::vector<base::InstanceId> list_roots(const base::InstanceId& after,
                                                     std::size_t limit) = 0;
    /// Children of an instance, in order of opening.
    virtual std::vector<base::InstanceId> list_children(const base::InstanceId& parent) = 0;
    /// Entries of a root's chain after a position, in order.
    virtual std::vector<machine::StoredEntry> read_journal(const base::InstanceId& root,
                                                           std::int64_t after,
                                                           std::size_t limit) = 0;
    /// The hash of the last entry of a root's chain; empty when it has none.
    virtual std::string chain_head(const base::InstanceId& root) = 0;
    /// The instance that has this task; absent when there is no such task.
    virtual std::optional<base::InstanceId> find_task_instance(const base::TaskId& id) = 0;
    /// Instances whose id begins with `prefix`, in id order, at most `limit`.
    virtual std::vector<base::InstanceId> find_ids(const std::string& prefix,
                                                   std::size_t limit) = 0;
    /// Rows of a list after `after` (absent: from the first), at most `limit`.
    virtual std::vector<machine::Instance> list_instances(const InstanceFilter& filter,
                                                          const ListPosition& position) = 0;
    virtual std::vector<ListedTask> list_tasks(const TaskFilter& filter,
                                               const ListPosition& position) = 0;
    virtual std::vector<ListedDeadline> list_deadlines(const DeadlineFilter& filter,
                                                       const ListPosition& position) = 0;

    // What proves that nothing was changed by other hands.
    /// All instances of a root, as the tables hold them.
    virtual std::vector<machine::InstanceRecord> load_records(const base::InstanceId& root) = 0;
    /// Every version of every value of an instance, by field and position.
    virtual std::vector<ValueRow> load_value_rows(const base::InstanceId& instance) = 0;
    /// The hash of each content that messages (not erased) and documents name, in no order.
    virtual void visit_contents(const std::function<void(const std::string& sha256)>& visit) = 0;
    /// Whether a message that was not erased, or a document, has that content.
    virtual bool is_content_named(const std::string& sha256) = 0;
    /// Half values (a salt without its value), copies of an instance's columns that say
    /// something else, and rows that belong to no journal: the first found, as a sentence; empty
    /// when all is well.
    virtual std::string find_loose_row() = 0;
    /// The database's own check of its pages; empty when all is well.
    virtual std::string check_integrity() = 0;
};

/// Reads and writes inside one write transaction.
/// Threads: the writer only. Errors of every method: SQL failures are thrown as StoreFailure and
/// end the transaction.
class UnitOfWork : public virtual ReadUnit {
  public:
    /// The next number of a register: gapless, because it is taken in the transaction that uses it.
    virtual std::int64_t next_number(const std::string& office, const std::string& register_name,
                                     int year) = 0;

    /// Chains the entry to its root's journal (its position is assigned here and returned), and
    /// writes the rows of `after`, the record it leads to.
    virtual std::int64_t append(machine::JournalEntry entry,
                                const machine::InstanceRecord& after) = 0;

    virtual std::optional<StoredAnswer> find_answer(const std::string& key,
                                                    const std::string& person) = 0;
    virtual void save_answer(const std::string& key, const std::string& person,
                             const StoredAnswer& answer, base::Instant created_at) = 0;

    /// Runs `work` so that what it wrote is undone when it says false or throws.
    virtual bool in_savepoint(const std::function<bool()>& work) = 0;

    /// Whether the lease of a message still holds. Checked in the transaction that records its end.
    virtual bool holds_lease(const base::MessageId& id, std::int64_t fence) = 0;
};

/// One item of a batch: true commits what it did, false rolls back it alone.
using Work = std::function<bool(UnitOfWork&)>;

/// What the machine did to us: full disk, damaged file, locked database. The codes are
/// storage_full, storage_corrupt, busy and internal.
class StoreFailure : public std::runtime_error {
  public:
    explicit StoreFailure(base::Error error)
        : std::runtime_error(error.message_it), error_(std::move(error)) {}
    const base::Error& error() const { return error_; }

  private:
    base::Error error_;
};

/// Whatever can be read.
/// Threads: one at a time for each object.
class Reader {
  public:
    virtual ~Reader() = default;

    /// Reads in one snapshot: what was committed before is in it, and nothing that comes
    /// meanwhile. Errors: StoreFailure.
    virtual void read(const std::function<void(ReadUnit&)>& work) = 0;

    /// Another reader of the same database, for another thread. Errors: StoreFailure.
    virtual std::unique_ptr<Reader> open_another() const = 0;
};

/// What `work` makes of one snapshot.
template <class Work>
auto read_from(Reader& reader, Work work) {
    std::optional<decltype(work(std::declval<ReadUnit&>()))> answer;
    reader.read([&](ReadUnit& unit) { answer.emplace(work(unit)); });
    return std::move(*answer);
}

/// The one writer, which also reads: between two commits, never inside one.
class Store : public Reader {
  public:
    /// People and tokens of the same database, read and written between two commits.
    virtual AccountStore& accounts() = 0;

    /// Runs the items in order, a savepoint each, in one transaction; when this returns they are
    /// on disk. Errors: StoreFailure, and then none of them is.
    virtual void commit(const std::vector<Work>& batch) = 0;

    /// Keeps a definition. Errors: invalid_input when that name is already kept with another hash
    /// and an instance runs on it: a published version is never edited.
    virtual base::Result<void> save_definition(const StoredDefinition& definition) = 0;

    /// Hands out queued messages whose lease is over, oldest first.
    virtual std::vector<LeasedMessage> lease_messages(base::Instant now, std::int64_t lease_ms,
                                                      std::size_t limit) = 0;

    /// Deletes answers kept for idempotency keys, and sessions that were over, before an instant;
    /// at most `limit` of each. Gives how many of both.
    virtual std::size_t prune(base::Instant before, std::size_t limit) = 0;

    /// Rewrites the file and empties its log, so that nothing that was erased is left in free
    /// space. False when another program was reading and the log could not be emptied: to be
    /// repeated.
    virtual bool scrub() = 0;
};

}  // namespace engine::store
