// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_load.h"

#include "engine/base/ensure.h"
#include "engine/base/sha256.h"

namespace engine::store {

using namespace machine;

namespace {

/// A name in a column that no enumerator has: the file was changed by other hands.
template <class Enum>
Enum known(std::optional<Enum> value) {
    base::ensure(value.has_value(), "only the engine writes the state tables");
    return *value;
}

}  // namespace

Instance read_instance(Query& query) {
    Instance row;
    row.id = base::InstanceId{query.text()};
    row.root = base::InstanceId{query.text()};
    row.parent = base::InstanceId{query.optional_text().value_or("")};
    row.family = query.text();
    row.machine = query.text();
    row.list = query.text();
    row.definition_sha256 = query.text();
    row.office = query.text();
    row.party = query.text();
    row.initiative_sha256 = query.text();
    row.state = query.text();
    row.previous_state = query.text();
    row.version = query.integer();
    row.is_final = query.integer() != 0;
    row.opened_at = query.instant();
    return row;
}

Task read_task(Query& query) {
    Task row;
    row.id = base::TaskId{query.text()};
    row.name = query.text();
    row.role = query.text();
    row.status = known(find_task_status(query.text()));
    row.assignee = query.text();
    row.opened_at = query.instant();
    row.due_date = query.optional_text();
    row.bound = query.optional_instant();
    return row;
}

Deadline read_deadline(Query& query) {
    Deadline row;
    row.name = query.text();
    row.occurrence = static_cast<int>(query.integer());
    row.kind = known(definition::find_deadline_kind(query.text()));
    row.status = known(find_deadline_status(query.text()));
    row.reminds_of = query.text();
    row.due_date = query.optional_text();
    row.bound = query.optional_instant();
    row.rule.text = query.text();
    row.term.text = query.text();
    return row;
}

std::optional<Instance> load_instance(Connection& connection, const base::InstanceId& id) {
    Query query(connection.prepare(
        "select id, root_id, parent_id, family, machine, list, definition_sha256, office, party,"
        " initiative_sha256, state, previous_state, version, is_final, opened_at"
        " from instance where id = ?"));
    return query.bind(id).next() ? std::optional(read_instance(query)) : std::nullopt;
}

namespace {

void load_deadlines(Connection& connection, InstanceRecord& record) {
    Query query(connection.prepare(
        "select name, occurrence, kind, status, reminds_of, due_date, bound, rule, term"
        " from deadline where instance_id = ?"));
    query.bind(record.instance.id);
    while (query.next()) {
        Deadline row = read_deadline(query);
        record.deadlines.emplace(DeadlineKey{row.name, row.occurrence}, std::move(row));
    }
}

/// Ids of tasks and messages are that of their instance, a dot, and their own: '/' comes after it.
void load_tasks(Connection& connection, InstanceRecord& record) {
    Query query(
        connection.prepare("select id, name, role, status, assignee, opened_at, due_date, bound"
                           " from task where id > ?1 || '.' and id < ?1 || '/'"));
    query.bind(record.instance.id);
    while (query.next()) {
        Task row = read_task(query);
        record.tasks.emplace(row.id.text, std::move(row));
    }
}

void load_documents(Connection& connection, InstanceRecord& record) {
    Query query(connection.prepare(
        "select name, version, sha256, signed_by, signature_status, recorded_at, published_at,"
        " is_frozen from document where instance_id = ?"));
    query.bind(record.instance.id);
    while (query.next()) {
        Document row;
        row.name = query.text();
        row.version = static_cast<int>(query.integer());
        row.sha256 = query.text();
        row.signed_by = query.text();
        row.signature_status = query.text();
        row.recorded_at = query.instant();
        row.published_at = query.optional_instant();
        row.is_frozen = query.integer() != 0;
        record.documents.emplace(std::pair(row.name, row.version), std::move(row));
    }
}

void load_stamps(Connection& connection, InstanceRecord& record) {
    Query query(
        connection.prepare("select field, value, salt, hash from field_value"
                           " where instance_id = ? order by field, position"));
    query.bind(record.instance.id);
    while (query.next()) {
        std::string field = query.text();
        StoredValue value = read_value(query);
        record.values[field] = ValueStamp{field, std::move(value.hash), !value.json};
    }
}

void load_registrations(Connection& connection, InstanceRecord& record) {
    Query query(
        connection.prepare("select register_name, office, year, number, registered_at"
                           " from registration where instance_id = ?"));
    query.bind(record.instance.id);
    while (query.next()) {
        Registration row;
        row.register_name = query.text();
        row.office = query.text();
        row.year = static_cast<int>(query.integer());
        row.number = query.integer();
        row.registered_at = query.instant();
        record.registrations.emplace(row.register_name, std::move(row));
    }
}

void load_silences(Connection& connection, InstanceRecord& record) {
    Query query(
        connection.prepare("select deadline, counts_as, recorded_at from silence"
                           " where instance_id = ? order by ordinal"));
    query.bind(record.instance.id);
    while (query.next()) {
        Silence row;
        row.deadline = query.text();
        row.counts_as = query.text();
        row.recorded_at = query.instant();
        record.silences.push_back(std::move(row));
    }
}

void load_messages(Connection& connection, InstanceRecord& record) {
    Query query(
        connection.prepare("select id, name, template_name, recipient, channel, status,"
                           " content_sha256, is_erased from outbox"
                           " where id > ?1 || '.' and id < ?1 || '/'"));
    query.bind(record.instance.id);
    while (query.next()) {
        Message row;
        row.id = base::MessageId{query.text()};
        row.name = query.text();
        row.template_name = query.text();
        row.to = query.text();
        row.channel = query.text();
        row.status = known(find_message_status(query.text()));
        row.content_sha256 = query.text();
        row.is_erased = query.integer() != 0;
        record.messages.emplace(row.id.text, std::move(row));
    }
}

}  // namespace

std::optional<InstanceRecord> load_record(Connection& connection, const base::InstanceId& id) {
    auto instance = load_instance(connection, id);
    if (!instance) {
        return std::nullopt;
    }
    InstanceRecord record;
    record.instance = std::move(*instance);
    load_deadlines(connection, record);
    load_tasks(connection, record);
    load_documents(connection, record);
    load_stamps(connection, record);
    load_registrations(connection, record);
    load_silences(connection, record);
    load_messages(connection, record);
    return record;
}

StoredValue read_value(Query& query) {
    StoredValue stored;
    stored.json = query.optional_text();
    const auto salt = query.optional_text();
    const auto kept = query.optional_text();
    stored.hash =
        stored.json ? base::keyed_sha256_hex(salt.value_or(""), *stored.json) : kept.value_or("");
    return stored;
}

base::Fields load_values(Connection& connection, const base::InstanceId& id) {
    base::Fields values;
    Query query(
        connection.prepare("select field, value from field_value"
                           " where instance_id = ? order by field, position"));
    query.bind(id);
    while (query.next()) {
        std::string field = query.text();
        if (auto value = query.optional_text()) {
            values[std::move(field)] = std::move(*value);
        } else {
            values.erase(field);  // erased: absent, for whoever reads it
        }
    }
    return values;
}

}  // namespace engine::store
