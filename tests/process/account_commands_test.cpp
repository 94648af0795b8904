// SPDX-License-Identifier: EUPL-1.2
// user, token, backup and restore as a person types them, in process, on a database that a scenario
// keeps.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/command_line_run.h"
#include "tests/support/source_dir.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string first_word(const std::string& text) {
    return text.substr(0, text.find_first_of(" \n"));
}

/// A database that a scenario has left, played once for all tests.
const std::string& played_scenario() {
    static const TemporaryFolder kFolder;
    static const std::string kData = [] {
        std::string data = (kFolder.path() / "dati").string();
        EXPECT_EQ(
            run_arguments(
                {"scenario",
                 source_dir() + "/workflows/coprogrammazione/scenari/deserto_nuovo_avviso.copione",
                 "--data", data})
                .exit_code,
            0);
        return data;
    }();
    return kData;
}

/// A kept database, and a person in it.
struct Office {
    TemporaryFolder folder;
    std::string data = (folder.path() / "dati").string();
    std::string person;

    Office() {
        std::filesystem::copy(played_scenario(), data, std::filesystem::copy_options::recursive);
        person = first_word(with({"user", "add", "--name", "Ada Inventata"}).out);
    }
    CommandLineRun with(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--data", data});
        return run_arguments(arguments);
    }
    CommandLineRun token(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"token", "create", "--person", person});
        return with(std::move(arguments));
    }
};

TEST(AccountsCommand, ASecretIsAloneOnStandardOutputAndNeverAgain) {
    const Office office;

    const auto made = office.token({"--role", "rdp", "--office", "326", "--until", "2099-12-31"});

    ASSERT_EQ(made.exit_code, 0) << made.err;
    EXPECT_TRUE(made.out.starts_with("coprog_"));
    EXPECT_EQ(made.out.size(), std::string("coprog_\n").size() + 64U);
    EXPECT_FALSE(holds(made.err, made.out.substr(0, 40)));
    EXPECT_TRUE(holds(made.err, "01/01/2100")) << "the last day counts whole: " << made.err;
    const auto listed = office.with({"token", "list"});
    EXPECT_FALSE(holds(listed.out, "coprog_"));
    EXPECT_TRUE(holds(listed.out, "rdp, ufficio 326")) << listed.out;
}

TEST(AccountsCommand, RefusesARoleThatWouldOpenNothing) {
    const Office office;

    const auto unknown = office.token({"--role", "capo", "--until", "2099-12-31"});
    const auto no_office = office.token({"--role", "rdp", "--until", "2099-12-31"});
    const auto no_party = office.token({"--role", "ets", "--until", "2099-12-31"});
    const auto wrong_party =
        office.token({"--role", "ets", "--party", "12345678901", "--until", "2099-12-31"});
    const auto over = office.token({"--role", "amministratore", "--until", "2020-12-31"});

    for (const auto& refused : {unknown, no_office, no_party, wrong_party, over}) {
        EXPECT_EQ(refused.exit_code, 2);
        EXPECT_EQ(refused.out, "");
    }
    EXPECT_TRUE(holds(no_office.err, "--office"));
    EXPECT_TRUE(holds(no_party.err, "--party"));
    EXPECT_EQ(office.token({"--role", "amministratore", "--until", "2099-12-31"}).exit_code, 0);
}

// A token of an office, a body or a person that is not there would open nothing, and nobody would
// know why.
TEST(AccountsCommand, RefusesWhomItDoesNotKnow) {
    const Office office;
    const std::vector<std::string> for_long{"--until", "2099-12-31"};
    const auto with = [&](std::vector<std::string> words) {
        words.insert(words.end(), for_long.begin(), for_long.end());
        return office.token(std::move(words));
    };

    const auto no_such_office = with({"--role", "rdp", "--office", "999"});
    const auto no_such_role = with({"--role", "capo", "--office", "326"});
    const auto no_such_body = with({"--role", "ets", "--party", "99000010101"});
    const auto both = with({"--role", "rdp", "--office", "326", "--party", "99000010100"});
    const auto body_in_office =
        with({"--role", "ets", "--party", "99000010100", "--office", "326"});
    const auto no_such_person =
        office.with({"token", "create", "--person", "p000000000000", "--role", "rdp", "--office",
                     "326", "--until", "2099-12-31"});

    for (const auto& refused :
         {no_such_office, no_such_role, no_such_body, both, body_in_office, no_such_person}) {
        EXPECT_EQ(refused.exit_code, 2) << refused.err;
        EXPECT_EQ(refused.out, "");
    }
    EXPECT_TRUE(holds(no_such_office.err, "«999»")) << no_such_office.err;
    EXPECT_TRUE(holds(no_such_office.err, "321, 322, 323, 324, 325, 326, 327, 328, regione"));
    EXPECT_TRUE(holds(no_such_role.err, "«capo»")) << no_such_role.err;
    EXPECT_TRUE(holds(both.err, "--party")) << both.err;
    EXPECT_TRUE(holds(no_such_person.err, "p000000000000")) << no_such_person.err;
    EXPECT_EQ(office.with({"token", "list"}).out, "") << "nothing was written";
    EXPECT_EQ(with({"--role", "dg_welfare", "--office", "regione"}).exit_code, 0);
}

TEST(AccountsCommand, TokensAreRevokedByTheirCodeAndPeopleDisabledByTheirs) {
    const Office office;
    office.token({"--role", "amministratore", "--until", "2099-12-31", "--label", "prova"});
    const auto code = first_word(office.with({"token", "list"}).out);

    const auto revoked = office.with({"token", "revoke", code});
    const auto disabled = office.with({"user", "disable", office.person});

    EXPECT_TRUE(holds(revoked.out, "revocato il")) << revoked.out << revoked.err;
    EXPECT_TRUE(holds(disabled.out, "disabilitata il")) << disabled.out;
    EXPECT_TRUE(holds(office.with({"user", "list"}).out, "Ada Inventata, disabilitata"));
    EXPECT_EQ(office.with({"token", "revoke", "niente"}).exit_code, 2);
    EXPECT_EQ(office.with({"user", "disable", "nessuno"}).exit_code, 2);
}

TEST(AccountsCommand, NeedADatabaseAndMakeNone) {
    const TemporaryFolder folder;
    const std::string data = (folder.path() / "niente").string();

    EXPECT_EQ(run_arguments({"user", "list", "--data", data}).exit_code, 2);
    EXPECT_EQ(run_arguments({"backup", "--data", data, "--to", data + "2"}).exit_code, 2);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(BackupCommand, AnArchiveGoesAndComesBackWithPeopleAndTokens) {
    const Office office;
    const std::string copy = (office.folder.path() / "copia").string();
    const std::string restored = (office.folder.path() / "di_nuovo").string();

    const auto taken = office.with({"backup", "--to", copy});
    const auto back = run_arguments({"restore", "--from", copy, "--data", restored});

    ASSERT_EQ(taken.exit_code, 0) << taken.out << taken.err;
    ASSERT_EQ(back.exit_code, 0) << back.out << back.err;
    EXPECT_TRUE(holds(back.out, "Copia presa il ")) << back.out;
    EXPECT_TRUE(holds(back.out, "; ripristinata il ")) << back.out;
    EXPECT_EQ(run_arguments({"verify", "--data", restored}).exit_code, 0);
    EXPECT_TRUE(holds(run_arguments({"user", "list", "--data", restored}).out, "Ada Inventata"));
    EXPECT_EQ(office.with({"backup", "--to", copy}).exit_code, 2) << "nothing is overwritten";
}

}  // namespace
}  // namespace tests
