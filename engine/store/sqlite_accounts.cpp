// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_accounts.h"

namespace engine::store {
namespace {

/// The columns of `select … from person`, in order.
PersonRow read_person(Query& query) {
    PersonRow row;
    row.id = query.text();
    row.display_name = query.text();
    row.created_at = query.instant();
    row.disabled_at = query.optional_instant();
    return row;
}

/// The columns of `select … from token`, in order.
TokenRow read_token(Query& query) {
    TokenRow row;
    row.sha256 = query.text();
    row.actor.person = query.text();
    row.actor.role = query.text();
    row.actor.office = query.text();
    row.actor.party = query.text();
    row.valid_from = query.instant();
    row.valid_until = query.instant();
    row.label = query.text();
    row.is_session = query.integer() != 0;
    row.created_at = query.instant();
    row.revoked_at = query.optional_instant();
    return row;
}

std::vector<TokenRow> read_tokens(Query& query) {
    std::vector<TokenRow> rows;
    while (query.next()) {
        rows.push_back(read_token(query));
    }
    return rows;
}

class SqliteAccounts final : public AccountStore {
  public:
    explicit SqliteAccounts(std::unique_ptr<Connection> connection)
        : own_(std::move(connection)), connection_(*own_) {}
    explicit SqliteAccounts(Connection& connection) : connection_(connection) {}

    void add_person(const PersonRow& row) override {
        Query(connection_.prepare("insert into person (id, display_name, created_at, disabled_at)"
                                  " values (?, ?, ?, ?)"))
            .bind(row.id, row.display_name, row.created_at, row.disabled_at)
            .run();
    }

    bool disable_person(const std::string& id, base::Instant at) override {
        Query(connection_.prepare("update person set disabled_at = ifnull(disabled_at, ?)"
                                  " where id = ?"))
            .bind(at, id)
            .run();
        return connection_.database().getChanges() > 0;
    }

    std::optional<PersonRow> find_person(const std::string& id) override {
        Query query(
            connection_.prepare("select id, display_name, created_at, disabled_at from person"
                                " where id = ?"));
        return query.bind(id).next() ? std::optional(read_person(query)) : std::nullopt;
    }

    std::vector<PersonRow> list_people() override {
        Query query(
            connection_.prepare("select id, display_name, created_at, disabled_at from person"
                                " order by created_at, id"));
        std::vector<PersonRow> rows;
        while (query.next()) {
            rows.push_back(read_person(query));
        }
        return rows;
    }

    std::vector<PersonRow> list_people_acting(const machine::Actor& like,
                                              base::Instant at) override {
        Query query(connection_.prepare(
            "select id, display_name, created_at, disabled_at from person"
            " where disabled_at is null and exists (select 1 from token where person_id = id"
            " and role = ?1 and office = ?2 and party = ?3 and revoked_at is null"
            " and valid_from <= ?4 and valid_until > ?4) order by display_name, id"));
        query.bind(like.role, like.office, like.party, at);
        std::vector<PersonRow> rows;
        while (query.next()) {
            rows.push_back(read_person(query));
        }
        return rows;
    }

    void add_token(const TokenRow& row) override {
        Query(connection_.prepare("insert into token (sha256, person_id, role, office, party,"
                                  " valid_from, valid_until, label, is_session, created_at)"
                                  " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"))
            .bind(row.sha256, row.actor.person, row.actor.role, row.actor.office, row.actor.party,
                  row.valid_from, row.valid_until, row.label, row.is_session, row.created_at)
            .run();
    }

    void revoke_token(const std::string& sha256, base::Instant at) override {
        Query(connection_.prepare(
                  "update token set revoked_at = ifnull(revoked_at, ?1) where sha256 = ?2 or"
                  " (is_session = 1 and (person_id, role, office, party) ="
                  " (select person_id, role, office, party from token where sha256 = ?2"
                  " and is_session = 0))"))
            .bind(at, sha256)
            .run();
    }

    std::optional<TokenRow> find_token(const std::string& sha256) override {
        auto rows = find_tokens(sha256, 1);
        const bool is_it = !rows.empty() && rows.front().sha256 == sha256;
        return is_it ? std::optional(std::move(rows.front())) : std::nullopt;
    }

    std::optional<std::pair<TokenRow, PersonRow>> find_bearer(const std::string& sha256) override {
        Query query(connection_.prepare(
            "select sha256, person_id, role, office, party, valid_from, valid_until, label,"
            " is_session, token.created_at, revoked_at,"
            " id, display_name, person.created_at, disabled_at"
            " from token join person on person.id = token.person_id where sha256 = ?"));
        if (!query.bind(sha256).next()) {
            return std::nullopt;
        }
        TokenRow token = read_token(query);
        return std::pair(std::move(token), read_person(query));
    }

    std::vector<TokenRow> find_tokens(const std::string& prefix, std::size_t limit) override {
        // '~' comes after every hexadecimal digit.
        Query query(connection_.prepare(
            "select sha256, person_id, role, office, party, valid_from, valid_until, label,"
            " is_session, created_at, revoked_at from token"
            " where sha256 >= ?1 and sha256 < ?1 || '~' order by sha256 limit ?2"));
        return read_tokens(query.bind(prefix, static_cast<std::int64_t>(limit)));
    }

    std::vector<TokenRow> list_tokens(const std::string& person) override {
        Query query(connection_.prepare(
            "select sha256, person_id, role, office, party, valid_from, valid_until, label,"
            " is_session, created_at, revoked_at from token"
            " where ?1 = '' or person_id = ?1 order by created_at, sha256"));
        return read_tokens(query.bind(person));
    }

  private:
    std::unique_ptr<Connection> own_;
    Connection& connection_;
};

}  // namespace

std::unique_ptr<AccountStore> open_sqlite_accounts(const SqliteOptions& options,
                                                   const base::Clock& clock) {
    return std::make_unique<SqliteAccounts>(open_writing(options, clock.now()));
}

std::unique_ptr<AccountStore> accounts_on(Connection& connection) {
    return std::make_unique<SqliteAccounts>(connection);
}

}  // namespace engine::store
