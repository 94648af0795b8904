// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/instant.h"
#include "engine/machine/command.h"

namespace engine::store {

struct PersonRow {
    std::string id;
    std::string display_name;
    base::Instant created_at;
    std::optional<base::Instant> disabled_at;
};

struct TokenRow {
    std::string sha256;  ///< of the secret
    machine::Actor actor;
    base::Instant valid_from;
    base::Instant valid_until;  ///< exclusive
    std::string label;
    bool is_session = false;
    base::Instant created_at;
    std::optional<base::Instant> revoked_at;
};

/// People and tokens: rows, no judgement of them. Each verb is one transaction.
/// Threads: one at a time. Errors of every method: StoreFailure.
class AccountStore {
  public:
    virtual ~AccountStore() = default;

    virtual void add_person(const PersonRow& row) = 0;
    /// The first time stays. False: there is no such person.
    virtual bool disable_person(const std::string& id, base::Instant at) = 0;
    virtual std::optional<PersonRow> find_person(const std::string& id) = 0;
    /// In order of making.
    virtual std::vector<PersonRow> list_people() = 0;
    /// Those not disabled who have a token or a session that is valid at an instant for the role,
    /// the office and the body of `like`, by name.
    virtual std::vector<PersonRow> list_people_acting(const machine::Actor& like,
                                                      base::Instant at) = 0;

    virtual void add_token(const TokenRow& row) = 0;
    /// One that is no session goes with the sessions of the same actor, which it may have opened.
    /// The first time stays.
    virtual void revoke_token(const std::string& sha256, base::Instant at) = 0;
    virtual std::optional<TokenRow> find_token(const std::string& sha256) = 0;
    /// The same with its person: what every request asks.
    virtual std::optional<std::pair<TokenRow, PersonRow>> find_bearer(
        const std::string& sha256) = 0;
    /// Tokens whose hash begins so, at most `limit`.
    virtual std::vector<TokenRow> find_tokens(const std::string& prefix, std::size_t limit) = 0;
    /// Of a person (empty: of all), in order of making.
    virtual std::vector<TokenRow> list_tokens(const std::string& person) = 0;
};

}  // namespace engine::store
