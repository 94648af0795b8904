// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_store.h"

#include <fmt/format.h>

#include <tuple>

#include "engine/base/sha256.h"
#include "engine/store/sqlite_accounts.h"
#include "engine/store/sqlite_connection.h"
#include "engine/store/sqlite_copy.h"
#include "engine/store/sqlite_unit.h"

namespace engine::store {
namespace {

/// What a batch touches must fit: pages that do not are written to the log before the commit, and
/// read again. With SQLite's 2 MB a thousand acts spent more time copying pages than deciding.
constexpr int kWriterCacheKib = 32 * 1024;
/// Log pages (of 4 KB) before they are copied into the database, which costs two more waits for the
/// disk: of a page written ten times, the last writing is copied.
constexpr int kCheckpointPages = 8 * 1024;

/// A reading transaction, by statements that are compiled once; it has nothing to undo.
class ReadTransaction {
  public:
    explicit ReadTransaction(Connection& connection) : end_(connection.prepare("rollback")) {
        Query(connection.prepare("begin")).run();
    }
    ~ReadTransaction() {
        end_.tryExecuteStep();  // what has failed may have ended it already
        end_.tryReset();
    }
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;

  private:
    SQLite::Statement& end_;
};

/// Reads in one transaction: the snapshot is taken by the first statement.
void read_on(Connection& connection, const std::function<void(ReadUnit&)>& work) {
    translated([&] {
        const ReadTransaction transaction(connection);
        SqliteReadUnit unit(connection);
        work(unit);
    });
}

class SqliteReader final : public Reader {
  public:
    explicit SqliteReader(const SqliteOptions& options)
        : options_(options), connection_(open_reading(options)) {}

    void read(const std::function<void(ReadUnit&)>& work) override { read_on(*connection_, work); }
    std::unique_ptr<Reader> open_another() const override {
        return std::make_unique<SqliteReader>(options_);
    }

  private:
    SqliteOptions options_;
    std::unique_ptr<Connection> connection_;
};

class SqliteStore final : public Store {
  public:
    SqliteStore(const SqliteOptions& options, const base::Clock& clock)
        : options_(options),
          writer_connection_(open_writing(options, clock.now())),
          writer_(*writer_connection_),
          accounts_(accounts_on(writer_)) {
        writer_.database().exec(fmt::format("pragma cache_size = -{}", kWriterCacheKib));
        writer_.database().exec(fmt::format("pragma wal_autocheckpoint = {}", kCheckpointPages));
        // Every savepoint keeps the pages it may have to give back: in a file, an act wrote them
        // twice more. An item of a batch is small.
        writer_.database().exec("pragma temp_store = memory");
    }

    void commit(const std::vector<Work>& batch) override {
        translated([&] {
            SQLite::Transaction transaction(writer_.database(),
                                            SQLite::TransactionBehavior::IMMEDIATE);
            cache_.begin(data_version());
            for (const Work& work : batch) {
                run_item(work);
            }
            transaction.commit();
            cache_.settle();
        });
    }

    /// On the connection that writes: what it has just written is in its memory, where a commit
    /// makes what any other connection remembers old.
    void read(const std::function<void(ReadUnit&)>& work) override { read_on(writer_, work); }
    std::unique_ptr<Reader> open_another() const override {
        return std::make_unique<SqliteReader>(options_);
    }
    AccountStore& accounts() override { return *accounts_; }

    base::Result<void> save_definition(const StoredDefinition& definition) override;
    std::vector<LeasedMessage> lease_messages(base::Instant now, std::int64_t lease_ms,
                                              std::size_t limit) override;
    std::size_t prune(base::Instant before, std::size_t limit) override;
    bool scrub() override;

  private:
    void run_item(const Work& work) {
        run("savepoint item");
        try {
            SqliteUnit unit(writer_, cache_);
            if (!work(unit)) {
                undo_item();
            }
            run("release item");
        } catch (const StoreFailure&) {
            throw;  // the machine failed: the whole transaction goes
        } catch (const SQLite::Exception&) {
            throw;
        } catch (...) {
            undo_item();
            run("release item");
            throw;
        }
    }
    /// Of the database as others left it.
    std::int64_t data_version() {
        Query query(writer_.prepare("pragma data_version"));
        query.next();
        return query.integer();
    }
    void undo_item() {
        cache_.undo();
        run("rollback to item");
    }
    void run(const char* sql) { Query(writer_.prepare(sql)).run(); }

    SqliteOptions options_;
    std::unique_ptr<Connection> writer_connection_;
    Connection& writer_;
    std::unique_ptr<AccountStore> accounts_;
    SnapshotCache cache_;
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

std::vector<LeasedMessage> SqliteStore::lease_messages(base::Instant now, std::int64_t lease_ms,
                                                       std::size_t limit) {
    return translated([&] {
        SQLite::Transaction transaction(writer_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        std::vector<LeasedMessage> leased;
        {
            // What was never leased comes first (sqlite_rows.cpp), then leases that ran out, in the
            // order in which they were given.
            Query query(writer_.prepare(
                "select id, instance_id, fence, name, template_name, recipient, channel"
                " from outbox where status = 'queued' and leased_until <= ?"
                " order by leased_until limit ?"));
            query.bind(now, static_cast<std::int64_t>(limit));
            while (query.next()) {
                LeasedMessage& one = leased.emplace_back();
                one.message.id = base::MessageId{query.text()};
                one.instance = base::InstanceId{query.text()};
                one.fence = query.integer() + 1;
                one.message.name = query.text();
                one.message.template_name = query.text();
                one.message.to = query.text();
                one.message.channel = query.text();
            }
        }
        std::int64_t until_ms = now.utc_ms + lease_ms;
        for (const LeasedMessage& one : leased) {
            Query(writer_.prepare("update outbox set leased_until = ?, fence = ?,"
                                  " attempts = attempts + 1 where id = ?"))
                .bind(base::Instant{until_ms++}, one.fence, one.message.id)
                .run();
        }
        transaction.commit();
        return leased;
    });
}

std::size_t SqliteStore::prune(base::Instant before, std::size_t limit) {
    return translated([&] {
        const auto count = static_cast<std::int64_t>(limit);
        SQLite::Transaction transaction(writer_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        Query answers(
            writer_.prepare("delete from idempotency where (key, person) in"
                            " (select key, person from idempotency where created_at < ?"
                            " order by created_at limit ?)"));
        answers.bind(before, count).run();
        int pruned = writer_.database().getChanges();
        Query sessions(
            writer_.prepare("delete from token where sha256 in"
                            " (select sha256 from token where is_session = 1 and valid_until < ?"
                            " order by valid_until limit ?)"));
        sessions.bind(before, count).run();
        pruned += writer_.database().getChanges();
        transaction.commit();
        return static_cast<std::size_t>(pruned);
    });
}

bool SqliteStore::scrub() {
    return translated([&] {
        auto& database = writer_.database();
        // The copy of the whole database that it makes is not small.
        database.exec("pragma temp_store = default");
        database.exec("vacuum");
        database.exec("pragma temp_store = memory");
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

void copy_sqlite_database(const SqliteOptions& options, const std::filesystem::path& file) {
    translated([&] { copy_database(*open_reading(options), file); });
}

void probe_sqlite_database(const SqliteOptions& options) {
    translated([&] { rewrite_header(options); });
}

std::unique_ptr<Reader> open_sqlite_reader(const SqliteOptions& options) {
    return std::make_unique<SqliteReader>(options);
}

}  // namespace engine::store
