// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_unit.h"

#include "engine/store/sqlite_rows.h"

namespace engine::store {

using namespace machine;

std::optional<Snapshot> SqliteUnit::find_snapshot(const base::InstanceId& id) {
    auto record = load_record(connection_, id);
    if (!record) {
        return std::nullopt;
    }
    return Snapshot{std::move(*record), load_values(connection_, id)};
}

std::vector<Relative> SqliteUnit::load_descendants(const base::InstanceId& id) {
    Query query(connection_.prepare(
        "with recursive tree (id, parent_id, list, path, state, party, office, is_final, opened_at)"
        " as ("
        " select id, parent_id, list, list, state, party, office, is_final, opened_at"
        " from instance where parent_id = ?"
        " union all"
        " select child.id, child.parent_id, child.list, tree.path || '/' || child.list,"
        " child.state, child.party, child.office, child.is_final, child.opened_at"
        " from instance child join tree on child.parent_id = tree.id)"
        " select id, parent_id, list, path, state, party, office, is_final from tree"
        " order by opened_at, id"));
    query.bind(id);
    std::vector<Relative> relatives;
    while (query.next()) {
        Relative relative;
        relative.id = base::InstanceId{query.text()};
        relative.parent = base::InstanceId{query.text()};
        relative.list = query.text();
        relative.path = query.text();
        relative.state = query.text();
        relative.party = query.text();
        relative.office = query.text();
        relative.is_final = query.integer() != 0;
        relatives.push_back(std::move(relative));
    }
    return relatives;
}

std::vector<Performance> SqliteUnit::load_performances(
    const std::vector<base::InstanceId>& instances) {
    std::vector<Performance> performances;
    for (const base::InstanceId& instance : instances) {
        Query query(
            connection_.prepare("select distinct event, person from journal"
                                " where instance_id = ? and person <> ''"));
        query.bind(instance);
        while (query.next()) {
            std::string event = query.text();
            performances.push_back({instance, std::move(event), query.text()});
        }
    }
    return performances;
}

std::vector<base::InstanceId> SqliteUnit::load_tree_roots(const base::InstanceId& id) {
    Query query(connection_.prepare(
        "with recursive up (id, parent_id) as ("
        " select id, parent_id from instance where id = ?"
        " union select instance.id, instance.parent_id"
        " from instance join up on instance.id = up.parent_id),"
        " down (id, root_id) as ("
        " select instance.id, instance.root_id from instance join up on up.id = instance.id"
        " where up.parent_id is null"
        " union select instance.id, instance.root_id"
        " from instance join down on instance.parent_id = down.id)"
        " select distinct root_id from down order by root_id"));
    query.bind(id);
    std::vector<base::InstanceId> roots;
    while (query.next()) {
        roots.emplace_back(query.text());
    }
    return roots;
}

namespace {

/// Legal order: what ends first comes first; at the same instant a missed obligation is noted
/// before a closing moves the procedure on.
constexpr const char* kDueOfRoot =
    "select deadline.instance_id, instance.root_id, deadline.name, deadline.occurrence,"
    " deadline.bound, deadline.kind from deadline join instance on instance.id = "
    "deadline.instance_id"
    " where deadline.status = 'running' and deadline.bound <= ?1 and instance.root_id = ?2"
    " order by deadline.bound, deadline.kind = 'closing', deadline.name, deadline.instance_id"
    " limit ?3";
constexpr const char* kDueOfAll =
    "select deadline.instance_id, instance.root_id, deadline.name, deadline.occurrence,"
    " deadline.bound, deadline.kind from deadline join instance on instance.id = "
    "deadline.instance_id"
    " where deadline.status = 'running' and deadline.bound <= ?1"
    " order by deadline.bound, deadline.kind = 'closing', deadline.name, deadline.instance_id"
    " limit ?2";

std::vector<DueDeadline> read_due(Query& query) {
    std::vector<DueDeadline> due;
    while (query.next()) {
        DueDeadline one;
        one.instance = base::InstanceId{query.text()};
        one.root = base::InstanceId{query.text()};
        one.key.name = query.text();
        one.key.occurrence = static_cast<int>(query.integer());
        one.bound = query.instant();
        one.kind = definition::find_deadline_kind(query.text())
                       .value_or(definition::DeadlineKind::closing);
        due.push_back(std::move(one));
    }
    return due;
}

}  // namespace

std::vector<DueDeadline> SqliteUnit::find_due(const std::optional<base::InstanceId>& root,
                                              base::Instant until, std::size_t limit) {
    const auto count = static_cast<std::int64_t>(limit);
    if (root) {
        Query query(connection_.prepare(kDueOfRoot));
        return read_due(query.bind(until, *root, count));
    }
    Query query(connection_.prepare(kDueOfAll));
    return read_due(query.bind(until, count));
}

std::int64_t SqliteUnit::next_number(const std::string& office, const std::string& register_name,
                                     int year) {
    Query query(connection_.prepare(
        "insert into register_counter (office, register_name, year, last_number)"
        " values (?, ?, ?, 1)"
        " on conflict (office, register_name, year) do update set last_number = last_number + 1"
        " returning last_number"));
    query.bind(office, register_name, year).next();
    return query.integer();
}

std::int64_t SqliteUnit::append(JournalEntry entry, const InstanceRecord& after) {
    std::string previous_hash = kFirstPreviousHash;
    entry.position = 1;
    {
        Query last(
            connection_.prepare("select position, hash from journal where root_id = ?"
                                " order by position desc limit 1"));
        if (last.bind(entry.root).next()) {
            entry.position = last.integer() + 1;
            previous_hash = last.text();
        }
    }
    const std::string text = render_entry(entry);
    Query(connection_.prepare("insert into journal (root_id, position, instance_id, event, person,"
                              " text, previous_hash, hash) values (?, ?, ?, ?, ?, ?, ?, ?)"))
        .bind(entry.root, entry.position, entry.instance, entry.event, entry.person, text,
              previous_hash, chain_hash(previous_hash, text))
        .run();
    save_rows(connection_, entry, after);
    return entry.position;
}

std::optional<StoredAnswer> SqliteUnit::find_answer(const std::string& key,
                                                    const std::string& person) {
    Query query(connection_.prepare(
        "select request_sha256, answer from idempotency where key = ? and person = ?"));
    if (!query.bind(key, person).next()) {
        return std::nullopt;
    }
    StoredAnswer answer;
    answer.request_sha256 = query.text();
    answer.answer = query.text();
    return answer;
}

void SqliteUnit::save_answer(const std::string& key, const std::string& person,
                             const StoredAnswer& answer, base::Instant created_at) {
    Query(connection_.prepare("insert into idempotency (key, person, request_sha256, answer,"
                              " created_at) values (?, ?, ?, ?, ?)"))
        .bind(key, person, answer.request_sha256, answer.answer, created_at)
        .run();
}

bool SqliteUnit::in_savepoint(const std::function<bool()>& work) {
    auto& database = connection_.database();
    const auto end = [&](bool is_kept) {
        translated([&] {
            return database.exec(is_kept ? "release step" : "rollback to step; release step");
        });
    };
    translated([&] { return database.exec("savepoint step"); });
    bool is_kept = false;
    try {
        is_kept = work();
    } catch (...) {
        try {
            end(false);
        } catch (const StoreFailure&) {
            // The whole transaction is gone already: the first failure says why.
        }
        throw;
    }
    end(is_kept);
    return is_kept;
}

bool SqliteUnit::holds_lease(const base::MessageId& id, std::int64_t fence) {
    Query query(connection_.prepare("select fence from outbox where id = ? and status = 'queued'"));
    return query.bind(id).next() && query.integer() == fence;
}

}  // namespace engine::store
