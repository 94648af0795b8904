// SPDX-License-Identifier: EUPL-1.2
#include "engine/accounts.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/support/world.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::base::Instant;

/// People and tokens beside an engine, with its clock.
struct AccountScene {
    World world;
    std::unique_ptr<engine::Accounts> accounts;
    engine::Person person;

    AccountScene() {
        auto opened = engine::open_accounts(world.folder.path(), world.clock, world.random);
        EXPECT_TRUE(opened.has_value()) << opened.error().message_it;
        accounts = std::move(*opened);
        person = accounts->add_person("Ada Inventata").value();
    }
    engine::TokenRequest request() {
        return {{person.id, "funzionario", "326", ""},
                at("2025-02-03T09:00"),
                at("2025-12-31T00:00"),
                "prova",
                false};
    }
    ErrorCode refusal(const engine::TokenRequest& wrong) {
        const auto issued = accounts->create_token(wrong);
        EXPECT_FALSE(issued.has_value());
        return issued ? ErrorCode::internal : issued.error().code;
    }
    bool is_let_in(const std::string& secret) {
        return accounts->find_identity(secret).has_value();
    }
};

TEST(Accounts, ATokenMakesItsBearerOneActor) {
    AccountScene scene;

    const auto issued = scene.accounts->create_token(scene.request());

    ASSERT_TRUE(issued.has_value()) << issued.error().message_it;
    EXPECT_EQ(issued->secret.size(), std::string("coprog_").size() + 64U);
    const auto identity = scene.accounts->find_identity(issued->secret);
    ASSERT_TRUE(identity.has_value());
    EXPECT_EQ(identity->actor, scene.request().actor);
    EXPECT_EQ(identity->display_name, "Ada Inventata");
    EXPECT_EQ(identity->token_code, issued->token.code);
}

TEST(Accounts, LetNobodyInWithAnotherSecret) {
    AccountScene scene;
    const auto issued = scene.accounts->create_token(scene.request()).value();
    std::string changed = issued.secret;
    changed.back() = changed.back() == 'a' ? 'b' : 'a';

    for (const std::string& secret : {std::string(), changed, issued.token.code,
                                      issued.secret.substr(0, 20), "Bearer " + issued.secret}) {
        const auto identity = scene.accounts->find_identity(secret);
        ASSERT_FALSE(identity.has_value()) << secret;
        EXPECT_EQ(identity.error().code, ErrorCode::unauthenticated);
    }
}

TEST(Accounts, ATokenIsValidFromItsFirstInstantToBeforeItsLast) {
    AccountScene scene;
    auto request = scene.request();
    request.valid_from = at("2025-03-01T00:00");
    request.valid_until = at("2025-04-01T00:00");
    const auto secret = scene.accounts->create_token(request)->secret;

    scene.world.clock.move_to(at("2025-02-28T23:59:59.999"));
    EXPECT_FALSE(scene.is_let_in(secret));
    scene.world.clock.move_to(at("2025-03-01T00:00"));
    EXPECT_TRUE(scene.is_let_in(secret));
    scene.world.clock.move_to(at("2025-03-31T23:59:59.999"));
    EXPECT_TRUE(scene.is_let_in(secret));
    scene.world.clock.move_to(at("2025-04-01T00:00"));
    EXPECT_FALSE(scene.is_let_in(secret));
}

TEST(Accounts, ARevokedTokenOpensNothingAndAnotherStillDoes) {
    AccountScene scene;
    const auto first = scene.accounts->create_token(scene.request()).value();
    const auto second = scene.accounts->create_token(scene.request()).value();

    const auto revoked = scene.accounts->revoke_token(first.token.code);

    ASSERT_TRUE(revoked.has_value()) << revoked.error().message_it;
    EXPECT_EQ(revoked->revoked_at, scene.world.clock.now());
    EXPECT_FALSE(scene.is_let_in(first.secret));
    EXPECT_TRUE(scene.is_let_in(second.secret));
    EXPECT_EQ(scene.accounts->revoke_token("000000000000").error().code, ErrorCode::not_found);
    EXPECT_EQ(scene.accounts->revoke_token("").error().code, ErrorCode::not_found);
    scene.world.clock.move_to(at("2025-02-04T09:00"));
    EXPECT_EQ(scene.accounts->revoke_token(first.token.code)->revoked_at, revoked->revoked_at)
        << "the first time stays";
}

