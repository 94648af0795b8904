// SPDX-License-Identifier: EUPL-1.2
// lint, sheet, scenario and verify as a person types them, in process.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/command_line_run.h"
#include "tests/support/source_dir.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

const std::string kScripts = source_dir() + "/workflows/coprogrammazione/scenari/";

TEST(LintCommand, ProvesAllThatTheProgramCarries) {
    // Half of the preset, which takes minutes under the sanitizers and is in the slow lane.
    const auto done = run("lint --cases 22000");

    EXPECT_EQ(done.exit_code, 0);
    EXPECT_EQ(done.out, "14 definizioni esaminate: nessun errore\n");
}

TEST(LintCommand, NamesTheMistakeOfAFolder) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "rotta.json") << R"({"id": "x", "machine": "m", "version": 1,
        "title": "t", "legal_basis": ["l"], "initial": "a", "roles": {"r": {"title": "R"}},
        "states": {"a": {"title": "A", "on": {"vai": {"title": "Vai", "by": ["r"],
        "target": "manca"}}}}})";

    const auto done = run_arguments({"lint", folder.path().string()});

    EXPECT_EQ(done.exit_code, 1);
    EXPECT_NE(done.out.find("states/a/on/vai [unknown_state]"), std::string::npos) << done.out;
}

TEST(LintCommand, WritesTheScriptThatLeadsToTheMistake) {
    const TemporaryFolder folder;
    const TemporaryFolder scripts;
    std::ofstream(folder.path() / "rotta.json") << R"({"id": "x", "machine": "m", "version": 1,
        "title": "t", "legal_basis": ["l"], "initial": "a", "opening": {"by": ["r"]},
        "roles": {"r": {"title": "R"}}, "states": {"a": {"title": "A", "on": {
        "vai": {"title": "Vai", "by": ["r"], "target": "buco"}}}, "buco": {"title": "Buco"}}})";

    const auto copioni = scripts.path() / "nuova" / "cartella";

    const auto done =
        run_arguments({"lint", folder.path().string(), "--copioni", copioni.string()});

    EXPECT_EQ(done.exit_code, 1) << done.err;
    EXPECT_NE(done.out.find("states/buco [dead_end]"), std::string::npos) << done.out;
    const auto script = copioni / "x_m_1_dead_end_1.copione";
    ASSERT_TRUE(std::filesystem::exists(script)) << done.out;
    const auto played =
        run_arguments({"scenario", script.string(), "--workflows", folder.path().string()});
    EXPECT_EQ(played.exit_code, 0) << played.out << played.err;
    std::ostringstream text;
    text << std::ifstream(script).rdbuf();
    EXPECT_NE(text.str().find("\n# Dallo stato «Buco» può accadere che non si arrivi più a nessuna "
                              "fine. [dead_end, states/buco]\n"),
              std::string::npos)
        << text.str();
}

TEST(LintCommand, RefusesAFolderThatCannotBeMade) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "file") << "x";

    const auto done = run_arguments({"lint", folder.path().string(), "--copioni",
                                     (folder.path() / "file" / "copioni").string()});

    EXPECT_EQ(done.exit_code, 2);
    EXPECT_EQ(done.out, "");
    EXPECT_NE(done.err.find("non si può creare"), std::string::npos) << done.err;
}

TEST(LintCommand, RefusesAFileThatIsNoDefinition) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "rotta.json") << R"({"machine": "m", "states": {}})";

    const auto done = run_arguments({"lint", folder.path().string()});

    EXPECT_EQ(done.exit_code, 2);
    EXPECT_EQ(done.out, "");
    EXPECT_NE(done.err.find("[invalid_input]"), std::string::npos) << done.err;
}

TEST(LintCommand, RefusesAFolderThatIsNotThere) {
    const auto done = run("lint /non/esiste");

    EXPECT_EQ(done.exit_code, 2);
    EXPECT_EQ(done.out, "");
}

TEST(SheetCommand, PrintsTheSheetOfOneMachine) {
    const auto done = run("sheet istanza");

    EXPECT_EQ(done.exit_code, 0);
    EXPECT_NE(done.out.find("## Stati e atti"), std::string::npos);
}

TEST(SheetCommand, DrawsTheDiagram) {
    const auto done = run("sheet procedimento --svg");

    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_NE(done.out.find("role=\"img\""), std::string::npos);
    EXPECT_NE(done.out.find("id=\"stato_avviso_aperto\""), std::string::npos);
}

