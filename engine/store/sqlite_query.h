// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>

#include "engine/base/instant.h"
#include "engine/base/strong_id.h"
#include "engine/machine/model.h"
#include "engine/store/sqlite_failure.h"

namespace engine::store {

/// Runs `work`; what SQLite throws becomes a StoreFailure.
template <class Work>
auto translated(Work work) {
    try {
        return work();
    } catch (const SQLite::Exception& exception) {
        throw translate_failure(exception);
    }
}

/// One use of a prepared statement: parameters are bound in order, columns are read in order, and
/// the statement is reset when the use ends.
class Query {
  public:
    explicit Query(SQLite::Statement& statement) : statement_(statement) {
        statement_.tryReset();
        statement_.clearBindings();
    }
    ~Query() { statement_.tryReset(); }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    template <class... Values>
    Query& bind(const Values&... values) {
        (bind_one(values), ...);
        return *this;
    }
    /// Runs a statement that gives no rows.
    void run() {
        translated([&] { return statement_.exec(); });
    }
    /// Steps to the next row; its columns are then read from the first.
    bool next() {
        column_ = 0;
        return translated([&] { return statement_.executeStep(); });
    }
    std::string text() { return statement_.getColumn(column_++).getString(); }
    std::int64_t integer() { return statement_.getColumn(column_++).getInt64(); }
    std::optional<std::int64_t> optional_integer() {
        const auto column = statement_.getColumn(column_++);
        return column.isNull() ? std::nullopt : std::optional<std::int64_t>(column.getInt64());
    }
    std::optional<std::string> optional_text() {
        const auto column = statement_.getColumn(column_++);
        return column.isNull() ? std::nullopt : std::optional(column.getString());
    }
    base::Instant instant() { return base::Instant{integer()}; }
    std::optional<base::Instant> optional_instant() {
        const auto value = optional_integer();
        return value ? std::optional(base::Instant{*value}) : std::nullopt;
    }

  private:
    void bind_one(const std::string& value) { statement_.bind(++parameter_, value); }
    void bind_one(std::string_view value) { statement_.bind(++parameter_, std::string(value)); }
    void bind_one(const char* value) { statement_.bind(++parameter_, value); }
    void bind_one(std::int64_t value) { statement_.bind(++parameter_, value); }
    void bind_one(int value) { statement_.bind(++parameter_, value); }
    void bind_one(bool value) { statement_.bind(++parameter_, value ? 1 : 0); }
    void bind_one(base::Instant value) { statement_.bind(++parameter_, value.utc_ms); }
    void bind_one(const machine::JsonText& value) { statement_.bind(++parameter_, value.text); }
    template <class Tag>
    void bind_one(const base::StrongId<Tag>& value) {
        statement_.bind(++parameter_, value.text);
    }
    void bind_one(const std::variant<std::int64_t, std::string>& value) {
        std::visit([this](const auto& one) { bind_one(one); }, value);
    }
    template <class T>
    void bind_one(const std::optional<T>& value) {
        if (value) {
            bind_one(*value);
        } else {
            statement_.bind(++parameter_);
        }
    }

    SQLite::Statement& statement_;
    int parameter_ = 0;
    int column_ = 0;
};

/// A connection with its prepared statements, each compiled once.
/// Threads: one at a time.
class Connection {
  public:
    Connection(const std::string& path, int flags, int busy_timeout_ms)
        : database_(path, flags, busy_timeout_ms) {}

    /// `sql` is a literal: its address is its identity.
    SQLite::Statement& prepare(const char* sql) {
        auto& statement = statements_[sql];
        if (!statement) {
            statement =
                translated([&] { return std::make_unique<SQLite::Statement>(database_, sql); });
        }
        return *statement;
    }
    /// The same for a text that was put together: one of few.
    SQLite::Statement& prepare_text(const std::string& sql) {
        auto& statement = made_statements_[sql];
        if (!statement) {
            statement =
                translated([&] { return std::make_unique<SQLite::Statement>(database_, sql); });
        }
        return *statement;
    }
    SQLite::Database& database() { return database_; }

  private:
    SQLite::Database database_;
    std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> statements_;
    std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>> made_statements_;
};

}  // namespace engine::store