// A session lives on a token: who loses the one loses the other, at once and in every browser.
TEST(Accounts, ARevokedTokenTakesItsSessionsAlongAndASessionOnlyItself) {
    AccountScene scene;
    auto session = scene.request();
    session.is_session = true;
    auto elsewhere = session;
    elsewhere.actor.office = "327";
    const auto token = scene.accounts->create_token(scene.request()).value();
    const auto home = scene.accounts->create_token(session).value();
    const auto phone = scene.accounts->create_token(session).value();
    const auto other = scene.accounts->create_token(elsewhere).value();

    ASSERT_TRUE(scene.accounts->revoke_token(home.token.code).has_value());
    EXPECT_FALSE(scene.is_let_in(home.secret));
    EXPECT_TRUE(scene.is_let_in(phone.secret));
    EXPECT_TRUE(scene.is_let_in(token.secret));

    ASSERT_TRUE(scene.accounts->revoke_token(token.token.code).has_value());
    EXPECT_FALSE(scene.is_let_in(phone.secret));
    EXPECT_TRUE(scene.is_let_in(other.secret));
}

TEST(Accounts, SayWhoMayActSoNow) {
    AccountScene scene;
    const auto actor = scene.request().actor;
    auto other_office = actor;
    other_office.office = "327";
    EXPECT_FALSE(scene.accounts->may_act(actor).value());

    const auto token = scene.accounts->create_token(scene.request()).value();

    EXPECT_TRUE(scene.accounts->may_act(actor).value());
    EXPECT_FALSE(scene.accounts->may_act(other_office).value());
    EXPECT_FALSE(scene.accounts->may_act({"p0", "funzionario", "326", ""}).value());
    ASSERT_TRUE(scene.accounts->revoke_token(token.token.code).has_value());
    EXPECT_FALSE(scene.accounts->may_act(actor).value());
}

/// Those of the same role and office with a way in now, and nobody else.
TEST(Accounts, ListTheColleaguesWhoMayActNow) {
    AccountScene scene;
    const auto add = [&](const char* name, engine::TokenRequest request) {
        request.actor.person = scene.accounts->add_person(name)->id;
        return scene.accounts->create_token(request).value();
    };
    scene.accounts->create_token(scene.request()).value();
    add("Bea", scene.request());
    auto later = scene.request();
    later.valid_from = at("2025-06-01T00:00");
    add("Chi comincia dopo", later);
    auto elsewhere = scene.request();
    elsewhere.actor.office = "327";
    add("Chi è di un altro ufficio", elsewhere);
    auto other_role = scene.request();
    other_role.actor.role = "dirigente";
    add("Chi ha un altro ruolo", other_role);
    scene.accounts->revoke_token(add("Chi non ha più accesso", scene.request()).token.code).value();
    scene.accounts->disable_person(add("Chi è disabilitato", scene.request()).token.actor.person)
        .value();

    const auto colleagues = scene.accounts->list_colleagues(scene.request().actor).value();

    std::vector<std::string> names;
    for (const auto& person : colleagues) {
        names.push_back(person.display_name);
    }
    EXPECT_EQ(names, (std::vector<std::string>{"Ada Inventata", "Bea"}));
}

TEST(Accounts, TakeNamesThatCanBeRead) {
    AccountScene scene;
    for (const std::string name : {"", " ", "Ada\nInventata", "Ada\xE2\x80\xAEInventata"}) {
        EXPECT_FALSE(scene.accounts->add_person(name).has_value()) << name;
    }
}

TEST(Accounts, ADisabledPersonHasNoWayIn) {
    AccountScene scene;
    const auto secret = scene.accounts->create_token(scene.request())->secret;

    EXPECT_TRUE(scene.accounts->disable_person(scene.person.id).has_value());

    EXPECT_FALSE(scene.is_let_in(secret));
    EXPECT_EQ(scene.refusal(scene.request()), ErrorCode::invalid_input);
    EXPECT_EQ(scene.accounts->disable_person("nessuno").error().code, ErrorCode::not_found);
}

