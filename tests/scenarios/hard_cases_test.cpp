// SPDX-License-Identifier: EUPL-1.2
// The hard cases of the domain, each a small definition (tests/definition/hard_cases) with a script
// (tests/scenarios/hard_cases), played as it is, reopening the database before each line, with a
// timer that never fires by itself, and with both.
#include <gtest/gtest.h>

#include <algorithm>
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
    const std::filesystem::path folder = source_dir() + "/tests/scenarios/hard_cases";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".copione") {
            scripts.push_back(entry.path().string());
        }
    }
    std::sort(scripts.begin(), scripts.end());
    return scripts;
}

const engine::definition::Catalog& catalog() {
    static const auto kCatalog =
        api::cli::load_workflows(source_dir() + "/tests/definition/hard_cases");
    return kCatalog.value();
}

struct Mode {
    int reopens_every = 0;
    bool timer_is_late = false;
};

struct Played {
    std::string summary;
    std::string problem;  ///< of verify
    std::vector<std::string> failures;
};

Played play(const std::string& script, const Mode& mode) {
    const TemporaryFolder folder;
    std::ostringstream text;
    text << std::ifstream(script, std::ios::binary).rdbuf();
    const auto lines = scenario::parse_copione(text.str());
    if (!lines) {
        return {"", "", {lines.error().message_it}};
    }
    std::ostringstream narration;
    const auto report =
        scenario::play(*lines, catalog(), api::cli::workflow_checks(),
                       {folder.path(), mode.reopens_every, mode.timer_is_late, 7}, narration);
    if (!report) {
        return {"", "", {report.error().message_it}};
    }
    const engine::base::SystemClock clock;
    const auto store = engine::open_store(folder.path(), clock);
    const auto verified = engine::verify(**store);
    return {report->summary, verified ? verified->first_problem : verified.error().message_it,
            report->failures};
}

/// The play the others are compared with, once for each script.
const Played& plain_play(const std::string& script) {
    static std::map<std::string, Played> plays;
    const auto found = plays.find(script);
    return found != plays.end() ? found->second
                                : plays.emplace(script, play(script, {})).first->second;
}

class HardCase : public testing::TestWithParam<std::string> {
  protected:
    static void expect_same_as_plain(const Mode& mode) {
        const Played played = play(GetParam(), mode);

        EXPECT_EQ(played.failures, std::vector<std::string>{});
        EXPECT_EQ(played.summary, plain_play(GetParam()).summary);
        EXPECT_EQ(played.problem, "");
    }
};

TEST_P(HardCase, HoldsAsWritten) {
    const Played& played = plain_play(GetParam());

    EXPECT_EQ(played.failures, std::vector<std::string>{});
    EXPECT_FALSE(played.summary.empty());
    EXPECT_EQ(played.problem, "");
}

TEST_P(HardCase, HoldsWhenTheDatabaseIsReopenedBeforeEachLine) {
    expect_same_as_plain({1, false});
}

TEST_P(HardCase, HoldsWhenTheTimerIsLate) {
    expect_same_as_plain({0, true});
}

TEST_P(HardCase, HoldsWithBoth) {
    expect_same_as_plain({1, true});
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
    return std::filesystem::path(info.param).stem().string();
}

INSTANTIATE_TEST_SUITE_P(Domain, HardCase, testing::ValuesIn(find_scripts()), test_name);

TEST(HardCaseFiles, AreThere) {
    EXPECT_GE(find_scripts().size(), 8U);
}

}  // namespace
}  // namespace tests
