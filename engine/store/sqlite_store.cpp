// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_store.h"

#include <fmt/format.h>

#include <map>
#include <tuple>

#include "engine/base/sha256.h"
#include "engine/store/migration.h"
#include "engine/store/sqlite_audit.h"
#include "engine/store/sqlite_failure.h"
#include "engine/store/sqlite_rows.h"
#include "engine/store/sqlite_unit.h"

namespace engine::store {
namespace {

/// "COPR": says in the file's header whose it is.
constexpr std::int64_t kApplicationId = 0x434F5052;

std::vector<base::InstanceId> read_ids(Query& query) {
    std::vector<base::InstanceId> ids;
    while (query.next()) {
        ids.emplace_back(query.text());
    }
    return ids;
}

class SqliteStore final : public Store {
  public:
    SqliteStore(const SqliteOptions& options, const base::Clock& clock)
        : writer_(options.path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                  options.busy_timeout_ms) {
        check_owner();
        auto& database = writer_.database();
        database.exec("pragma journal_mode = wal");
        database.exec(options.is_durable ? "pragma synchronous = full"
                                         : "pragma synchronous = off");
        database.exec("pragma foreign_keys = on");
        database.exec("pragma secure_delete = on");  // what is erased is overwritten, not forgotten
        migrate(writer_, options.path, embedded_migrations(), clock.now());
        if (options.max_pages > 0) {
            database.exec(fmt::format("pragma max_page_count = {}", options.max_pages));
        }
        reader_ = std::make_unique<Connection>(options.path, SQLite::OPEN_READONLY,
                                               options.busy_timeout_ms);
    }

    void commit(const std::vector<Work>& batch) override {
        translated([&] {
            SQLite::Transaction transaction(writer_.database(),
                                            SQLite::TransactionBehavior::IMMEDIATE);
            for (const Work& work : batch) {
                run_item(work);
            }
            transaction.commit();
        });
    }

    void read(const std::function<void(UnitOfWork&)>& work) override {
        translated([&] {
            SQLite::Transaction transaction(reader_->database());
            SqliteUnit unit(*reader_);
            work(unit);
        });
    }

    base::Result<void> save_definition(const StoredDefinition& definition) override;
    std::vector<StoredDefinition> load_definitions() override;
    std::vector<LeasedMessage> lease_messages(base::Instant now, std::int64_t lease_ms,
                                              std::size_t limit) override;
    std::optional<base::Instant> next_bound() override;
    std::vector<base::InstanceId> list_roots(const base::InstanceId& after,
                                             std::size_t limit) override;
    std::vector<base::InstanceId> list_children(const base::InstanceId& parent) override;
    std::vector<machine::StoredEntry> read_journal(const base::InstanceId& root, std::int64_t after,
                                                   std::size_t limit) override;
    std::string chain_head(const base::InstanceId& root) override;
    std::vector<machine::InstanceRecord> load_records(const base::InstanceId& root) override;
    std::vector<ValueRow> load_value_rows(const base::InstanceId& instance) override;
    std::vector<base::InstanceId> find_ids(const std::string& prefix, std::size_t limit) override;
    bool is_content_named(const std::string& sha256) override;
    bool scrub() override;
    std::string find_loose_row() override {
        return translated([&] { return store::find_loose_row(*reader_); });
    }
    std::string check_integrity() override {
        return translated([&] { return store::check_integrity(*reader_); });
    }

  private:
    /// A file with tables that are not ours is left alone.
    void check_owner() {
        auto& database = writer_.database();
        const std::int64_t owner = database.execAndGet("pragma application_id").getInt64();
        const bool is_empty =
            database.execAndGet("select count(*) from sqlite_master").getInt64() == 0;
        if (is_empty) {
            database.exec(fmt::format("pragma application_id = {}", kApplicationId));
        } else if (owner != kApplicationId) {
            throw StoreFailure({base::ErrorCode::storage_corrupt,
                                "Il file non è un archivio di coprog: va indicata un'altra "
                                "cartella.",
                                {}});
        }
    }

