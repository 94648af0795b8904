// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/machine/command.h"
#include "engine/store/store.h"

// People, and what they may act as. The journal knows a person by an opaque id only; the name is
// here. A token makes its bearer one actor: a person in one role, of one office or body. The secret
// is told once; the database keeps its SHA-256.

namespace engine {

/// Who manages people and tokens, and sees status and metrics; decides nothing in a procedure.
inline constexpr const char* kAdministratorRole = "amministratore";

struct Person {
    std::string id;  ///< opaque: it stays in journals
    std::string display_name;
    base::Instant created_at;
    std::optional<base::Instant> disabled_at;
};

/// What a token is made for.
struct TokenRequest {
    machine::Actor actor;
    base::Instant valid_from;
    base::Instant valid_until;  ///< exclusive
    std::string label;          ///< what it is for ("portatile di servizio"), maybe empty
    bool is_session = false;    ///< of a browser: pruned when it is over
};

/// A token as it is kept.
struct Token {
    std::string code;  ///< names it for people: the first digits of the hash, useless to get in
    machine::Actor actor;
    base::Instant valid_from;
    base::Instant valid_until;  ///< exclusive
    std::string label;
    bool is_session = false;
    base::Instant created_at;
    std::optional<base::Instant> revoked_at;
};

/// The one time a secret is told.
struct IssuedToken {
    std::string secret;  ///< "coprog_" and 64 hexadecimal digits; never logged
    Token token;
};

/// Who stands behind a secret, now.
struct Identity {
    machine::Actor actor;
    std::string display_name;
    std::string token_code;
    base::Instant valid_until;
    bool is_session = false;  ///< of a browser, which does not speak for a program
};

/// Threads: one for each object; as many objects as needed.
class Accounts {
  public:
    virtual ~Accounts() = default;

    /// Errors of every method: the store's.

    /// A new person under an id of our making. Errors: invalid_input (no name, or too long).
    virtual base::Result<Person> add_person(const std::string& display_name) = 0;
    /// From now on none of the person's tokens opens anything; twice changes nothing.
    /// Errors: not_found.
    virtual base::Result<Person> disable_person(const std::string& id) = 0;
    virtual base::Result<std::vector<Person>> list_people() = 0;

    /// Errors: not_found (the person), invalid_input (disabled, no role, a role that is both of an
    /// office and of a body, a validity that ends before it begins or has ended).
    virtual base::Result<IssuedToken> create_token(const TokenRequest& request) = 0;
    /// Ends the sessions of the same person in the same role, too: one of them may have been opened
    /// with it. Errors: not_found.
    virtual base::Result<Token> revoke_token(const std::string& code) = 0;
    /// Of a person, or of all when `person` is empty; sessions too, in order of making.
    virtual base::Result<std::vector<Token>> list_tokens(const std::string& person) = 0;

    /// Whether a person may act so now: not disabled, with a token, or a session, that is valid.
    virtual base::Result<bool> may_act(const machine::Actor& actor) = 0;

    /// Those who may act so now, by name: a person's colleagues in a role, and that person. Of
    /// `like` everything but the person counts.
    virtual base::Result<std::vector<Person>> list_colleagues(const machine::Actor& like) = 0;

    /// Whom the bearer of a secret acts as, by the injected clock.
    /// Errors: unauthenticated (unknown, not valid yet or any more, revoked, person disabled: which
    /// of them is not said).
    virtual base::Result<Identity> find_identity(const std::string& secret) = 0;
};

/// People and tokens of a store that is open, for who owns it. The references outlive what is
/// returned.
std::unique_ptr<Accounts> make_accounts(store::Store& store, const base::Clock& clock,
                                        base::Random& random);

/// People and tokens of a data folder, on a connection of their own. The references outlive what is
/// returned. Errors: those of open_store.
base::Result<std::unique_ptr<Accounts>> open_accounts(const std::filesystem::path& folder,
                                                      const base::Clock& clock,
                                                      base::Random& random);

}  // namespace engine
