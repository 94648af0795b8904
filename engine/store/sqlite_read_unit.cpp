// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_read_unit.h"

#include "engine/machine/command.h"
#include "engine/store/journal_text.h"
#include "engine/store/sqlite_audit.h"
#include "engine/store/sqlite_load.h"

namespace engine::store {

using namespace machine;

namespace {

std::vector<base::InstanceId> read_ids(Query& query) {
    std::vector<base::InstanceId> ids;
    while (query.next()) {
        ids.emplace_back(query.text());
    }
    return ids;
}

}  // namespace

std::optional<Snapshot> SqliteReadUnit::find_snapshot(const base::InstanceId& id) {
    auto record = load_record(connection_, id);
    if (!record) {
        return std::nullopt;
    }
    return Snapshot{std::move(*record), load_values(connection_, id)};
}

std::optional<Instance> SqliteReadUnit::find_instance(const base::InstanceId& id) {
    return load_instance(connection_, id);
}

std::vector<Relative> SqliteReadUnit::load_descendants(const base::InstanceId& id) {
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

std::vector<Performance> SqliteReadUnit::load_performances(
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

std::optional<base::Instant> SqliteReadUnit::find_beginning(const base::InstanceId& id) {
    // Of a root it is the first; of what is under it the chain is read up to there.
    Query query(
        connection_.prepare("select text, root_id, person from journal"
                            " where root_id = (select root_id from instance where id = ?1)"
                            " and instance_id = ?1 and event = ?2 order by position limit 1"));
    const std::string opening(kEventOpen);
    if (!query.bind(id, opening).next()) {
        return std::nullopt;
    }
    const std::string text = query.text();
    const std::string root = query.text();
    const auto entry = parse_entry(plain_entry_text(text, {root, id.text, opening, query.text()}));
    if (!entry) {
        throw StoreFailure(entry.error());
    }
    return entry->occurred_at.value_or(entry->received_at);
}

std::vector<base::InstanceId> SqliteReadUnit::load_tree_roots(const base::InstanceId& id) {
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
    "select instance_id, root_id, name, occurrence, bound, kind from deadline"
    " where status = 'running' and sort_bound <= ?1 and root_id = ?2"
    " order by bound, kind = 'closing', name, instance_id"
    " limit ?3";
/// In the order of its index: at midnight thousands end at the same instant.
constexpr const char* kDueOfAll =
    "select instance_id, root_id, name, occurrence, bound, kind from deadline"
    " where status = 'running' and bound <= ?1"
    " order by bound, kind = 'closing', name, instance_id"
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

std::vector<DueDeadline> SqliteReadUnit::find_due(const std::optional<base::InstanceId>& root,
                                                  base::Instant until, std::size_t limit) {
    const auto count = static_cast<std::int64_t>(limit);
    if (root) {
        Query query(connection_.prepare(kDueOfRoot));
        return read_due(query.bind(until, *root, count));
    }
    Query query(connection_.prepare(kDueOfAll));
    return read_due(query.bind(until, count));
}

std::vector<StoredDefinition> SqliteReadUnit::load_definitions() {
    std::vector<StoredDefinition> definitions;
    Query query(
        connection_.prepare("select sha256, kind, name, text from definition"
                            " order by name, sha256"));
    while (query.next()) {
        StoredDefinition definition;
        definition.sha256 = query.text();
        definition.kind = query.text();
        definition.name = query.text();
        definition.text = query.text();
        definitions.push_back(std::move(definition));
    }
    return definitions;
}

std::optional<base::Instant> SqliteReadUnit::next_bound() {
    Query query(connection_.prepare("select min(bound) from deadline where status = 'running'"));
    query.next();
    return query.optional_instant();
}

std::vector<base::InstanceId> SqliteReadUnit::list_roots(const base::InstanceId& after,
                                                         std::size_t limit) {
    // From root to root by two seeks: rows without a journal count, and a journal without rows.
    std::vector<base::InstanceId> roots;
    base::InstanceId last = after;
    while (roots.size() < limit) {
        Query query(connection_.prepare(
            "select min(id) from (select min(root_id) as id from journal where root_id > ?1"
            " union all select min(root_id) from instance where root_id > ?1 and root_id <> id"
            " union all select * from (select id from instance where id > ?1 and root_id = id"
            " order by id limit 1))"));
        query.bind(last).next();
        const auto next = query.optional_text();
        if (!next) {
            break;
        }
        last = base::InstanceId{*next};
        roots.push_back(last);
    }
    return roots;
}

std::vector<base::InstanceId> SqliteReadUnit::list_children(const base::InstanceId& parent) {
    Query query(
        connection_.prepare("select id from instance where parent_id = ? order by opened_at, id"));
    return read_ids(query.bind(parent));
}

namespace {

/// What an entry after that position follows.
std::string hash_at(Connection& connection, const base::InstanceId& root, std::int64_t position) {
    Query query(
        connection.prepare("select hash from journal where root_id = ? and position <= ?"
                           " order by position desc limit 1"));
    return query.bind(root, position).next() ? query.text() : kFirstPreviousHash;
}

}  // namespace

std::vector<StoredEntry> SqliteReadUnit::read_journal(const base::InstanceId& root,
                                                      std::int64_t after, std::size_t limit) {
    std::vector<StoredEntry> entries;
    Query query(
        connection_.prepare("select position, text, hash, instance_id, event, person from journal"
                            " where root_id = ? and position > ? order by position limit ?"));
    query.bind(root, after, static_cast<std::int64_t>(limit));
    std::string previous_hash = hash_at(connection_, root, after);
    while (query.next()) {
        StoredEntry entry;
        entry.root = root;
        entry.position = query.integer();
        const std::string text = query.text();
        entry.previous_hash = std::move(previous_hash);
        entry.hash = query.text();
        entry.instance = base::InstanceId{query.text()};
        entry.event = query.text();
        entry.person = query.text();
        entry.text =
            plain_entry_text(text, {root.text, entry.instance.text, entry.event, entry.person});
        previous_hash = entry.hash;
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::string SqliteReadUnit::chain_head(const base::InstanceId& root) {
    Query query(
        connection_.prepare("select hash from journal where root_id = ?"
                            " order by position desc limit 1"));
    return query.bind(root).next() ? query.text() : "";
}

std::optional<base::InstanceId> SqliteReadUnit::find_task_instance(const base::TaskId& id) {
    Query query(connection_.prepare("select instance_id from task where id = ?"));
    query.bind(id);
    return query.next() ? std::optional(base::InstanceId{query.text()}) : std::nullopt;
}

std::vector<base::InstanceId> SqliteReadUnit::find_ids(const std::string& prefix,
                                                       std::size_t limit) {
    // '~' comes after every character of an id.
    Query query(
        connection_.prepare("select id from instance where id >= ?1 and id < ?1 || '~'"
                            " order by id limit ?2"));
    return read_ids(query.bind(prefix, static_cast<std::int64_t>(limit)));
}

std::vector<InstanceRecord> SqliteReadUnit::load_records(const base::InstanceId& root) {
    std::vector<base::InstanceId> ids;
    {
        Query query(connection_.prepare(
            "select id from instance where id = ?1 and root_id = ?1"
            " union all select id from instance where root_id = ?1 and root_id <> id order by id"));
        ids = read_ids(query.bind(root));
    }
    std::vector<InstanceRecord> records;
    for (const base::InstanceId& id : ids) {
        records.push_back(*load_record(connection_, id));
    }
    return records;
}

std::vector<ValueRow> SqliteReadUnit::load_value_rows(const base::InstanceId& instance) {
    Query query(
        connection_.prepare("select field, position, value, salt, hash from field_value"
                            " where instance_id = ? order by field, position"));
    query.bind(instance);
    std::vector<ValueRow> rows;
    while (query.next()) {
        ValueRow row;
        row.field = query.text();
        row.position = query.integer();
        StoredValue stored = read_value(query);
        row.hash = std::move(stored.hash);
        row.value = std::move(stored.json);
        rows.push_back(std::move(row));
    }
    return rows;
}

void SqliteReadUnit::visit_contents(const std::function<void(const std::string& sha256)>& visit) {
    Query query(
        connection_.prepare("select content_sha256 from outbox"
                            " where content_sha256 <> '' and is_erased = 0"
                            " union select sha256 from document"));
    while (query.next()) {
        visit(query.text());
    }
}

bool SqliteReadUnit::is_content_named(const std::string& sha256) {
    Query query(
        connection_.prepare("select 1 from outbox where content_sha256 = ? and is_erased = 0"
                            " union all select 1 from document where sha256 = ? limit 1"));
    return query.bind(sha256).bind(sha256).next();
}

std::string SqliteReadUnit::find_loose_row() {
    return store::find_loose_row(connection_);
}

std::string SqliteReadUnit::check_integrity() {
    return store::check_integrity(connection_);
}

}  // namespace engine::store