    void run_item(const Work& work) {
        auto& database = writer_.database();
        database.exec("savepoint item");
        try {
            SqliteUnit unit(writer_);
            if (!work(unit)) {
                database.exec("rollback to item");
            }
            database.exec("release item");
        } catch (const StoreFailure&) {
            throw;  // the machine failed: the whole transaction goes
        } catch (const SQLite::Exception&) {
            throw;
        } catch (...) {
            database.exec("rollback to item");
            database.exec("release item");
            throw;
        }
    }

    Connection writer_;
    std::unique_ptr<Connection> reader_;
};

base::Result<void> SqliteStore::save_definition(const StoredDefinition& definition) {
    return translated([&]() -> base::Result<void> {
        SQLite::Transaction transaction(writer_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        {
            Query used(
                writer_.prepare("select 1 from definition join instance"
                                " on instance.definition_sha256 = definition.sha256"
                                " or instance.initiative_sha256 = definition.sha256"
                                " where definition.name = ? and definition.sha256 <> ? limit 1"));
            if (used.bind(definition.name, definition.sha256).next()) {
                return base::fail(
                    base::ErrorCode::invalid_input,
                    fmt::format("«{}» è già in uso con un altro testo: una versione pubblicata non "
                                "si cambia, se ne fa una nuova.",
                                definition.name));
            }
        }
        Query(writer_.prepare("insert into definition (sha256, kind, name, text)"
                              " values (?, ?, ?, ?) on conflict (sha256) do nothing"))
            .bind(definition.sha256, definition.kind, definition.name, definition.text)
            .run();
        transaction.commit();
        return {};
    });
}

std::vector<StoredDefinition> SqliteStore::load_definitions() {
    return translated([&] {
        std::vector<StoredDefinition> definitions;
        Query query(
            reader_->prepare("select sha256, kind, name, text from definition"
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
    });
}

std::vector<LeasedMessage> SqliteStore::lease_messages(base::Instant now, std::int64_t lease_ms,
                                                       std::size_t limit) {
    return translated([&] {
        SQLite::Transaction transaction(writer_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        std::map<std::int64_t, LeasedMessage> by_age;
        {
            Query query(writer_.prepare(
                "update outbox set leased_until = ?1, fence = fence + 1, attempts = attempts + 1"
                " where id in (select id from outbox where status = 'queued' and leased_until <= ?2"
                " order by leased_until, rowid limit ?3)"
                " returning rowid, instance_id, fence, id, name, template_name, recipient, "
                "channel"));
            query.bind(base::Instant{now.utc_ms + lease_ms}, now, static_cast<std::int64_t>(limit));
            while (query.next()) {
                // Rows come back in no order of ours.
                LeasedMessage& one = by_age[query.integer()];
                one.instance = base::InstanceId{query.text()};
                one.fence = query.integer();
                one.message.id = base::MessageId{query.text()};
                one.message.name = query.text();
                one.message.template_name = query.text();
                one.message.to = query.text();
                one.message.channel = query.text();
            }
        }
        transaction.commit();
        std::vector<LeasedMessage> leased;
        for (auto& [age, one] : by_age) {
            leased.push_back(std::move(one));
        }
        return leased;
    });
}

std::optional<base::Instant> SqliteStore::next_bound() {
    return translated([&] {
        Query query(reader_->prepare("select min(bound) from deadline where status = 'running'"));
        query.next();
        return query.optional_instant();
    });
}

std::vector<base::InstanceId> SqliteStore::list_roots(const base::InstanceId& after,
                                                      std::size_t limit) {
    return translated([&] {
        Query query(reader_->prepare(
            "select id from (select id from instance where id = root_id"
            " union select root_id from journal) where id > ? order by id limit ?"));
        return read_ids(query.bind(after, static_cast<std::int64_t>(limit)));
    });
}

std::vector<base::InstanceId> SqliteStore::list_children(const base::InstanceId& parent) {
    return translated([&] {
        Query query(
            reader_->prepare("select id from instance where parent_id = ? order by opened_at, id"));
        return read_ids(query.bind(parent));
    });
}

std::vector<machine::StoredEntry> SqliteStore::read_journal(const base::InstanceId& root,
                                                            std::int64_t after, std::size_t limit) {
    return translated([&] {
        std::vector<machine::StoredEntry> entries;
        Query query(reader_->prepare(
            "select position, text, previous_hash, hash, instance_id, event, person from journal"
            " where root_id = ? and position > ? order by position limit ?"));
        query.bind(root, after, static_cast<std::int64_t>(limit));
        while (query.next()) {
            machine::StoredEntry entry;
            entry.root = root;
            entry.position = query.integer();
            entry.text = query.text();
            entry.previous_hash = query.text();
            entry.hash = query.text();
            entry.instance = base::InstanceId{query.text()};
            entry.event = query.text();
            entry.person = query.text();
            entries.push_back(std::move(entry));
        }
        return entries;
    });
}

std::string SqliteStore::chain_head(const base::InstanceId& root) {
    return translated([&]() -> std::string {
        Query query(
            reader_->prepare("select hash from journal where root_id = ?"
                             " order by position desc limit 1"));
        return query.bind(root).next() ? query.text() : "";
    });
}

std::vector<machine::InstanceRecord> SqliteStore::load_records(const base::InstanceId& root) {
    return translated([&] {
        std::vector<base::InstanceId> ids;
        {
            Query query(reader_->prepare("select id from instance where root_id = ? order by id"));
            ids = read_ids(query.bind(root));
        }
        std::vector<machine::InstanceRecord> records;
        for (const base::InstanceId& id : ids) {
            records.push_back(*load_record(*reader_, id));
        }
        return records;
    });
}

std::vector<ValueRow> SqliteStore::load_value_rows(const base::InstanceId& instance) {
    return translated([&] {
        Query query(
            reader_->prepare("select field, position, hash, value from field_value"
                             " where instance_id = ? order by field, position"));
        query.bind(instance);
        std::vector<ValueRow> rows;
        while (query.next()) {
            ValueRow row;
            row.field = query.text();
            row.position = query.integer();
            row.hash = query.text();
            row.value = query.optional_text();
            rows.push_back(std::move(row));
        }
        return rows;
    });
}

std::vector<base::InstanceId> SqliteStore::find_ids(const std::string& prefix, std::size_t limit) {
    return translated([&] {
        Query query(
            reader_->prepare("select id from instance where substr(id, 1, length(?1)) = ?1"
                             " order by id limit ?2"));
        return read_ids(query.bind(prefix, static_cast<std::int64_t>(limit)));
    });
}

bool SqliteStore::is_content_named(const std::string& sha256) {
    return translated([&] {
        Query query(
            reader_->prepare("select 1 from outbox where content_sha256 = ?"
                             " and is_erased = 0 limit 1"));
        return query.bind(sha256).next();
    });
}

bool SqliteStore::scrub() {
    return translated([&] {
        auto& database = writer_.database();
        database.exec("vacuum");
        // The first column says whether somebody else kept the log from being emptied.
        return database.execAndGet("pragma wal_checkpoint(truncate)").getInt() == 0;
    });
}

}  // namespace

bool DueDeadline::is_before(const DueDeadline& other) const {
    const auto rank = [](const DueDeadline& due) {
        return std::tuple(due.bound, due.kind == definition::DeadlineKind::closing, due.key.name,
                          due.instance);
    };
    return rank(*this) < rank(other);
}

bool is_definition_whole(const StoredDefinition& definition) {
    return base::sha256_hex(definition.text) == definition.sha256;
}

std::unique_ptr<Store> open_sqlite_store(const SqliteOptions& options, const base::Clock& clock) {
    return translated([&] { return std::make_unique<SqliteStore>(options, clock); });
}

}  // namespace engine::store
