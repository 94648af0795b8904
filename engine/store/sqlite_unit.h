// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/store/snapshot_cache.h"
#include "engine/store/sqlite_read_unit.h"

namespace engine::store {

/// The verbs of a write transaction, on one connection.
class SqliteUnit final : public UnitOfWork, public SqliteReadUnit {
  public:
    /// The cache is the writer's: `begin` was called with this transaction.
    SqliteUnit(Connection& connection, SnapshotCache& cache)
        : SqliteReadUnit(connection), cache_(cache) {}

    std::optional<machine::Snapshot> find_snapshot(const base::InstanceId& id) override;
    std::int64_t next_number(const std::string& office, const std::string& register_name,
                             int year) override;
    std::int64_t append(machine::JournalEntry entry, const machine::InstanceRecord& after) override;
    std::optional<StoredAnswer> find_answer(const std::string& key,
                                            const std::string& person) override;
    void save_answer(const std::string& key, const std::string& person, const StoredAnswer& answer,
                     base::Instant created_at) override;
    bool in_savepoint(const std::function<bool()>& work) override;
    bool holds_lease(const base::MessageId& id, std::int64_t fence) override;

  private:
    SnapshotCache& cache_;
};

}  // namespace engine::store