TEST(SheetCommand, RefusesAnUnknownMachine) {
    const auto done = run("sheet niente");

    EXPECT_EQ(done.exit_code, 2);
    EXPECT_EQ(done.out, "");
}

TEST(SheetCommand, SaysWhatANewerVersionChanges) {
    const std::string folder = source_dir() + "/tests/definition/hard_cases";

    const auto done =
        run_arguments({"sheet", "avviso_in_bozza", "--since", "1", "--workflows", folder});
    const auto newest =
        run_arguments({"sheet", "avviso_in_bozza", "--since", "2", "--workflows", folder});

    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_NE(done.out.find("che cosa cambia dalla versione 1 alla 2\n"), std::string::npos);
    EXPECT_NE(done.out.find("- documento «Informativa sui dati personali»: è nuovo\n"),
              std::string::npos);
    EXPECT_EQ(newest.exit_code, 2);
    EXPECT_EQ(newest.out, "");
}

TEST(ScenarioCommand, TellsWhatHappenedAndWhyNot) {
    const auto done = run_arguments({"scenario", kScripts + "percorso_completo.copione"});

    EXPECT_EQ(done.exit_code, 0) << done.out;
    EXPECT_NE(done.out.find("RIFIUTATO"), std::string::npos);
    EXPECT_NE(done.out.find("fonte: "), std::string::npos);
    EXPECT_NE(done.out.find("Tutte le attese del copione sono rispettate."), std::string::npos);
}

TEST(ScenarioCommand, ExitsWithOneWhenAnExpectationFails) {
    const TemporaryFolder folder;
    const auto script = (folder.path() / "prova.copione").string();
    std::ofstream(script) << "ats 326\nore 2025-02-03 09:00\nsistema -> stato aperta di P\n";

    const auto done = run_arguments({"scenario", script});

    EXPECT_EQ(done.exit_code, 1);
    EXPECT_NE(done.out.find("ATTESA NON RISPETTATA"), std::string::npos);
}

TEST(ScenarioCommand, RefusesAScriptThatIsNotThere) {
    const auto done = run("scenario /non/esiste.copione");

    EXPECT_EQ(done.exit_code, 2);
    EXPECT_EQ(done.out, "");
}

TEST(ScenarioCommand, KeepsTheDatabaseThatVerifyProves) {
    const TemporaryFolder folder;
    const std::string data = (folder.path() / "dati").string();
    ASSERT_EQ(run_arguments({"scenario", kScripts + "termini.copione", "--data", data}).exit_code,
              0);

    const auto whole = run_arguments({"verify", "--data", data});
    {
        SQLite::Database database(data + "/coprog.db", SQLite::OPEN_READWRITE);
        database.exec("update instance set state = 'revocato' where machine = 'procedimento'");
    }
    const auto tampered = run_arguments({"verify", "--data", data});

    EXPECT_EQ(whole.exit_code, 0) << whole.out;
    EXPECT_TRUE(whole.out.starts_with("Integro: 1 procedimenti"));
    EXPECT_EQ(tampered.exit_code, 1);
    EXPECT_NE(tampered.out.find("un procedimento non è come risulta dal registro degli atti"),
              std::string::npos);
}

TEST(ScenarioCommand, DoesNotPlayOverAnExistingDatabase) {
    const TemporaryFolder folder;
    const std::string data = (folder.path() / "dati").string();
    ASSERT_EQ(run_arguments({"scenario", kScripts + "termini.copione", "--data", data}).exit_code,
              0);

    EXPECT_EQ(run_arguments({"scenario", kScripts + "termini.copione", "--data", data}).exit_code,
              2);
}

TEST(VerifyCommand, NoticesALetterThatWasChanged) {
    const TemporaryFolder folder;
    const std::string data = (folder.path() / "dati").string();
    ASSERT_EQ(run_arguments({"scenario", kScripts + "termini.copione", "--data", data}).exit_code,
              0);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data + "/contenuti")) {
        if (entry.is_regular_file()) {
            std::ofstream(entry.path(), std::ios::app) << "aggiunta";
            break;
        }
    }

    const auto done = run_arguments({"verify", "--data", data});

    EXPECT_EQ(done.exit_code, 1);
    EXPECT_NE(done.out.find(
                  "NON INTEGRO. Il testo di un messaggio inviato manca o è cambiato (contenuti, "),
              std::string::npos)
        << done.out;
}

