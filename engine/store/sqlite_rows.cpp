// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_rows.h"

#include <algorithm>
#include <map>

#include "engine/base/ensure.h"
#include "engine/store/sqlite_load.h"

namespace engine::store {
namespace {

using namespace machine;

/// Any lease ends later than this, 1985: no queue is so long.
constexpr std::int64_t kLeastInstantMs = 500'000'000'000;

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
        : connection_(connection),
          entry_(entry),
          after_(after),
          own_(after.instance),
          id_(own_.id) {}

    void operator()(const InstanceOpened&) {}
    void operator()(const StateEntered&) {}
    void operator()(const Migrated&) {}  // of the instance: save_instance
    void operator()(const ValueSet& effect) {
        Query(connection_.prepare("insert into field_value"
                                  " (instance_id, field, position, value, salt)"
                                  " values (?, ?, ?, ?, ?)"
                                  " on conflict (instance_id, field, position) do update set"
                                  " value = excluded.value, salt = excluded.salt"))
            .bind(id_, effect.field, entry_.position, effect.value_json, effect.salt)
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
        erase_values(effect.field);
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
                  " due_date, bound, rule, term, root_id, office, party)"
                  " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  " on conflict (instance_id, name, occurrence) do update set"
                  " status = excluded.status, due_date = excluded.due_date,"
                  " bound = excluded.bound, rule = excluded.rule, term = excluded.term"))
            .bind(id_, row.name, row.occurrence, definition::deadline_kind_name(row.kind),
                  deadline_status_name(row.status), row.reminds_of, row.due_date, row.bound,
                  row.rule, row.term, own_.root, own_.office, own_.party)
            .run();
    }
    void save_task(const base::TaskId& task_id) {
        const Task& row = after_.tasks.at(task_id.text);
        Query(connection_.prepare(
                  "insert into task (id, instance_id, name, role, status, assignee, opened_at,"
                  " due_date, bound, root_id, office, party)"
                  " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  " on conflict (id) do update set status = excluded.status,"
                  " assignee = excluded.assignee"))
            .bind(row.id, id_, row.name, row.role, task_status_name(row.status), row.assignee,
                  row.opened_at, row.due_date, row.bound, own_.root, own_.office, own_.party)
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
    /// Value and salt go; the hash that they made, and that the journal knows, is kept from now on.
    void erase_values(const std::string& field) {
        std::map<std::int64_t, std::string> hashes;
        {
            Query query(
                connection_.prepare("select position, value, salt, hash from field_value"
                                    " where instance_id = ? and field = ? and value is not null"));
            query.bind(id_, field);
            while (query.next()) {
                const std::int64_t position = query.integer();
                hashes[position] = read_value(query).hash;
            }
        }
        for (const auto& [position, hash] : hashes) {
            Query(connection_.prepare("update field_value set value = null, salt = null, hash = ?"
                                      " where instance_id = ? and field = ? and position = ?"))
                .bind(hash, id_, field, position)
                .run();
        }
    }
    void save_message(const base::MessageId& message_id) {
        const Message& row = after_.messages.at(message_id.text);
        // A message that was never leased has its place in the queue, a small number, where the
        // others have the instant at which their lease ends.
        Query(connection_.prepare(
                  "insert into outbox (id, instance_id, name, template_name, recipient, channel,"
                  " status, content_sha256, is_erased, attempts, leased_until, fence)"
                  " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0,"
                  " (select ifnull(max(leased_until), 0) + 1 from outbox"
                  " where status = 'queued' and leased_until < ?10), 0)"
                  " on conflict (id) do update set status = excluded.status,"
                  " content_sha256 = excluded.content_sha256, is_erased = excluded.is_erased"))
            .bind(row.id, id_, row.name, row.template_name, row.to, row.channel,
                  message_status_name(row.status), row.content_sha256, row.is_erased,
                  kLeastInstantMs)
            .run();
    }

    Connection& connection_;
    const JournalEntry& entry_;
    const InstanceRecord& after_;
    const Instance& own_;
    const base::InstanceId& id_;
    std::size_t silences_saved_ = 0;
    bool is_idempotency_erased_ = false;
};

}  // namespace

void save_rows(Connection& connection, const JournalEntry& entry, const InstanceRecord& after) {
    save_instance(connection, after.instance);
    RowSaver saver(connection, entry, after);
    for (const Effect& effect : entry.effects) {
        std::visit([&saver](const auto& one) { saver(one); }, effect);
    }
}

}  // namespace engine::store
