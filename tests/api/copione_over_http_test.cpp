// SPDX-License-Identifier: EUPL-1.2
// Scripts of the workflows room played through the API: every act an HTTP request with the actor's
// own token. Expectations hold, the end is that of the plain play, and the database verifies.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "api/cli/workflow_files.h"
#include "api/scenario/player.h"
#include "tests/support/http_door.h"
#include "tests/support/source_dir.h"

namespace tests {
namespace {

namespace scenario = api::scenario;

const engine::definition::Catalog& workflows() {
    static const auto kCatalog = api::cli::load_workflows("");
    EXPECT_TRUE(kCatalog.has_value()) << kCatalog.error().message_it;
    return *kCatalog;
}

std::string read_script(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(source_dir() + "/workflows/coprogrammazione/scenari/" + name + ".copione")
                .rdbuf();
    return text.str();
}

std::string play(const std::vector<scenario::Line>& lines, const scenario::PlayOptions& options) {
    std::ostringstream narration;
    const auto report =
        scenario::play(lines, workflows(), api::cli::workflow_checks(), options, narration);
    if (!report) {
        ADD_FAILURE() << report.error().message_it;
        return "";
    }
    for (const auto& failure : report->failures) {
        ADD_FAILURE() << failure;
    }
    return report->summary;
}

/// Tasks are listed by id, which chance gives: of each instance, its lines in their own order.
std::string by_line(const std::string& summary) {
    std::vector<std::vector<std::string>> blocks;
    std::istringstream text(summary);
    for (std::string line; std::getline(text, line);) {
        if (!line.starts_with(' ')) {
            blocks.emplace_back();
        }
        blocks.back().push_back(line);
    }
    std::string sorted;
    for (auto& block : blocks) {
        std::sort(block.begin() + 1, block.end());
        for (const auto& line : block) {
            sorted += line + '\n';
        }
    }
    return sorted;
}

class CopioneOverHttp : public testing::TestWithParam<std::string> {};

TEST_P(CopioneOverHttp, EndsAsInProcess) {
    const auto lines = scenario::parse_copione(read_script(GetParam()));
    ASSERT_TRUE(lines.has_value()) << lines.error().message_it;
    const TemporaryFolder plain_folder;
    const std::string plain = play(*lines, {.data_folder = plain_folder.path()});
    ApiWorld world(workflows(), api::cli::workflow_checks());
    HttpDoor door(world, workflows());

    const std::string over_http =
        play(*lines, {.data_folder = world.folder.path(),
                      .door = [&](const auto& command) { return door.carry_out(command); }});

    EXPECT_EQ(by_line(over_http), by_line(plain));
    EXPECT_GT(door.requests(), 20);
    const auto store = engine::open_store(world.folder.path(), world.clock);
    const auto verified = engine::verify(**store);
    ASSERT_TRUE(verified.has_value());
    EXPECT_EQ(verified->first_problem, "");
}

/// In process a name is enough; whoever asks over HTTP names a person whom the program knows.
TEST(HolderOverHttp, IsSomebodyWhoCanActInTheRoleThere) {
    const std::string named =
        ", responsabile_del_procedimento = Anna Esempio, unita_organizzativa = Unità di prova, "
        "incarico_dal = 2025-02-03";
    const auto lines = scenario::parse_copione(
        "ats 326 iniziativa dgr-3824-2025\nore 2025-02-03 09:00\n"
        "istruttore:ivo apre procedimento come P con oggetto = Avviso di prova, "
        "unita_organizzativa = Unità di prova, origine_procedimento = iniziativa_regionale\n"
        "direzione_sociosanitaria:dora allega atto_nomina_rdp firmato da "
        "direzione_sociosanitaria su P\n"
        "direzione_sociosanitaria:dora assegna_responsabile su P con rdp_incaricato = nessuno" +
        named + " -> rifiuto invalid_input\n" +
        "direzione_sociosanitaria:dora assegna_responsabile su P con rdp_incaricato = "
        "istruttore:ivo" +
        named + " -> rifiuto invalid_input\n" +
        "direzione_sociosanitaria:dora assegna_responsabile su P con rdp_incaricato = rdp:anna" +
        named + " -> compito assegna_responsabile chiuso\n");
    ASSERT_TRUE(lines.has_value()) << lines.error().message_it;
    ApiWorld world(workflows(), api::cli::workflow_checks());
    HttpDoor door(world, workflows());

    play(*lines, {.data_folder = world.folder.path(),
                  .door = [&](const auto& command) { return door.carry_out(command); }});

    EXPECT_GE(door.requests(), 5);
}

INSTANTIATE_TEST_SUITE_P(Scripts, CopioneOverHttp,
                         testing::Values("percorso_completo", "rete", "tardive",
                                         "dissenso_e_silenzio", "ricevute_pec"),
                         [](const auto& script) { return script.param; });

}  // namespace
}  // namespace tests
