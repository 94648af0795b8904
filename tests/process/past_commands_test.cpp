// SPDX-License-Identifier: EUPL-1.2
// show and erase as a person types them, in process, on the databases that scenarios keep.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/command_line_run.h"
#include "tests/support/source_dir.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/world.h"

namespace tests {
namespace {

const std::string kScripts = source_dir() + "/workflows/coprogrammazione/scenari/";

bool holds(const CommandLineRun& done, const std::string& text) {
    return done.out.find(text) != std::string::npos;
}

/// A kept database and the one procedure in it.
struct Kept {
    explicit Kept(const std::string& script) : data((folder.path() / "dati").string()) {
        EXPECT_EQ(run_arguments({"scenario", kScripts + script, "--data", data}).exit_code, 0);
        const auto verified = run_arguments({"verify", "--data", data});
        const std::size_t hash_end = verified.out.rfind('\n');
        const std::size_t line = verified.out.rfind('\n', hash_end - 1) + 1;
        id = verified.out.substr(line, verified.out.find(' ', line) - line);
    }
    CommandLineRun show(std::vector<std::string> arguments) const {
        return run_with("show", std::move(arguments));
    }
    CommandLineRun erase(std::vector<std::string> arguments) const {
        return run_with("erase", std::move(arguments));
    }
    /// An ended application that holds personal data, as `show --json` tells it.
    nlohmann::json ended_application() const {
        const auto picture = nlohmann::json::parse(show({id, "--json"}).out);
        for (const auto& instance : picture.at("instances")) {
            if (instance.at("state").at("final") == true &&
                instance.at("values").contains("legale_rappresentante")) {
                return instance;
            }
        }
        ADD_FAILURE() << "the scenario ends no application";
        return {};
    }

    TemporaryFolder folder;
    std::string data;
    std::string id;

  private:
    CommandLineRun run_with(const std::string& command, std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), command);
        arguments.insert(arguments.end(), {"--data", data});
        return run_arguments(arguments);
    }
};

std::vector<std::string> on_an_act(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--act", "determina n. 5 del 3/3/2026", "--reason",
                                       "richiesta dell'interessato", "--by", "p9"});
    return arguments;
}

TEST(ShowCommand, RefusesWhatItCannotFindOrRead) {
    const Kept kept("proroga_e_rettifica.copione");
    const TemporaryFolder empty;

    const std::vector<CommandLineRun> refused{
        run_arguments({"show", kept.id, "--data", empty.path().string()}),
        kept.show({"niente"}),
        kept.show({"abc"}),
        kept.show({kept.id, "--at", "ieri"}),
        kept.show({kept.id, "--at", "2025-10-26 02:30"}),
        kept.show({kept.id, "--at", "2025-01-01"}),
        kept.show({kept.id, "--at", "2099-01-01"}),
    };

    for (const auto& done : refused) {
        EXPECT_EQ(done.exit_code, 2) << done.err;
        EXPECT_EQ(done.out, "");
        EXPECT_NE(done.err, "");
    }
}

TEST(ShowCommand, TellsHowThingsStoodInItalian) {
    const Kept kept("proroga_e_rettifica.copione");

    const auto before = kept.show({kept.id.substr(0, 8), "--at", "2025-04-30 08:59"});
    const auto after = kept.show({kept.id, "--at", "2025-04-30"});

    EXPECT_EQ(before.exit_code, 0) << before.err;
    EXPECT_TRUE(holds(before, "com'era il 30/04/2025 alle 08:59")) << before.out;
    EXPECT_TRUE(holds(before, "Stato: «Avviso aperto»")) << before.out;
    EXPECT_TRUE(holds(before, "in corso, ultimo giorno utile venerdì 16/05/2025")) << before.out;
    EXPECT_FALSE(holds(before, "23/05/2025")) << before.out;
    EXPECT_TRUE(holds(after, "in corso, ultimo giorno utile venerdì 23/05/2025")) << after.out;
    EXPECT_TRUE(holds(after, "ente 99000010100: «")) << after.out;
}

TEST(ShowCommand, WithoutADayStopsAtNow) {
    const Kept kept("proroga_e_rettifica.copione");
    const engine::base::ManualClock clock(at("2025-04-30T08:59"));

    const auto now = run_arguments_at({"show", kept.id, "--data", kept.data}, clock);
    const auto json = run_arguments_at({"show", kept.id, "--data", kept.data, "--json"}, clock);

    EXPECT_EQ(now.exit_code, 0) << now.err;
    EXPECT_TRUE(holds(now, "com'era il 30/04/2025 alle 08:59")) << now.out;
    EXPECT_TRUE(holds(now, "ultimo giorno utile venerdì 16/05/2025")) << now.out;
    EXPECT_FALSE(holds(now, "23/05/2025")) << "the proroga is still to come";
    EXPECT_TRUE(holds(now, "una data che deve ancora venire")) << now.out;
    EXPECT_GT(nlohmann::json::parse(json.out).at("future_entries"), 0);
    EXPECT_FALSE(holds(kept.show({kept.id}), "deve ancora venire"));
}

