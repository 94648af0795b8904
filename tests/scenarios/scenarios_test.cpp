// SPDX-License-Identifier: EUPL-1.2
// Every script of the workflows room, played in four ways: as it is, reopening the database before
// each line, with a timer that never fires by itself, and with both. The result must be the same,
// every expectation must hold, and the database must verify.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "api/cli/workflow_files.h"
#include "api/scenario/player.h"
#include "tests/support/source_dir.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

namespace scenario = api::scenario;

std::vector<std::string> find_scripts() {
    std::vector<std::string> scripts;
    const std::filesystem::path folder = source_dir() + "/workflows";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".copione") {
            scripts.push_back(entry.path().string());
        }
    }
    std::sort(scripts.begin(), scripts.end());
    return scripts;
}

std::string read_file(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

struct Played {
    std::string summary;
    std::string verified;
    std::string narration;
};

/// How often the database is reopened. Opening takes over every kept definition: before each line
/// of a thousand it would take longer than all other tests together. The hard cases do it each
/// line.
constexpr int kReopensEvery = 8;

/// Read once: fifty scripts are played four times.
const engine::definition::Catalog& workflows() {
    static const auto kCatalog = api::cli::load_workflows("");
    EXPECT_TRUE(kCatalog.has_value()) << kCatalog.error().message_it;
    return *kCatalog;
}

Played play(const std::string& script, int reopens_every, bool timer_is_late) {
    const TemporaryFolder folder;
    const auto lines = scenario::parse_copione(read_file(script));
    if (!lines) {
        ADD_FAILURE() << lines.error().message_it;
        return {};
    }
    std::ostringstream narration;
    const auto report = scenario::play(*lines, workflows(), api::cli::workflow_checks(),
                                       {folder.path(), reopens_every, timer_is_late, 7}, narration);
    if (!report) {
        ADD_FAILURE() << report.error().message_it;
        return {};
    }
    for (const std::string& failure : report->failures) {
        ADD_FAILURE() << failure;
    }
    const engine::base::SystemClock clock;
    const auto store = engine::open_store(folder.path(), clock);
    const auto verified = engine::verify(**store);
    return {report->summary, verified ? verified->first_problem : verified.error().message_it,
            narration.str()};
}

/// The play the others are compared with, once for each script.
const Played& plain_play(const std::string& script) {
    static std::map<std::string, Played> plays;
    const auto found = plays.find(script);
    return found != plays.end() ? found->second
                                : plays.emplace(script, play(script, 0, false)).first->second;
}

class Scenario : public testing::TestWithParam<std::string> {};

TEST_P(Scenario, HoldsAsWritten) {
    const Played& played = plain_play(GetParam());

    EXPECT_FALSE(played.summary.empty());
    EXPECT_EQ(played.verified, "");
}

TEST_P(Scenario, HoldsWhenTheDatabaseIsReopenedOnTheWay) {
    const Played& plain = plain_play(GetParam());

    const Played reopened = play(GetParam(), kReopensEvery, false);

    EXPECT_EQ(reopened.summary, plain.summary);
    EXPECT_EQ(reopened.narration, plain.narration);
}

TEST_P(Scenario, HoldsWhenTheTimerIsLate) {
    const Played& plain = plain_play(GetParam());

    const Played late = play(GetParam(), 0, true);

    EXPECT_EQ(late.summary, plain.summary);
    EXPECT_EQ(late.verified, "");
}

/// Both at once: every fourth script, all in the slow lane, because each alone is played above.
class ScenarioWithBoth : public testing::TestWithParam<std::string> {};

std::vector<std::string> find_scripts_for_both() {
    std::vector<std::string> scripts = find_scripts();
    if (std::getenv("COPROG_SLOW_LANES") != nullptr) {
        return scripts;
    }
    std::vector<std::string> some;
    for (std::size_t i = 0; i < scripts.size(); i += 4) {
        some.push_back(scripts[i]);
    }
    return some;
}

TEST_P(ScenarioWithBoth, Holds) {
    const Played& plain = plain_play(GetParam());

    EXPECT_EQ(play(GetParam(), kReopensEvery, true).summary, plain.summary);
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
    return std::filesystem::path(info.param).stem().string();
}

INSTANTIATE_TEST_SUITE_P(Workflows, Scenario, testing::ValuesIn(find_scripts()), test_name);
INSTANTIATE_TEST_SUITE_P(Workflows, ScenarioWithBoth, testing::ValuesIn(find_scripts_for_both()),
                         test_name);

TEST(ScenarioFiles, AreThere) {
    EXPECT_GE(find_scripts().size(), 10U);
}

}  // namespace
}  // namespace tests
