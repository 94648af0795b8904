// SPDX-License-Identifier: EUPL-1.2
#include "bench/floor_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

namespace bench {
namespace {

/// As many bytes as our entry of such a transition has.
constexpr std::size_t kEntryBytes = 900;
constexpr std::uint64_t kInstances = 1000;

constexpr const char* kSchema =
    "create table instance (id text not null primary key, state text not null,"
    " version integer not null) strict;"
    "create table journal (root_id text not null, position integer not null, text text not null,"
    " primary key (root_id, position)) strict, without rowid;"
    "create table task (id text not null primary key, instance_id text not null,"
    " status text not null) strict;"
    "create table outbox (id text not null primary key, instance_id text not null,"
    " status text not null) strict;";

/// As long as an id of ours.
std::string id_of(std::uint64_t number) {
    // An odd factor spreads the ids over the key, as random ones are.
    return fmt::format("{:016x}{:016x}", number * 0x9E3779B97F4A7C15ULL, number);
}

SQLite::Database open(const std::filesystem::path& file) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("pragma journal_mode = wal");
    database.exec("pragma synchronous = full");
    database.exec(kSchema);
    SQLite::Statement insert(database, "insert into instance values (?, 'aperto', 0)");
    database.exec("begin immediate");
    for (std::uint64_t i = 0; i < kInstances; ++i) {
        insert.bind(1, id_of(i));
        insert.exec();
        insert.reset();
    }
    database.exec("commit");
    return database;
}

void run(SQLite::Statement& statement) {
    statement.exec();
    statement.reset();
}

}  // namespace

struct FloorStore::Statements {
    explicit Statements(const std::filesystem::path& file) : database(open(file)) {}

    SQLite::Database database;
    SQLite::Statement begin{database, "begin immediate"};
    SQLite::Statement commit{database, "commit"};
    SQLite::Statement state{database,
                            "update instance set state = ?, version = version + 1 where id = ?"};
    SQLite::Statement journal{database, "insert into journal values (?, ?, ?)"};
    SQLite::Statement task{database, "insert into task values (?, ?, 'open')"};
    SQLite::Statement message{database, "insert into outbox values (?, ?, 'queued')"};
};

FloorStore::FloorStore(const std::filesystem::path& file)
    : statements_(std::make_unique<Statements>(file)), entry_(kEntryBytes, 'x') {}

FloorStore::~FloorStore() = default;

void FloorStore::begin() {
    run(statements_->begin);
}

void FloorStore::write_transition() {
    auto& all = *statements_;
    const std::string instance = id_of(written_ % kInstances);
    const std::string row = id_of(kInstances + written_);
    all.state.bind(1, written_ % 2 == 0 ? "in_decisione" : "in_istruttoria");
    all.state.bind(2, instance);
    run(all.state);
    all.journal.bind(1, instance);
    all.journal.bind(2, static_cast<std::int64_t>(written_ / kInstances));
    all.journal.bind(3, entry_);
    run(all.journal);
    all.task.bind(1, row);
    all.task.bind(2, instance);
    run(all.task);
    all.message.bind(1, row);
    all.message.bind(2, instance);
    run(all.message);
    ++written_;
}

void FloorStore::commit() {
    run(statements_->commit);
}

}  // namespace bench