TEST(ScenarioCommand, AScriptThatCannotBePlayedPrintsAndLeavesNothing) {
    const TemporaryFolder folder;
    const auto script = (folder.path() / "prova.copione").string();
    std::ofstream(script) << "ats 326\nore 2025-02-03 09:00\nrdp:anna compila su Q\n";
    const std::string data = (folder.path() / "dati").string();

    const auto done = run_arguments({"scenario", script, "--data", data});

    EXPECT_EQ(done.exit_code, 2);
    EXPECT_EQ(done.out, "");
    EXPECT_FALSE(std::filesystem::exists(data));
}

TEST(LintCommand, RefusesABrokenFileAndAnEmptyFolder) {
    const TemporaryFolder folder;
    EXPECT_EQ(run_arguments({"lint", folder.path().string()}).exit_code, 2);
    std::ofstream(folder.path() / "rotta.json") << R"({ "id": "prova", )";

    const auto done = run_arguments({"lint", folder.path().string()});

    EXPECT_EQ(done.exit_code, 2);
    EXPECT_NE(done.err.find("[malformed]"), std::string::npos);
}

TEST(VerifyCommand, RefusesAFolderWithoutDatabase) {
    const TemporaryFolder folder;

    const auto done = run_arguments({"verify", "--data", folder.path().string()});

    EXPECT_EQ(done.exit_code, 2);
    EXPECT_EQ(done.out, "");
}

TEST(CommandLine, ACommandThatIsNotThereIsSaidWithTheNearest) {
    const auto far = run("inesistente");
    const auto near = run("scenari");
    const auto below = run("user lst");
    const auto none = run("");

    for (const auto& done : {far, near, below, none}) {
        EXPECT_EQ(done.exit_code, 2);
        EXPECT_EQ(done.out, "");
        EXPECT_NE(done.err.find("--help"), std::string::npos);
    }
    EXPECT_NE(far.err.find("il comando «inesistente» non c'è: ci sono deadline, "),
              std::string::npos)
        << far.err;
    EXPECT_NE(near.err.find("«scenari» non c'è: forse scenario;"), std::string::npos) << near.err;
    EXPECT_NE(below.err.find("«lst» non c'è: forse list;"), std::string::npos) << below.err;
    EXPECT_NE(none.err.find("manca il comando"), std::string::npos) << none.err;
}

TEST(CommandLine, TheHelpHasItalianHeadings) {
    for (const char* command : {"--help", "user --help", "serve --help", "token create --help"}) {
        const auto done = run(command);

        EXPECT_EQ(done.exit_code, 0) << command;
        EXPECT_NE(done.out.find("Opzioni:"), std::string::npos) << done.out;
        EXPECT_EQ(done.out.find("Options:"), std::string::npos) << done.out;
        EXPECT_EQ(done.out.find("Subcommands:"), std::string::npos) << done.out;
    }
    EXPECT_NE(run("user --help").out.find("Comandi:"), std::string::npos);
}

TEST(SheetCommand, WhatIsOfOneMachineWantsItsName) {
    for (const char* line : {"sheet --since 1", "sheet --svg"}) {
        const auto done = run(line);

        EXPECT_EQ(done.exit_code, 2) << line;
        EXPECT_EQ(done.out, "") << line;
        EXPECT_NE(done.err.find("di quale macchina: una tra "), std::string::npos) << done.err;
        EXPECT_NE(done.err.find("procedimento"), std::string::npos) << done.err;
    }
}

TEST(SheetCommand, WritesIntoAFolderThatItMakes) {
    const TemporaryFolder folder;
    const auto out = folder.path() / "nuova" / "schede";

    const auto done = run_arguments({"sheet", "istanza", "--out", out.string()});

    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_TRUE(std::filesystem::exists(out / "istanza.scheda.md"));
    EXPECT_TRUE(std::filesystem::exists(out / "istanza.diagramma.svg"));
}

TEST(CommandLine, EverySubCommandHasHelp) {
    for (const char* command : {"deadline", "codice-fiscale", "territory", "lint", "sheet",
                                "scenario", "verify", "show", "erase"}) {
        const auto done = run(std::string(command) + " --help");

        EXPECT_EQ(done.exit_code, 0) << command;
        EXPECT_FALSE(done.out.empty()) << command;
    }
}

}  // namespace
}  // namespace tests
