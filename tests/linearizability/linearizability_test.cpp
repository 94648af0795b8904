// SPDX-License-Identifier: EUPL-1.2
// People who want the same thing at the same time, over HTTP, of a real server: whatever they are
// told, somebody who does one thing at a time could have told them.
#include <gtest/gtest.h>

#include "tests/linearizability/contest.h"

namespace tests::linearizability {
namespace {

constexpr std::uint64_t kFights = 6;

class Linearizability : public testing::Test {
  protected:
    static void SetUpTestSuite() { running() = std::make_unique<Contest>(); }
    static void TearDownTestSuite() { running().reset(); }
    static Contest& contest() { return *running(); }

  private:
    static std::unique_ptr<Contest>& running() {
        static std::unique_ptr<Contest> contest;
        return contest;
    }
};

std::size_t count(const History& history, int status) {
    return static_cast<std::size_t>(
        std::count_if(history.begin(), history.end(),
                      [&](const auto& call) { return call.answer.status == status; }));
}

/// Pairs of calls that were under way together: without them nothing was tried.
std::size_t count_overlaps(const History& history) {
    std::size_t overlaps = 0;
    for (std::size_t i = 0; i < history.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            overlaps +=
                history[i].called < history[j].returned && history[j].called < history[i].returned
                    ? 1U
                    : 0U;
        }
    }
    return overlaps;
}

/// Whether it was done, and under a key that nobody sent again.
bool is_only_act(const History& history, const Request& request, const Answer& answer) {
    const auto times = std::count_if(history.begin(), history.end(), [&](const auto& call) {
        return call.request.person == request.person && call.request.key == request.key;
    });
    return request.what != "read" && answer.status == 200 && times == 1;
}

TEST_F(Linearizability, OfOfficersWhoDecideOnOneVersion) {
    std::size_t done = 0;
    std::size_t stale = 0;
    for (std::uint64_t seed = 1; seed <= kFights; ++seed) {
        const History history = contest().fight_for_a_procedure(seed);
        ASSERT_TRUE(is_linearizable<ProcedureModel>(history)) << "seed " << seed << '\n'
                                                              << render_history(history);
        EXPECT_GT(count_overlaps(history), 0U);
        done += count(history, 200);
        stale += count(history, 412);
    }
    EXPECT_GT(done, 0U);
    EXPECT_GT(stale, 0U);
}

TEST_F(Linearizability, OfTakingAndPassingOnOneTask) {
    std::size_t done = 0;
    std::size_t taken_already = 0;
    for (std::uint64_t seed = 1; seed <= kFights; ++seed) {
        const History history = contest().fight_for_a_task(seed);
        ASSERT_TRUE(is_linearizable<TaskModel>(history)) << "seed " << seed << '\n'
                                                         << render_history(history);
        EXPECT_GT(count_overlaps(history), 0U);
        done += count(history, 200);
        taken_already += count(history, 409);
    }
    EXPECT_GT(done, 0U);
    EXPECT_GT(taken_already, 0U);
}

TEST_F(Linearizability, OfOneKeySentTwice) {
    std::size_t others = 0;
    for (std::uint64_t seed = 1; seed <= kFights; ++seed) {
        const History history = contest().fight_for_openings(seed);
        ASSERT_TRUE(is_linearizable<OpeningModel>(history)) << "seed " << seed << '\n'
                                                            << render_history(history);
        EXPECT_GT(count_overlaps(history), 0U);
        others += count(history, 422);
    }
    EXPECT_GT(others, 0U);
}

TEST_F(Linearizability, RefusesARealHistoryOnceAnAnswerIsDoctored) {
    History history = contest().fight_for_a_procedure(kFights + 1);
    ASSERT_TRUE(is_linearizable<ProcedureModel>(history));
    std::size_t doctored = 0;

    for (auto& call : history) {
        const Answer told = call.answer;
        const bool is_refused = told.status == 412;
        if (!is_refused && !is_only_act(history, call.request, told)) {
            continue;
        }
        // Nothing where something was done, or done where nothing was.
        call.answer = is_refused ? Answer{200, call.request.expected + 1, "aperta", "", "altro"}
                                 : Answer{412, 0, "", "", ""};
        ++doctored;
        EXPECT_FALSE(is_linearizable<ProcedureModel>(history))
            << "a " << told.status << " that became a " << call.answer.status << '\n'
            << render_history(history);
        call.answer = told;
    }
    EXPECT_GT(doctored, 0U);
}

}  // namespace
}  // namespace tests::linearizability