TEST(ShowCommand, KeepsPersonalDataForThoseWhoAsk) {
    const Kept kept("proroga_e_rettifica.copione");

    EXPECT_FALSE(holds(kept.show({kept.id}), "Anna Esempio"));
    EXPECT_FALSE(holds(kept.show({kept.id, "--json"}), "Anna Esempio"));
    EXPECT_TRUE(holds(kept.show({kept.id, "--personal"}), "Anna Esempio"));
    EXPECT_TRUE(holds(kept.show({kept.id, "--personal", "--json"}), "Anna Esempio"));
}

TEST(EraseCommand, RefusesWithoutAnAct) {
    const Kept kept("proroga_e_rettifica.copione");

    const auto done = kept.erase({kept.id, "--personal", "--reason", "r", "--by", "p9"});
    const auto blank =
        kept.erase({kept.id, "--personal", "--reason", "r", "--by", "p9", "--act", " "});

    const auto named = kept.erase(
        {kept.id, "--personal", "--reason", "r", "--by", "Mario Rossi", "--act", "Decreto 1/2026"});

    EXPECT_EQ(done.exit_code, 2);
    EXPECT_EQ(done.out, "");
    EXPECT_EQ(blank.exit_code, 2);
    EXPECT_EQ(blank.out, "");
    EXPECT_EQ(named.exit_code, 2) << "a name would stay in the journal for ever";
    EXPECT_EQ(named.out, "");
}

TEST(EraseCommand, WhatIsNotAskedForIsNotErased) {
    const Kept kept("proroga_e_rettifica.copione");

    const auto done = kept.erase(on_an_act({kept.id}));

    EXPECT_EQ(done.exit_code, 2) << done.out;
    EXPECT_EQ(done.out, "");
}

TEST(EraseCommand, TakesAPersonsDataAndVerifySaysSo) {
    const Kept kept("percorso_completo.copione");
    const auto application = kept.ended_application();
    const auto id = application.at("id").get<std::string>();

    const auto done = kept.erase(on_an_act({id, "--personal", "--messages"}));
    const auto again = kept.erase(on_an_act({id, "--personal", "--messages"}));
    const auto verified = run_arguments({"verify", "--data", kept.data});
    const auto shown = kept.show({id, "--personal"});

    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_TRUE(holds(done, "Dati cancellati (")) << done.out;
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_TRUE(holds(again, "Niente da cancellare")) << again.out;
    EXPECT_EQ(verified.exit_code, 0) << verified.out;
    EXPECT_TRUE(holds(verified, "Atto: determina n. 5 del 3/3/2026")) << verified.out;
    EXPECT_TRUE(holds(verified, "Eseguita da p9")) << verified.out;
    EXPECT_TRUE(holds(verified, ", in «Istanza di partecipazione di un ente» dell'ente 990"))
        << verified.out;
    EXPECT_TRUE(holds(verified,
                      " sotto «Co-programmazione con gli enti del Terzo settore»: Dati "
                      "cancellati ("))
        << verified.out;
    EXPECT_TRUE(holds(verified, "«Ricevuta dell'istanza»")) << "which letters, by title";
    EXPECT_TRUE(holds(shown, "[cancellato]")) << shown.out;
    EXPECT_FALSE(holds(shown, "Mario Esempio")) << shown.out;
}

TEST(EraseCommand, NamesWhatItCannotReach) {
    const Kept kept("percorso_completo.copione");
    const auto id = kept.ended_application().at("id").get<std::string>();
    std::ofstream(kept.data + "/coprog.db.before-0002") << "una copia";

    const auto done = kept.erase(on_an_act({id, "--field", "legale_rappresentante"}));

    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_TRUE(holds(done, "coprog.db.before-0002» ")) << done.out;
    EXPECT_TRUE(holds(done, "Restano fuori dal programma le copie di riserva")) << done.out;
    // All the applications of the scenario have the same representative.
    EXPECT_TRUE(holds(done, "gli stessi testi restano altrove")) << done.out;
    EXPECT_TRUE(holds(done, ": «Legale rappresentante»\n")) << done.out;
    EXPECT_TRUE(holds(done, "«Istanza di partecipazione di un ente» dell'ente 990")) << done.out;
}

TEST(EraseCommand, WhileTheProcedureRunsSaysWhyNotAndOnWhichNorm) {
    const Kept kept("proroga_e_rettifica.copione");

    const auto done = kept.erase(on_an_act({kept.id, "--personal"}));

    EXPECT_EQ(done.exit_code, 1) << done.out << done.err;
    EXPECT_TRUE(holds(done, "Reg. UE 2016/679 art. 17 c. 3 lett. b)")) << done.out;
    EXPECT_TRUE(holds(kept.show({kept.id, "--personal"}), "Anna Esempio"));
}

}  // namespace
}  // namespace tests
