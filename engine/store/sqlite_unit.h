// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/store/sqlite_query.h"
#include "engine/store/store.h"

namespace engine::store {

/// The verbs of a transaction, on one connection.
class SqliteUnit final : public UnitOfWork {
  public:
    explicit SqliteUnit(Connection& connection) : connection_(connection) {}

    std::optional<machine::Snapshot> find_snapshot(const base::InstanceId& id) override;
    std::vector<machine::Relative> load_descendants(const base::InstanceId& id) override;
    std::vector<machine::Performance> load_performances(
        const std::vector<base::InstanceId>& instances) override;
    std::optional<base::Instant> find_beginning(const base::InstanceId& id) override;
    std::vector<base::InstanceId> load_tree_roots(const base::InstanceId& id) override;
    std::vector<DueDeadline> find_due(const std::optional<base::InstanceId>& root,
                                      base::Instant until, std::size_t limit) override;
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
    Connection& connection_;
};

}  // namespace engine::store
