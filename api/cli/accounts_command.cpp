// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>
#include <set>

#include "api/cli/command_line.h"
#include "api/cli/data_folder.h"
#include "engine/accounts.h"
#include "engine/base/codice_fiscale.h"
#include "engine/calendar/local_time.h"
#include "workflows/comuni/offices.h"

namespace api::cli {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Instant;
using engine::base::Result;
using engine::calendar::render_italian_instant;
using engine::definition::RoleScope;

/// Whatever the sub-commands of `user` and `token` take.
struct AccountOptions {
    std::string data_folder;
    std::string name;    ///< of a person
    std::string person;  ///< code
    std::string code;    ///< of a token
    std::string role;
    std::string office;
    std::string party;
    std::string from;
    std::string until;
    std::string label;
};

/// People and tokens of a data folder that is there.
class AccountFolder {
  public:
    static Result<std::unique_ptr<AccountFolder>> open(const std::string& folder,
                                                       const engine::base::Clock& clock) {
        if (auto there = check_data_folder(folder); !there) {
            return fail(there.error());
        }
        std::unique_ptr<AccountFolder> opened(new AccountFolder(clock));
        auto accounts = engine::open_accounts(folder, opened->clock_, opened->random_);
        if (!accounts) {
            return fail(accounts.error());
        }
        opened->accounts_ = std::move(*accounts);
        return opened;
    }
    engine::Accounts& accounts() { return *accounts_; }
    Instant now() const { return clock_.now(); }

  private:
    explicit AccountFolder(const engine::base::Clock& clock) : clock_(clock) {}

    const engine::base::Clock& clock_;
    engine::base::SystemRandom random_;
    std::unique_ptr<engine::Accounts> accounts_;
};

/// A day means the whole of it: its first instant as a beginning, its last as an end.
Result<Instant> parse_validity(const std::string& text, bool is_end) {
    const auto moment = engine::calendar::parse_local_moment(text);
    if (!moment) {
        return fail(moment.error());
    }
    if (is_end && !moment->time) {
        return engine::calendar::start_of_day(moment->date.plus_days(1));
    }
    return engine::calendar::to_instant(*moment);
}

/// The scopes in which definitions know a role; empty: none knows it.
std::set<RoleScope> scopes_of(const engine::definition::Catalog& catalog, const std::string& role) {
    if (role == engine::kAdministratorRole) {
        return {RoleScope::everywhere};
    }
    if (role == engine::machine::kEraserRole) {
        return {RoleScope::office};
    }
    std::set<RoleScope> scopes;
    for (const auto& definition : catalog.every_definition()) {
        if (const auto* known = definition->roles.find(role)) {
            scopes.insert(known->scope);
        }
    }
    return scopes;
}

/// An office of nobody sees nothing, and one mistyped might be another's. Of a role of bodies, and
/// of who keeps the program, there is none to check.
Result<void> check_office(const std::string& office) {
    if (office.empty() || workflows::comuni::known_offices().contains(office)) {
        return {};
    }
    return fail(ErrorCode::invalid_input,
                fmt::format("Nessuna amministrazione ha il codice «{}». I codici sono: {} («coprog "
                            "territory» ne dice i nomi). Nessun gettone è stato fatto.",
                            office, workflows::comuni::office_codes_words()));
}

/// A role that no definition has, or one without its office or body, would open nothing; with one
/// that it does not act for, something else than was meant.
Result<void> check_role(const engine::definition::Catalog& catalog, const AccountOptions& options) {
    const auto scopes = scopes_of(catalog, options.role);
    if (scopes.empty()) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("Nessun procedimento conosce il ruolo «{}»: le schede li elencano.",
                                options.role));
    }
    if (scopes.contains(RoleScope::office) && options.office.empty()) {
        return fail(ErrorCode::invalid_input,
                    "Questo ruolo agisce per un ufficio: serve --office con il suo codice.");
    }
    if (scopes.contains(RoleScope::party) && options.party.empty()) {
        return fail(ErrorCode::invalid_input,
                    "Questo ruolo agisce per un ente: serve --party con il suo codice fiscale.");
    }
    if (!scopes.contains(RoleScope::party) && !options.party.empty()) {
        return fail(ErrorCode::invalid_input,
                    "Questo ruolo agisce per un'amministrazione: --party non serve, va tolto.");
    }
    if (scopes == std::set{RoleScope::party} && !options.office.empty()) {
        return fail(ErrorCode::invalid_input,
                    "Questo ruolo agisce per un ente: --office non serve, va tolto.");
    }
    return check_office(options.office);
}

Result<engine::TokenRequest> make_request(const AccountOptions& options, Instant now) {
    engine::TokenRequest request;
    request.actor = {options.person, options.role, options.office, ""};
    request.label = options.label;
    if (!options.party.empty()) {
        const auto party = engine::base::parse_tax_code(options.party);
        if (!party) {
            return fail(party.error());
        }
        request.actor.party = party->text;
    }
    const auto from =
        options.from.empty() ? Result<Instant>(now) : parse_validity(options.from, false);
    const auto until = parse_validity(options.until, true);
    if (!from || !until) {
        return fail(!from ? from.error() : until.error());
    }
    request.valid_from = *from;
    request.valid_until = *until;
    return request;
}

std::string person_line(const engine::Person& person) {
    return fmt::format("{}  {}{}\n", person.id, person.display_name,
                       person.disabled_at
                           ? ", disabilitata il " + render_italian_instant(*person.disabled_at)
                           : "");
}

