// SPDX-License-Identifier: EUPL-1.2
// Edge case 22 on the pages: a law makes a holiday of the day a term ends; whoever opens the
// dashboard or the list of terms is told, and the person responsible what to decide.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "api/cli/workflow_files.h"
#include "api/pages/page_routes.h"
#include "api/program.h"
#include "api/routes/routes.h"
#include "engine/accounts.h"
#include "tests/support/command_line_run.h"
#include "tests/support/shared_clock.h"
#include "tests/support/source_dir.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/visitor.h"
#include "tests/support/world.h"

namespace tests {
namespace {

/// The scenario up to the extension that fixed the term, before the law was there.
std::string story() {
    std::ifstream file(source_dir() +
                       "/workflows/coprogrammazione/scenari/nuova_festivita.copione");
    std::ostringstream text;
    text << file.rdbuf();
    const std::string whole = text.str();
    return whole.substr(0, whole.find("# Il 10/10/2025 esce la L. 151/2025"));
}

/// Pages and API on the folder that the story left, on a day after the law.
class LaterHolidayPages : public testing::Test {
  protected:
    LaterHolidayPages() {
        const auto script = (folder.path() / "storia.copione").string();
        std::ofstream(script) << story();
        const auto played = run_arguments({"scenario", script, "--data", data.string()});
        EXPECT_EQ(played.exit_code, 0) << played.out << played.err;
        auto catalog =
            engine::definition::load_catalog(engine::definition::embedded_workflow_files()).value();
        const auto site =
            api::pages::Site::make({}, catalog, api::cli::workflow_checks(), clock, random).value();
        api::ProgramOptions options{.service = {.data_folder = data,
                                                .catalog = std::move(catalog),
                                                .checks = api::cli::workflow_checks(),
                                                .clock = clock,
                                                .random = random,
                                                .log = log,
                                                .courier = courier},
                                    .routes = api::pages::page_routes(site)};
        program = api::Program::start(std::move(options)).value();
        thread = std::thread([this] { program->run(); });
    }
    ~LaterHolidayPages() override {
        program->stop();
        thread.join();
    }

    Visitor enter() {
        auto accounts = engine::open_accounts(data, clock, random).value();
        engine::TokenRequest request;
        request.actor = {accounts->add_person("Anna Esempio")->id, "rdp", "326", ""};
        request.valid_from = clock.now();
        request.valid_until = {clock.now().utc_ms + 3'600'000};
        const auto secret = accounts->create_token(request)->secret;
        Visitor one(program->port());
        EXPECT_EQ(one.post("/accedi", "codice=" + secret, one.origin()).status, 303);
        return one;
    }

    TemporaryFolder folder;
    std::filesystem::path data = folder.path() / "dati";
    SharedClock clock{at("2025-10-20T09:00")};
    engine::base::SystemRandom random;
    engine::base::Log log{clock, [](std::string_view) {}};
    TestCourier courier;
    std::unique_ptr<api::Program> program;
    std::thread thread;
};

TEST_F(LaterHolidayPages, TellTheTermAndWhatToDecide) {
    Visitor one = enter();

    const auto terms = one.get("/scadenze");
    const auto dashboard = one.get("/cruscotto");

    EXPECT_TRUE(shows(terms, "L. 151/2025")) << terms.body;
    EXPECT_TRUE(shows(terms, "Lo può spostare solo un atto"));
    EXPECT_TRUE(shows(dashboard, "Cosa fare: termini da valutare")) << dashboard.body;
    EXPECT_TRUE(shows(dashboard, "Anna Esempio, responsabile del procedimento")) << dashboard.body;
    EXPECT_TRUE(shows(dashboard, "Termine per presentare le istanze"));
    EXPECT_TRUE(shows(dashboard, "L. 151/2025"));
}

}  // namespace
}  // namespace tests
