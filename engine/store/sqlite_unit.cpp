// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_unit.h"

#include "engine/store/journal_text.h"
#include "engine/store/sqlite_rows.h"

namespace engine::store {

using namespace machine;

std::optional<Snapshot> SqliteUnit::find_snapshot(const base::InstanceId& id) {
    if (auto known = cache_.find(id)) {
        return known;
    }
    auto snapshot = SqliteReadUnit::find_snapshot(id);
    if (snapshot) {
        cache_.keep(*snapshot);
    }
    return snapshot;
}

std::int64_t SqliteUnit::next_number(const std::string& office, const std::string& register_name,
                                     int year) {
    Query query(connection().prepare(
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
            connection().prepare("select position, hash from journal where root_id = ?"
                                 " order by position desc limit 1"));
        if (last.bind(entry.root).next()) {
            entry.position = last.integer() + 1;
            previous_hash = last.text();
        }
    }
    const std::string text = render_entry(entry);
    const std::string stored_text =
        shorten_entry_text(text, {entry.root.text, entry.instance.text, entry.event, entry.person});
    Query(connection().prepare("insert into journal (root_id, position, instance_id, event, person,"
                               " text, hash) values (?, ?, ?, ?, ?, ?, ?)"))
        .bind(entry.root, entry.position, entry.instance, entry.event, entry.person, stored_text,
              chain_hash(previous_hash, text))
        .run();
    save_rows(connection(), entry, after);
    cache_.update(entry, after);
    return entry.position;
}

std::optional<StoredAnswer> SqliteUnit::find_answer(const std::string& key,
                                                    const std::string& person) {
    Query query(connection().prepare(
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
    Query(connection().prepare("insert into idempotency (key, person, request_sha256, answer,"
                               " created_at) values (?, ?, ?, ?, ?)"))
        .bind(key, person, answer.request_sha256, answer.answer, created_at)
        .run();
}

bool SqliteUnit::in_savepoint(const std::function<bool()>& work) {
    const auto end = [&](bool is_kept) {
        if (!is_kept) {
            cache_.undo();
            Query(connection().prepare("rollback to step")).run();
        }
        Query(connection().prepare("release step")).run();
    };
    Query(connection().prepare("savepoint step")).run();
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
    Query query(
        connection().prepare("select fence from outbox where id = ? and status = 'queued'"));
    return query.bind(id).next() && query.integer() == fence;
}

}  // namespace engine::store
