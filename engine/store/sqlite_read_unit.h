// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/store/sqlite_query.h"
#include "engine/store/store.h"

namespace engine::store {

/// The reading verbs, on one connection that has a transaction open.
class SqliteReadUnit : public virtual ReadUnit {
  public:
    explicit SqliteReadUnit(Connection& connection) : connection_(connection) {}

    std::optional<machine::Snapshot> find_snapshot(const base::InstanceId& id) override;
    std::optional<machine::Instance> find_instance(const base::InstanceId& id) override;
    std::vector<machine::Relative> load_descendants(const base::InstanceId& id) override;
    std::vector<machine::Performance> load_performances(
        const std::vector<base::InstanceId>& instances) override;
    std::optional<base::Instant> find_beginning(const base::InstanceId& id) override;
    std::vector<base::InstanceId> load_tree_roots(const base::InstanceId& id) override;
    std::vector<DueDeadline> find_due(const std::optional<base::InstanceId>& root,
                                      base::Instant until, std::size_t limit) override;
    std::vector<StoredDefinition> load_definitions() override;
    std::optional<base::Instant> next_bound() override;
    std::vector<base::InstanceId> list_roots(const base::InstanceId& after,
                                             std::size_t limit) override;
    std::vector<base::InstanceId> list_children(const base::InstanceId& parent) override;
    std::vector<machine::StoredEntry> read_journal(const base::InstanceId& root, std::int64_t after,
                                                   std::size_t limit) override;
    std::string chain_head(const base::InstanceId& root) override;
    std::optional<base::InstanceId> find_task_instance(const base::TaskId& id) override;
    std::vector<base::InstanceId> find_ids(const std::string& prefix, std::size_t limit) override;
    std::vector<machine::Instance> list_instances(const InstanceFilter& filter,
                                                  const ListPosition& position) override;
    std::vector<ListedTask> list_tasks(const TaskFilter& filter,
                                       const ListPosition& position) override;
    std::vector<ListedDeadline> list_deadlines(const DeadlineFilter& filter,
                                               const ListPosition& position) override;
    std::vector<machine::InstanceRecord> load_records(const base::InstanceId& root) override;
    std::vector<ValueRow> load_value_rows(const base::InstanceId& instance) override;
    void visit_contents(const std::function<void(const std::string& sha256)>& visit) override;
    bool is_content_named(const std::string& sha256) override;
    std::string find_loose_row() override;
    std::string check_integrity() override;

  protected:
    Connection& connection() { return connection_; }

  private:
    Connection& connection_;
};

}  // namespace engine::store