TEST(Accounts, RefuseATokenThatWouldOpenNothingOrTooMuch) {
    AccountScene scene;
    auto nobody = scene.request();
    nobody.actor.person = "nessuno";
    auto no_role = scene.request();
    no_role.actor.role = "";
    auto engine_itself = scene.request();
    engine_itself.actor.role = engine::machine::kSystemRole;
    auto both = scene.request();
    both.actor.party = "00000000000";
    auto backwards = scene.request();
    backwards.valid_until = backwards.valid_from;
    auto over = scene.request();
    over.valid_from = at("2025-01-01T00:00");
    over.valid_until = at("2025-01-02T00:00");

    EXPECT_EQ(scene.refusal(nobody), ErrorCode::not_found);
    for (const auto& wrong : {no_role, engine_itself, both, backwards, over}) {
        EXPECT_EQ(scene.refusal(wrong), ErrorCode::invalid_input);
    }
    EXPECT_TRUE(scene.accounts->list_tokens("")->empty());
    EXPECT_EQ(scene.accounts->add_person("").error().code, ErrorCode::invalid_input);
}

TEST(Accounts, NoFileHoldsTheSecret) {
    AccountScene scene;
    const auto issued = scene.accounts->create_token(scene.request()).value();
    const std::string digits = issued.secret.substr(std::string("coprog_").size());

    for (const auto& entry : std::filesystem::directory_iterator(scene.world.folder.path())) {
        if (entry.is_regular_file()) {
            std::ifstream file(entry.path(), std::ios::binary);
            std::ostringstream bytes;
            bytes << file.rdbuf();
            EXPECT_EQ(bytes.str().find(digits), std::string::npos) << entry.path();
        }
    }
    const auto tokens = scene.accounts->list_tokens("").value();
    EXPECT_EQ(tokens.size(), 1U);
    for (const auto& token : tokens) {
        EXPECT_EQ(issued.secret.find(token.code), std::string::npos);
    }
}

TEST(Accounts, ListPeopleAndTokensInOrderOfMaking) {
    AccountScene scene;
    scene.world.clock.move_to(at("2025-02-04T09:00"));
    const auto other = scene.accounts->add_person("Bruno Inventato").value();
    auto request = scene.request();
    ASSERT_TRUE(scene.accounts->create_token(request).has_value());
    request.actor.person = other.id;
    ASSERT_TRUE(scene.accounts->create_token(request).has_value());

    EXPECT_EQ(scene.accounts->list_people()->at(1).display_name, "Bruno Inventato");
    EXPECT_EQ(scene.accounts->list_tokens("")->size(), 2U);
    ASSERT_EQ(scene.accounts->list_tokens(other.id)->size(), 1U);
    EXPECT_EQ(scene.accounts->list_tokens(other.id)->front().actor.person, other.id);
}

TEST(Accounts, SessionsGoADayAfterTheirEndAndTokensStay) {
    AccountScene scene;
    auto session = scene.request();
    session.is_session = true;
    session.valid_until = at("2025-02-03T17:00");
    auto token = scene.request();
    token.valid_until = at("2025-02-03T17:00");
    ASSERT_TRUE(scene.accounts->create_token(session).has_value());
    ASSERT_TRUE(scene.accounts->create_token(token).has_value());

    scene.world.clock.move_to(at("2025-02-04T17:00"));
    EXPECT_EQ(scene.world.engine->prune()->pruned, 0U);
    scene.world.clock.move_to(at("2025-02-04T17:00:00.001"));
    EXPECT_EQ(scene.world.engine->prune()->pruned, 1U);

    ASSERT_EQ(scene.accounts->list_tokens("")->size(), 1U);
    EXPECT_FALSE(scene.accounts->list_tokens("")->front().is_session);
}

TEST(Accounts, VerifyStillPassesBesideThem) {
    AccountScene scene;
    ASSERT_TRUE(scene.accounts->create_token(scene.request()).has_value());
    scene.world.open_raccolta("2025-05-16");

    EXPECT_EQ(scene.world.verify(), "");
}

}  // namespace
}  // namespace tests
