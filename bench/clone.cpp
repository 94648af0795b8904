// SPDX-License-Identifier: EUPL-1.2
#include "bench/clone.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <array>
#include <map>
#include <variant>
#include <vector>

#include "engine/base/make_id.h"
#include "engine/machine/journal_entry.h"
#include "engine/store/journal_text.h"

namespace bench {
namespace {

using Cell = std::variant<std::nullptr_t, std::int64_t, std::string>;
using CellRow = std::vector<Cell>;

constexpr std::size_t kIdLength = 20;
/// Rows for each transaction.
constexpr std::size_t kBatch = 5000;

/// A table's rows of one instance, and the statement that adds one more.
struct Table {
    Table(SQLite::Database& database, const std::string& name, const std::string& key,
          const std::string& id);

    std::string name;
    std::vector<std::string> columns;
    std::vector<CellRow> rows;
    std::unique_ptr<SQLite::Statement> insert;
};

std::vector<std::string> columns_of(SQLite::Database& database, const std::string& table) {
    std::vector<std::string> columns;
    SQLite::Statement query(database, "select name from pragma_table_info(?)");
    query.bind(1, table);
    while (query.executeStep()) {
        columns.push_back(query.getColumn(0).getString());
    }
    return columns;
}

Cell cell_of(const SQLite::Column& column) {
    if (column.isNull()) {
        return nullptr;
    }
    return column.isInteger() ? Cell(column.getInt64()) : Cell(column.getString());
}

Table::Table(SQLite::Database& database, const std::string& table, const std::string& key,
             const std::string& id)
    : name(table), columns(columns_of(database, table)) {
    std::string places = "?";
    for (std::size_t i = 1; i < columns.size(); ++i) {
        places += ", ?";
    }
    const std::string list = fmt::format("{}", fmt::join(columns, ", "));
    insert = std::make_unique<SQLite::Statement>(
        database, fmt::format("insert into {} ({}) values ({})", table, list, places));
    SQLite::Statement query(database,
                            fmt::format("select {} from {} where {} = ?", list, table, key));
    query.bind(1, id);
    while (query.executeStep()) {
        CellRow row;
        for (int i = 0; i < static_cast<int>(columns.size()); ++i) {
            row.push_back(cell_of(query.getColumn(i)));
        }
        rows.push_back(std::move(row));
    }
}

void bind(SQLite::Statement& statement, int place, const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
        statement.bind(place, *number);
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
        statement.bind(place, *text);
    } else {
        statement.bind(place);
    }
}

void add(Table& table, const CellRow& row) {
    int place = 0;
    for (const Cell& cell : row) {
        bind(*table.insert, ++place, cell);
    }
    table.insert->exec();
    table.insert->reset();
}

std::string new_id(std::uint64_t number) {
    engine::base::SeededRandom random(number);
    return engine::base::make_id(random, {static_cast<std::int64_t>(number)});
}

/// The ids of the first instance, of its tasks and of its messages, and what replaces them.
class Names {
  public:
    explicit Names(std::vector<std::string> old) : old_(std::move(old)) {}

    void renew(std::uint64_t clone) {
        for (std::size_t i = 0; i < old_.size(); ++i) {
            renewed_[old_[i]] = new_id(clone * old_.size() + i + 1);
        }
    }
    void replace_in(Cell& cell) const {
        auto* text = std::get_if<std::string>(&cell);
        if (text == nullptr || text->size() < kIdLength) {
            return;
        }
        for (const auto& [old, renewed] : renewed_) {
            for (std::size_t at = text->find(old); at != std::string::npos;
                 at = text->find(old, at + kIdLength)) {
                text->replace(at, kIdLength, renewed);
            }
        }
    }

  private:
    std::vector<std::string> old_;
    std::map<std::string, std::string> renewed_;
};

std::size_t place_of(const Table& table, std::string_view column) {
    return static_cast<std::size_t>(std::find(table.columns.begin(), table.columns.end(), column) -
                                    table.columns.begin());
}

/// Chains the journal's rows, which are in order, as the store does.
void chain(const Table& journal, std::vector<CellRow>& rows) {
    std::string previous = engine::machine::kFirstPreviousHash;
    for (CellRow& row : rows) {
        const auto text = [&](std::string_view column) {
            return std::get<std::string>(row[place_of(journal, column)]);
        };
        const std::string plain = engine::store::plain_entry_text(
            text("text"), {text("root_id"), text("instance_id"), text("event"), text("person")});
        previous = engine::machine::chain_hash(previous, plain);
        row[place_of(journal, "hash")] = previous;
    }
}

std::vector<std::string> ids_in(const std::vector<Table>& tables, const std::string& instance) {
    std::vector<std::string> ids{instance};
    for (const Table& table : tables) {
        if (table.name == "task" || table.name == "outbox") {
            for (const CellRow& row : table.rows) {
                ids.push_back(std::get<std::string>(row[place_of(table, "id")]));
            }
        }
    }
    return ids;
}

void add_clone(std::vector<Table>& tables, const Names& names) {
    for (Table& table : tables) {
        auto rows = table.rows;
        for (CellRow& row : rows) {
            for (Cell& cell : row) {
                names.replace_in(cell);
            }
        }
        if (table.name == "journal") {
            chain(table, rows);
        }
        for (const CellRow& row : rows) {
            add(table, row);
        }
    }
}

SQLite::Database open(const std::filesystem::path& file) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    database.exec("pragma synchronous = off");
    database.exec("pragma cache_size = -400000");
    return database;
}

}  // namespace

void clone_instance(const std::filesystem::path& file, const engine::base::InstanceId& source,
                    std::size_t count) {
    auto database = open(file);
    std::vector<Table> tables;
    // The instance first: the others refer to it. Journal rows come in the order of their key.
    tables.emplace_back(database, "instance", "id", source.text);
    for (const char* name : {"deadline", "task", "document", "field_value", "outbox"}) {
        tables.emplace_back(database, name, "instance_id", source.text);
    }
    tables.emplace_back(database, "journal", "root_id", source.text);
    Names names(ids_in(tables, source.text));
    database.exec("begin immediate");
    for (std::size_t i = 0; i < count; ++i) {
        names.renew(i + 1);
        add_clone(tables, names);
        if (i % kBatch == kBatch - 1) {
            database.exec("commit");
            database.exec("begin immediate");
        }
    }
    database.exec("commit");
    database.exec("pragma wal_checkpoint(truncate)");
}

void clone_tasks(const std::filesystem::path& file, std::size_t count) {
    auto database = open(file);
    SQLite::Statement insert(
        database,
        "insert into task (id, instance_id, name, role, status, assignee, opened_at, due_date,"
        " bound, root_id, office, party)"
        " with recursive number (n) as (select 1 union all select n + 1 from number where n < ?),"
        " numbered as (select *, row_number() over (order by id) as place from task)"
        " select id || n, instance_id, name, role, status, assignee, opened_at, due_date,"
        " opened_at + ((place * 1009 + n * 7919) % 365) * 86400000, root_id, office, party"
        " from number join numbered");
    insert.bind(1, static_cast<std::int64_t>(count));
    insert.exec();
    database.exec("pragma wal_checkpoint(truncate)");
}

}  // namespace bench
