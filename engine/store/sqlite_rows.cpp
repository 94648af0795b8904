// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_rows.h"

#include <algorithm>

#include "engine/base/ensure.h"

namespace engine::store {
namespace {

using namespace machine;

std::optional<std::string> null_when_empty(const base::InstanceId& id) {
    return id.empty() ? std::nullopt : std::optional(id.text);
}

void save_instance(Connection& connection, const Instance& row) {
    Query(connection.prepare(
              "insert into instance (id, root_id, parent_id, family, machine, list,"
              " definition_sha256, office, party, initiative_sha256, state, previous_state,"
              " version, is_final, opened_at)"
              " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
              " on conflict (id) do update set state = excluded.state,"
              " definition_sha256 = excluded.definition_sha256,"
              " previous_state = excluded.previous_state, version = excluded.version,"
              " is_final = excluded.is_final"))
        .bind(row.id, row.root, null_when_empty(row.parent), row.family, row.machine, row.list,
              row.definition_sha256, row.office, row.party, row.initiative_sha256, row.state,
              row.previous_state, row.version, row.is_final, row.opened_at)
        .run();
}

/// One overload for each effect: the row it touched.
class RowSaver {
  public:
    RowSaver(Connection& connection, const JournalEntry& entry, const InstanceRecord& after)
        : connection_(connection), entry_(entry), after_(after), id_(after.instance.id) {}

    void operator()(const InstanceOpened&) {}
    void operator()(const StateEntered&) {}
    void operator()(const Migrated&) {}  // of the instance: save_instance
    void operator()(const ValueSet& effect) {
        Query(connection_.prepare("insert into field_value"
                                  " (instance_id, field, position, value, salt, hash)"
                                  " values (?, ?, ?, ?, ?, ?)"
                                  " on conflict (instance_id, field, position) do update set"
                                  " value = excluded.value, salt = excluded.salt,"
                                  " hash = excluded.hash"))
            .bind(id_, effect.field, entry_.position, effect.value_json, effect.salt, effect.hash)
            .run();
    }
    void operator()(const DeadlineSet& effect) {
        save_deadline({effect.deadline.name, effect.deadline.occurrence});
    }
    void operator()(const DeadlineEnded& effect) {
        save_deadline({effect.name, effect.occurrence});
    }
    void operator()(const TaskOpened& effect) { save_task(effect.task.id); }
    void operator()(const TaskAssigned& effect) { save_task(effect.id); }
    void operator()(const TaskEnded& effect) { save_task(effect.id); }
    void operator()(const DocumentRecorded& effect) {
        save_document({effect.document.name, effect.document.version});
    }
    void operator()(const DocumentPublished& effect) {
        save_document({effect.name, effect.version});
    }
    void operator()(const DocumentFrozen& effect) { save_document({effect.name, effect.version}); }
    void operator()(const Registered& effect) {
        const auto& row = after_.registrations.at(effect.registration.register_name);
        Query(connection_.prepare("insert into registration (instance_id, register_name, office,"
                                  " year, number, registered_at) values (?, ?, ?, ?, ?, ?)"))
            .bind(id_, row.register_name, row.office, row.year, row.number, row.registered_at)
            .run();
    }
    void operator()(const MessageQueued& effect) { save_message(effect.message.id); }
    void operator()(const MessageSent& effect) { save_message(effect.id); }
    void operator()(const ValueErased& effect) {
        Query(connection_.prepare("update field_value set value = null, salt = null"
                                  " where instance_id = ? and field = ?"))
            .bind(id_, effect.field)
            .run();
        if (!is_idempotency_erased_) {
            // Answers quote values, and the hash of a request has no salt: a key that was used here
            // stays used, and matches no request any more.
            Query(connection_.prepare("update idempotency set request_sha256 = '', answer = ''"
                                      " where instr(answer, ?) > 0"))
                .bind(id_)
                .run();
            is_idempotency_erased_ = true;
        }
    }
    void operator()(const MessageErased& effect) { save_message(effect.id); }
    void operator()(const SilenceRecorded&) {
        // The entry may record several: they are the last ones of the record, in order.
        const auto in_entry = static_cast<std::size_t>(std::count_if(
            entry_.effects.begin(), entry_.effects.end(),
            [](const Effect& effect) { return std::holds_alternative<SilenceRecorded>(effect); }));
        const std::size_t ordinal = after_.silences.size() - in_entry + ++silences_saved_;
        const auto& row = after_.silences.at(ordinal - 1);
        Query(connection_.prepare("insert into silence (instance_id, ordinal, deadline, counts_as,"
                                  " recorded_at) values (?, ?, ?, ?, ?)"))
            .bind(id_, static_cast<std::int64_t>(ordinal), row.deadline, row.counts_as,
                  row.recorded_at)
            .run();
    }

