// SPDX-License-Identifier: EUPL-1.2
#include "tests/history/database_dump.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/store/migration.h"

namespace tests::history {
namespace {

constexpr int kWaitMs = 1000;
constexpr int kMigratedAt = 1;

std::vector<std::string> texts(const SQLite::Database& database, const std::string& sql) {
    std::vector<std::string> rows;
    SQLite::Statement statement(database, sql);
    while (statement.executeStep()) {
        rows.push_back(statement.getColumn(0).getString());
    }
    return rows;
}

/// The mark by which the program knows its own files.
std::string owner_of(const SQLite::Database& database) {
    return texts(database, "pragma application_id").front();
}

/// Those that hold rows, in an order in which each may name those before it.
std::vector<std::string> tables_of(const SQLite::Database& database) {
    return texts(database,
                 "select name from sqlite_master where type = 'table' and name not like"
                 " 'sqlite_%' order by rowid");
}

/// Without those that are generated.
std::vector<std::string> columns_of(const SQLite::Database& database, const std::string& schema,
                                    const std::string& table) {
    return texts(database,
                 fmt::format("select name from pragma_table_info('{}', '{}')", table, schema));
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : between) + word;
    }
    return text;
}

std::string rows_of(const SQLite::Database& database, const std::string& table) {
    const auto columns = columns_of(database, "main", table);
    std::vector<std::string> quoted;
    for (const std::string& column : columns) {
        quoted.push_back("quote(" + column + ")");
    }
    std::string text;
    for (const std::string& values : texts(
             database,
             fmt::format("select {} from {} order by 1", joined(quoted, " || ', ' || "), table))) {
        text +=
            fmt::format("insert into {} ({}) values ({});\n", table, joined(columns, ", "), values);
    }
    return text;
}

}  // namespace

std::string dump_database(const std::filesystem::path& file) {
    const SQLite::Database database(file.string());
    std::string text = fmt::format("pragma application_id = {};\nbegin;\n", owner_of(database));
    const std::string schema = "select sql from sqlite_master where sql is not null and type ";
    for (const std::string& sql : texts(database, schema + "= 'table' order by rowid")) {
        text += sql + ";\n";
    }
    for (const std::string& table : tables_of(database)) {
        text += rows_of(database, table);
    }
    for (const std::string& sql : texts(database, schema + "<> 'table' order by rowid")) {
        text += sql + ";\n";
    }
    return text + "commit;\n";
}

void load_dump(const std::string& dump, const std::filesystem::path& file) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("pragma foreign_keys = off");
    database.exec(dump);
}

void lower_schema(const std::filesystem::path& from, const std::filesystem::path& to,
                  std::size_t migrations) {
    const auto all = engine::store::embedded_migrations();
    engine::store::Connection connection(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                                         kWaitMs);
    SQLite::Database& database = connection.database();
    engine::store::migrate(connection, to.string(), std::span(all).first(migrations),
                           {kMigratedAt});
    database.exec("pragma foreign_keys = off");
    database.exec(fmt::format("attach '{}' as later", from.string()));
    database.exec("pragma application_id = " + owner_of(SQLite::Database(from.string())));
    for (const std::string& table : tables_of(database)) {
        const auto later = columns_of(database, "later", table);
        std::vector<std::string> common;
        for (const std::string& column : columns_of(database, "main", table)) {
            if (std::find(later.begin(), later.end(), column) != later.end()) {
                common.push_back(column);
            }
        }
        if (table != "migration" && !common.empty()) {
            database.exec(fmt::format("insert into main.{0} ({1}) select {1} from later.{0}", table,
                                      joined(common, ", ")));
        }
    }
}

}  // namespace tests::history
