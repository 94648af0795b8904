// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/list_query.h"
#include "engine/store/sqlite_load.h"
#include "engine/store/sqlite_read_unit.h"

namespace engine::store {
namespace {

/// Runs a page's query, if there is one, and takes what `read` makes of each row.
template <class Row, class ReadRow>
std::vector<Row> read_page(Connection& connection, const std::optional<ListQuery>& page,
                           ReadRow read_row) {
    std::vector<Row> rows;
    if (!page) {
        return rows;
    }
    Query query(connection.prepare_text(page->sql));
    for (const auto& parameter : page->parameters) {
        query.bind(parameter);
    }
    while (query.next()) {
        rows.push_back(read_row(query));
    }
    return rows;
}

/// What the columns after the row's own say about its instance.
template <class Listed>
void read_whereabouts(Query& query, Listed& listed) {
    listed.instance = base::InstanceId{query.text()};
    listed.root = base::InstanceId{query.text()};
    listed.office = query.text();
    listed.party = query.text();
    listed.definition_sha256 = query.text();
    listed.state = query.text();
}

}  // namespace

std::vector<machine::Instance> SqliteReadUnit::list_instances(const InstanceFilter& filter,
                                                              const ListPosition& position) {
    return read_page<machine::Instance>(connection_, make_instance_query(filter, position),
                                        read_instance);
}

std::vector<ListedTask> SqliteReadUnit::list_tasks(const TaskFilter& filter,
                                                   const ListPosition& position) {
    return read_page<ListedTask>(connection_, make_task_query(filter, position), [](Query& query) {
        ListedTask listed;
        listed.task = read_task(query);
        read_whereabouts(query, listed);
        return listed;
    });
}

std::vector<ListedDeadline> SqliteReadUnit::list_deadlines(const DeadlineFilter& filter,
                                                           const ListPosition& position) {
    return read_page<ListedDeadline>(connection_, make_deadline_query(filter, position),
                                     [](Query& query) {
                                         ListedDeadline listed;
                                         listed.deadline = read_deadline(query);
                                         read_whereabouts(query, listed);
                                         return listed;
                                     });
}

}  // namespace engine::store