std::string token_line(const engine::Token& token) {
    const auto& actor = token.actor;
    const std::string whose = !actor.office.empty()  ? ", ufficio " + actor.office
                              : !actor.party.empty() ? ", ente " + actor.party
                                                     : "";
    return fmt::format(
        "{}  {}, {}{}; vale dal {} fino a prima del {}{}{}{}\n", token.code, actor.person,
        actor.role, whose, render_italian_instant(token.valid_from),
        render_italian_instant(token.valid_until),
        token.revoked_at ? "; revocato il " + render_italian_instant(*token.revoked_at) : "",
        token.is_session ? "; accesso dal sito" : "",
        token.label.empty() ? "" : "; " + token.label);
}

Result<void> add_user(CommandContext& context, AccountFolder& folder,
                      const AccountOptions& options) {
    const auto person = folder.accounts().add_person(options.name);
    if (!person) {
        return fail(person.error());
    }
    context.out << person_line(*person);
    return {};
}

Result<void> list_users(CommandContext& context, AccountFolder& folder, const AccountOptions&) {
    const auto people = folder.accounts().list_people();
    if (!people) {
        return fail(people.error());
    }
    for (const auto& person : *people) {
        context.out << person_line(person);
    }
    return {};
}

Result<void> disable_user(CommandContext& context, AccountFolder& folder,
                          const AccountOptions& options) {
    const auto person = folder.accounts().disable_person(options.person);
    if (!person) {
        return fail(person.error());
    }
    context.out << person_line(*person);
    return {};
}

Result<void> create_token(CommandContext& context, AccountFolder& folder,
                          const AccountOptions& options) {
    auto data = DataFolder::open(options.data_folder, context.clock);
    if (!data) {
        return fail(data.error());
    }
    if (auto valid = check_role((*data)->engine().catalog(), options); !valid) {
        return valid;
    }
    const auto request = make_request(options, folder.now());
    if (!request) {
        return fail(request.error());
    }
    const auto issued = folder.accounts().create_token(*request);
    if (!issued) {
        return fail(issued.error());
    }
    context.out << issued->secret << '\n';
    context.err << token_line(issued->token)
                << "Il gettone qui sopra non si può rileggere: va consegnato alla persona e non "
                   "conservato altrove.\n";
    return {};
}

Result<void> list_tokens(CommandContext& context, AccountFolder& folder,
                         const AccountOptions& options) {
    const auto tokens = folder.accounts().list_tokens(options.person);
    if (!tokens) {
        return fail(tokens.error());
    }
    for (const auto& token : *tokens) {
        context.out << token_line(token);
    }
    return {};
}

Result<void> revoke_token(CommandContext& context, AccountFolder& folder,
                          const AccountOptions& options) {
    const auto token = folder.accounts().revoke_token(options.code);
    if (!token) {
        return fail(token.error());
    }
    context.out << token_line(*token);
    return {};
}

using Action = Result<void> (*)(CommandContext&, AccountFolder&, const AccountOptions&);

/// A sub-command of `user` or `token`, on a data folder.
CLI::App* add_action(CLI::App& parent, CommandContext& context, const char* name,
                     const char* description, const std::shared_ptr<AccountOptions>& options,
                     Action action) {
    auto* command = parent.add_subcommand(name, description);
    command->add_option("--data", options->data_folder, "Cartella dei dati")->required();
    command->callback([&context, options, action] {
        auto folder = AccountFolder::open(options->data_folder, context.clock);
        const auto done = folder ? action(context, **folder, *options) : fail(folder.error());
        if (!done) {
            report_error(context, done.error());
        }
    });
    return command;
}

}  // namespace

void add_user_command(CLI::App& app, CommandContext& context) {
    auto* command = app.add_subcommand("user", "Le persone che usano il sistema");
    command->require_subcommand(1);
    const auto options = std::make_shared<AccountOptions>();
    add_action(*command, context, "add", "Aggiunge una persona e ne dice il codice", options,
               add_user)
        ->add_option("--name", options->name, "Nome e cognome, come si vedranno nelle pagine")
        ->required();
    add_action(*command, context, "list", "Elenca le persone", options, list_users);
    add_action(*command, context, "disable", "Toglie a una persona ogni accesso, da subito",
               options, disable_user)
        ->add_option("PERSONA", options->person, "Il codice della persona")
        ->required();
}

void add_token_command(CLI::App& app, CommandContext& context) {
    auto* command = app.add_subcommand("token", "I gettoni con cui le persone accedono");
    command->require_subcommand(1);
    const auto options = std::make_shared<AccountOptions>();
    auto* create =
        add_action(*command, context, "create",
                   "Fa un gettone per una persona in un ruolo e lo mostra, una volta sola", options,
                   create_token);
    create->add_option("--person", options->person, "Il codice della persona")->required();
    create->add_option("--role", options->role, "Il ruolo, con il nome che ha nella scheda")
        ->required();
    create->add_option("--office", options->office, "L'ufficio per cui agisce (codice dell'ATS)");
    create->add_option("--party", options->party, "L'ente per cui agisce (codice fiscale)");
    create->add_option("--from", options->from, "Da quando vale (2026-01-07); altrimenti da ora");
    create->add_option("--until", options->until, "L'ultimo giorno in cui vale (2026-12-31)")
        ->required();
    create->add_option("--label", options->label, "Una nota, per riconoscerlo nell'elenco");
    add_action(*command, context, "list", "Elenca i gettoni, senza i segreti", options, list_tokens)
        ->add_option("--person", options->person, "Solo quelli di questa persona");
    add_action(*command, context, "revoke", "Revoca un gettone, da subito", options, revoke_token)
        ->add_option("GETTONE", options->code, "Il codice del gettone, da «token list»")
        ->required();
}

}  // namespace api::cli
