// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/migration.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "engine/base/embedded.h"
#include "engine/base/ensure.h"
#include "engine/base/sha256.h"
#include "engine/store/sqlite_copy.h"
#include "engine/store/store.h"

namespace engine::store {
namespace {

constexpr std::string_view kFolder = "engine/store/migrations/";

std::map<int, std::string> load_applied(Connection& connection) {
    std::map<int, std::string> applied;
    Query query(connection.prepare("select number, sha256 from migration order by number"));
    while (query.next()) {
        const int number = static_cast<int>(query.integer());
        applied.emplace(number, query.text());
    }
    return applied;
}

void refuse_unknown(const std::map<int, std::string>& applied,
                    std::span<const Migration> migrations) {
    for (const auto& [number, hash] : applied) {
        const bool is_ours =
            number <= static_cast<int>(migrations.size()) &&
            base::sha256_hex(migrations[static_cast<std::size_t>(number - 1)].sql) == hash;
        if (!is_ours) {
            throw StoreFailure(
                {base::ErrorCode::storage_corrupt,
                 fmt::format("L'archivio viene da un'altra versione di coprog (passo "
                             "{} dello schema): serve un programma più recente.",
                             number),
                 {}});
        }
    }
}

/// A copy that an interrupted attempt left behind may be half a copy: it is made again.
void back_up(Connection& connection, const std::string& path, int number) {
    const std::string name = fmt::format("{}.before-{:04}", path, number);
    copy_database(connection, name + ".incompleta");
    std::filesystem::rename(name + ".incompleta", name);
}

void apply(Connection& connection, const Migration& migration, base::Instant now) {
    SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    connection.database().exec(migration.sql);
    Query(connection.prepare(
              "insert into migration (number, name, sha256, applied_at) values (?, ?, ?, ?)"))
        .bind(migration.number, migration.name, base::sha256_hex(migration.sql), now)
        .run();
    transaction.commit();
}

}  // namespace

std::vector<Migration> embedded_migrations() {
    std::vector<Migration> migrations;
    for (const base::EmbeddedFile& file : base::embedded_files()) {
        if (file.path.starts_with(kFolder)) {
            const auto name = file.path.substr(kFolder.size());
            const int number = static_cast<int>(migrations.size()) + 1;
            base::ensure(name.starts_with(fmt::format("{:04}_", number)),
                         "migrations are numbered without gaps and embedded in order");
            migrations.push_back({number, std::string(name), std::string(file.bytes)});
        }
    }
    return migrations;
}

void migrate(Connection& connection, const std::string& path, std::span<const Migration> migrations,
             base::Instant now) {
    connection.database().exec(
        "create table if not exists migration ("
        " number integer not null primary key,"
        " name text not null,"
        " sha256 text not null,"
        " applied_at integer not null) strict");
    const auto applied = load_applied(connection);
    refuse_unknown(applied, migrations);
    for (const Migration& migration : migrations) {
        if (applied.contains(migration.number)) {
            continue;
        }
        if (!applied.empty()) {
            back_up(connection, path, migration.number);
        }
        apply(connection, migration, now);
    }
}

void check_migrated(Connection& connection, std::span<const Migration> migrations) {
    const auto applied = load_applied(connection);
    refuse_unknown(applied, migrations);
    if (applied.size() < migrations.size()) {
        throw StoreFailure({base::ErrorCode::storage_corrupt,
                            "L'archivio è di una versione precedente di coprog: si aggiorna la "
                            "prima volta che questo programma lo apre in scrittura.",
                            {}});
    }
}

}  // namespace engine::store
