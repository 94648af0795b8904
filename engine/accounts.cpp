// SPDX-License-Identifier: EUPL-1.2
#include "engine/accounts.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/plain_text.h"
#include "engine/base/sha256.h"
#include "engine/data_files.h"
#include "engine/store/guarded.h"
#include "engine/store/sqlite_accounts.h"

namespace engine {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using store::guarded;

/// Says whose a secret is, to people and to programs that look for leaked ones.
constexpr std::string_view kSecretPrefix = "coprog_";
/// Digits of the hash that name a token: enough that no two of an administration share them.
constexpr std::size_t kCodeDigits = 12;
/// Digits of a person's id after its letter: a million people share none but by a rare accident,
/// and then the key refuses.
constexpr std::size_t kPersonDigits = 12;
/// Longest name or label: what fits on a line of a page.
constexpr std::size_t kMaxTextBytes = 200;

bool is_valid(const store::TokenRow& token, base::Instant now) {
    return !token.revoked_at && token.valid_from <= now && now < token.valid_until;
}

Person person_of(store::PersonRow row) {
    return {std::move(row.id), std::move(row.display_name), row.created_at, row.disabled_at};
}

Token token_of(store::TokenRow row) {
    return {row.sha256.substr(0, kCodeDigits),
            std::move(row.actor),
            row.valid_from,
            row.valid_until,
            std::move(row.label),
            row.is_session,
            row.created_at,
            row.revoked_at};
}

tl::unexpected<base::Error> wrong(const char* pointer, std::string message) {
    base::Error error{ErrorCode::invalid_input, std::move(message), {}};
    error.details.push_back({pointer, "invalid", error.message_it, {}});
    return fail(std::move(error));
}

tl::unexpected<base::Error> not_let_in() {
    return fail(ErrorCode::unauthenticated,
                "Il gettone non vale: può essere scaduto o revocato. Se ne chiede uno nuovo a chi "
                "amministra il sistema.");
}

class AccountsOnStore final : public Accounts {
  public:
    AccountsOnStore(store::AccountStore& store, const base::Clock& clock, base::Random& random)
        : store_(&store), clock_(clock), random_(random) {}
    /// The same on a store of its own.
    AccountsOnStore(std::unique_ptr<store::AccountStore> store, const base::Clock& clock,
                    base::Random& random)
        : own_(std::move(store)), store_(own_.get()), clock_(clock), random_(random) {}

    Result<Person> add_person(const std::string& display_name) override;
    Result<Person> disable_person(const std::string& id) override;
    Result<std::vector<Person>> list_people() override;
    Result<IssuedToken> create_token(const TokenRequest& request) override;
    Result<Token> revoke_token(const std::string& code) override;
    Result<std::vector<Token>> list_tokens(const std::string& person) override;
    Result<bool> may_act(const machine::Actor& actor) override;
    Result<std::vector<Person>> list_colleagues(const machine::Actor& like) override;
    Result<Identity> find_identity(const std::string& secret) override;

  private:
    Result<void> check(const TokenRequest& request);
    Result<store::PersonRow> load_person(const std::string& id);