  private:
    void save_deadline(const DeadlineKey& key) {
        const Deadline& row = after_.deadlines.at(key);
        Query(connection_.prepare(
                  "insert into deadline (instance_id, name, occurrence, kind, status, reminds_of,"
                  " due_date, bound, rule, term) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  " on conflict (instance_id, name, occurrence) do update set"
                  " status = excluded.status, due_date = excluded.due_date,"
                  " bound = excluded.bound, rule = excluded.rule, term = excluded.term"))
            .bind(id_, row.name, row.occurrence, definition::deadline_kind_name(row.kind),
                  deadline_status_name(row.status), row.reminds_of, row.due_date, row.bound,
                  row.rule, row.term)
            .run();
    }
    void save_task(const base::TaskId& task_id) {
        const Task& row = after_.tasks.at(task_id.text);
        Query(connection_.prepare(
                  "insert into task (id, instance_id, name, role, status, assignee, opened_at,"
                  " due_date, bound) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  " on conflict (id) do update set status = excluded.status,"
                  " assignee = excluded.assignee"))
            .bind(row.id, id_, row.name, row.role, task_status_name(row.status), row.assignee,
                  row.opened_at, row.due_date, row.bound)
            .run();
    }
    void save_document(const std::pair<std::string, int>& key) {
        const Document& row = after_.documents.at(key);
        Query(connection_.prepare(
                  "insert into document (instance_id, name, version, sha256, signed_by,"
                  " signature_status, recorded_at, published_at, is_frozen)"
                  " values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  " on conflict (instance_id, name, version) do update set"
                  " published_at = excluded.published_at, is_frozen = excluded.is_frozen"))
            .bind(id_, row.name, row.version, row.sha256, row.signed_by, row.signature_status,
                  row.recorded_at, row.published_at, row.is_frozen)
            .run();
    }
    void save_message(const base::MessageId& message_id) {
        const Message& row = after_.messages.at(message_id.text);
        Query(connection_.prepare(
                  "insert into outbox (id, instance_id, name, template_name, recipient, channel,"
                  " status, content_sha256, is_erased, attempts, leased_until, fence)"
                  " values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)"
                  " on conflict (id) do update set status = excluded.status,"
                  " content_sha256 = excluded.content_sha256, is_erased = excluded.is_erased"))
            .bind(row.id, id_, row.name, row.template_name, row.to, row.channel,
                  message_status_name(row.status), row.content_sha256, row.is_erased)
            .run();
    }

    Connection& connection_;
    const JournalEntry& entry_;
    const InstanceRecord& after_;
    const base::InstanceId& id_;
    std::size_t silences_saved_ = 0;
    bool is_idempotency_erased_ = false;
};

std::optional<Instance> load_instance(Connection& connection, const base::InstanceId& id) {
    Query query(connection.prepare(
        "select root_id, parent_id, family, machine, list, definition_sha256, office, party,"
        " initiative_sha256, state, previous_state, version, is_final, opened_at"
        " from instance where id = ?"));
    if (!query.bind(id).next()) {
        return std::nullopt;
    }
    Instance row;
    row.id = id;
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

/// A name in a column that no enumerator has: the file was changed by other hands.
template <class Enum>
Enum known(std::optional<Enum> value) {
    base::ensure(value.has_value(), "only the engine writes the state tables");
    return *value;
}

void load_deadlines(Connection& connection, InstanceRecord& record) {
    Query query(connection.prepare(
        "select name, occurrence, kind, status, reminds_of, due_date, bound, rule, term"
        " from deadline where instance_id = ?"));
    query.bind(record.instance.id);
    while (query.next()) {
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
        record.deadlines.emplace(DeadlineKey{row.name, row.occurrence}, std::move(row));
    }
}

void load_tasks(Connection& connection, InstanceRecord& record) {
    Query query(
        connection.prepare("select id, name, role, status, assignee, opened_at, due_date, bound"
                           " from task where instance_id = ?"));
    query.bind(record.instance.id);
    while (query.next()) {
        Task row;
        row.id = base::TaskId{query.text()};
        row.name = query.text();
        row.role = query.text();
        row.status = known(find_task_status(query.text()));
        row.assignee = query.text();
        row.opened_at = query.instant();
        row.due_date = query.optional_text();
        row.bound = query.optional_instant();
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
        connection.prepare("select field, hash, value is null from field_value"
                           " where instance_id = ? order by field, position"));
    query.bind(record.instance.id);
    while (query.next()) {
        std::string field = query.text();
        std::string hash = query.text();
        record.values[field] = ValueStamp{field, std::move(hash), query.integer() != 0};
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
                           " content_sha256, is_erased from outbox where instance_id = ?"));
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

void save_rows(Connection& connection, const JournalEntry& entry, const InstanceRecord& after) {
    save_instance(connection, after.instance);
    RowSaver saver(connection, entry, after);
    for (const Effect& effect : entry.effects) {
        std::visit([&saver](const auto& one) { saver(one); }, effect);
    }
}

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
