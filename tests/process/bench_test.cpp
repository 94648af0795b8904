// SPDX-License-Identifier: EUPL-1.2
// The measures themselves, on sizes that take seconds: every figure is there and was taken without
// a refusal. How fast the machine is proves nothing here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "bench/child_process.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

using testing::HasSubstr;

std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

struct BenchRun {
    int exit_code = 0;
    std::string out;
    std::string err;
};

BenchRun run_bench(std::vector<std::string> arguments) {
    const TemporaryFolder folder;
    const auto log = folder.path() / "bench.log";
    arguments.insert(arguments.begin(), COPROG_BENCH);
    bench::ChildProcess process({std::move(arguments), {}, log});
    BenchRun run;
    run.out = process.read_to_end();
    run.exit_code = process.wait();
    run.err = text_of(log);
    return run;
}

TEST(Bench, RefusesAMeasureItDoesNotHave) {
    const auto run = run_bench({"tutto"});

    EXPECT_EQ(run.exit_code, 1);
    EXPECT_THAT(run.err, HasSubstr("Uso:"));
    EXPECT_EQ(run.out, "");
}

TEST(Bench, MeasuresEveryFigureOfItsTable) {
    const auto run = run_bench({"--quick"});

    ASSERT_EQ(run.exit_code, 0) << run.err;
    for (const char* figure :
         {"clients, durable commands ÷ one commit per transition", "÷ bare Beast + SQLite",
          "one client, p50", "p99 ÷ p50", "GET of one instance", "a page of /v1/compiti",
          "overdue deadlines", "database bytes", "start to first answer", "resident memory",
          "verify of", "decide coprogrammazione/procedimento"}) {
        EXPECT_THAT(run.out, HasSubstr(figure));
    }
    constexpr std::ptrdiff_t kFigures = 14;
    EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), kFigures + 2) << run.out;
}

/// Some days instead of years: that it runs, and says what it saw.
TEST(Bench, SoaksForAWhile) {
    const auto run = run_bench({"soak", "--minutes", "0.05"});

    EXPECT_EQ(run.err, "");
    EXPECT_THAT(run.out, HasSubstr("| day there |"));
    EXPECT_THAT(run.out, HasSubstr("flat\n"));
}

}  // namespace
}  // namespace tests