    std::unique_ptr<store::AccountStore> own_;
    store::AccountStore* store_;
    const base::Clock& clock_;
    base::Random& random_;
};

Result<store::PersonRow> AccountsOnStore::load_person(const std::string& id) {
    auto row = store_->find_person(id);
    if (!row) {
        return fail(ErrorCode::not_found, fmt::format("Non c'è nessuno con il codice «{}».", id));
    }
    return std::move(*row);
}

Result<Person> AccountsOnStore::add_person(const std::string& display_name) {
    return guarded([&]() -> Result<Person> {
        if (display_name.empty() || display_name.size() > kMaxTextBytes ||
            !base::find_text_fault(display_name).empty() ||
            display_name.find('\n') != std::string::npos) {
            return wrong("/nome",
                         fmt::format("Il nome serve, su una riga, e ha al più {} caratteri.",
                                     kMaxTextBytes));
        }
        store::PersonRow row;
        row.id = "p" + base::random_hex(random_).substr(0, kPersonDigits);
        row.display_name = display_name;
        row.created_at = clock_.now();
        store_->add_person(row);
        return person_of(std::move(row));
    });
}

Result<Person> AccountsOnStore::disable_person(const std::string& id) {
    return guarded([&]() -> Result<Person> {
        store_->disable_person(id, clock_.now());
        auto row = load_person(id);
        return row ? Result<Person>(person_of(std::move(*row))) : fail(row.error());
    });
}

Result<std::vector<Person>> AccountsOnStore::list_people() {
    return guarded([&]() -> Result<std::vector<Person>> {
        std::vector<Person> people;
        for (auto& row : store_->list_people()) {
            people.push_back(person_of(std::move(row)));
        }
        return people;
    });
}

Result<void> AccountsOnStore::check(const TokenRequest& request) {
    const auto person = load_person(request.actor.person);
    if (!person) {
        return fail(person.error());
    }
    if (person->disabled_at) {
        return wrong("/persona", "La persona è disabilitata: non le si dà un gettone.");
    }
    if (request.actor.role.empty() || request.actor.role == machine::kSystemRole) {
        return wrong("/ruolo", "Va detto in quale ruolo agisce.");
    }
    if (!request.actor.office.empty() && !request.actor.party.empty()) {
        return wrong("/ente", "Si agisce per un ufficio o per un ente, non per tutti e due.");
    }
    if (request.label.size() > kMaxTextBytes) {
        return wrong("/nota", fmt::format("La nota ha al più {} caratteri.", kMaxTextBytes));
    }
    if (request.valid_until <= request.valid_from || request.valid_until <= clock_.now()) {
        return wrong("/valido_fino_al", "Il gettone finirebbe prima di cominciare a valere.");
    }
    return {};
}

Result<IssuedToken> AccountsOnStore::create_token(const TokenRequest& request) {
    return guarded([&]() -> Result<IssuedToken> {
        if (auto valid = check(request); !valid) {
            return fail(valid.error());
        }
        IssuedToken issued;
        issued.secret = fmt::format("{}{}{}", kSecretPrefix, base::random_hex(random_),
                                    base::random_hex(random_));
        store::TokenRow row{base::sha256_hex(issued.secret),
                            request.actor,
                            request.valid_from,
                            request.valid_until,
                            request.label,
                            request.is_session,
                            clock_.now(),
                            std::nullopt};
        store_->add_token(row);
        issued.token = token_of(std::move(row));
        return issued;
    });
}

Result<Token> AccountsOnStore::revoke_token(const std::string& code) {
    return guarded([&]() -> Result<Token> {
        const auto found = code.size() < kCodeDigits ? std::vector<store::TokenRow>{}
                                                     : store_->find_tokens(code, 2);
        if (found.size() != 1) {
            return fail(ErrorCode::not_found,
                        fmt::format("Non c'è un gettone con il codice «{}».", code));
        }
        store_->revoke_token(found.front().sha256, clock_.now());
        return token_of(*store_->find_token(found.front().sha256));
    });
}

Result<std::vector<Token>> AccountsOnStore::list_tokens(const std::string& person) {
    return guarded([&]() -> Result<std::vector<Token>> {
        std::vector<Token> tokens;
        for (auto& row : store_->list_tokens(person)) {
            tokens.push_back(token_of(std::move(row)));
        }
        return tokens;
    });
}

Result<bool> AccountsOnStore::may_act(const machine::Actor& actor) {
    return guarded([&]() -> Result<bool> {
        const auto person = store_->find_person(actor.person);
        if (!person || person->disabled_at) {
            return false;
        }
        const auto tokens = store_->list_tokens(actor.person);
        return std::any_of(tokens.begin(), tokens.end(), [&](const store::TokenRow& token) {
            return token.actor == actor && is_valid(token, clock_.now());
        });
    });
}

Result<std::vector<Person>> AccountsOnStore::list_colleagues(const machine::Actor& like) {
    return guarded([&]() -> Result<std::vector<Person>> {
        std::vector<Person> people;
        for (auto& row : store_->list_people_acting(like, clock_.now())) {
            people.push_back(person_of(std::move(row)));
        }
        return people;
    });
}

Result<Identity> AccountsOnStore::find_identity(const std::string& secret) {
    return guarded([&]() -> Result<Identity> {
        if (!std::string_view(secret).starts_with(kSecretPrefix)) {
            return not_let_in();
        }
        const auto now = clock_.now();
        auto bearer = store_->find_bearer(base::sha256_hex(secret));
        if (!bearer || !is_valid(bearer->first, now) || bearer->second.disabled_at) {
            return not_let_in();
        }
        auto& [token, person] = *bearer;
        return Identity{std::move(token.actor), std::move(person.display_name),
                        token.sha256.substr(0, kCodeDigits), token.valid_until, token.is_session};
    });
}

}  // namespace

std::unique_ptr<Accounts> make_accounts(store::Store& store, const base::Clock& clock,
                                        base::Random& random) {
    return std::make_unique<AccountsOnStore>(store.accounts(), clock, random);
}

Result<std::unique_ptr<Accounts>> open_accounts(const std::filesystem::path& folder,
                                                const base::Clock& clock, base::Random& random) {
    return guarded([&]() -> Result<std::unique_ptr<Accounts>> {
        store::SqliteOptions options;
        options.path = (folder / kDatabaseName).string();
        return std::make_unique<AccountsOnStore>(store::open_sqlite_accounts(options, clock), clock,
                                                 random);
    });
}

}  // namespace engine
