// SPDX-License-Identifier: EUPL-1.2
// A disk that refuses, and power that goes: nothing that was acknowledged is lost, and what failed
// is not there or is whole. SIGKILL does not prove this: the system's cache outlives a process.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>

#include "tests/store/disk_story.h"
#include "tests/support/faulty_vfs.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using Act = FaultyDisk::Act;

/// Of the sample and of what a power cut leaves; printed with every failure.
constexpr std::uint64_t kSeed = 20251122;
/// How many accidents of a kind are tried outside the slow lane.
constexpr std::size_t kSample = 16;
/// The steps with which a story begins that only open what is there.
constexpr std::size_t kOpenSteps = 1;
/// A refused act may strike what was asked again, too; never so often.
constexpr int kMaxTellings = 4;

/// The story on a disk where nothing happens.
struct Peace {
    std::vector<Act> history;
    std::string summary;

    Peace() {
        const TemporaryFolder folder;
        FaultyDisk disk;
        DiskStory story(folder.path());
        EXPECT_TRUE(story.tell()) << story.stopped_at() << ": " << story.refusal()->message_it;
        EXPECT_EQ(story.find_problem(), "");
        summary = story.summary();
        story.end_program();
        history = disk.history();
    }
};

const Peace& peace() {
    static const Peace kPeace;
    return kPeace;
}

/// Numbers of acts at which an accident is tried: all of them in the slow lane (COPROG_SLOW_LANES),
/// a sample otherwise, with every truncation.
std::vector<std::size_t> accidents(std::uint64_t seed) {
    const auto& history = peace().history;
    std::mt19937_64 dice(seed);
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < history.size(); ++i) {
        const bool is_sampled = dice() % history.size() < kSample;
        if (std::getenv("COPROG_SLOW_LANES") != nullptr || is_sampled ||
            history[i] == Act::truncate) {
            chosen.push_back(i + 1);
        }
    }
    return chosen;
}

/// Asks until everything was answered.
void tell_to_its_end(DiskStory& story) {
    for (int i = 0; i < kMaxTellings; ++i) {
        if (story.tell()) {
            return;
        }
    }
    ADD_FAILURE() << "no end: at «" << story.stopped_at() << "» "
                  << story.refusal().value_or(engine::base::Error{}).message_it;
}

/// Opened again on a sound disk, what was acknowledged is there, and the story goes on to its end.
void expect_whole(DiskStory& story) {
    const auto begun = story.begin_program();
    ASSERT_TRUE(begun.has_value()) << begun.error().message_it;
    EXPECT_EQ(story.find_problem(), "");
    tell_to_its_end(story);
    EXPECT_EQ(story.find_problem(), "");
    EXPECT_EQ(story.summary(), peace().summary);
}

TEST(DiskFault, TheStoryWritesSyncsAndTruncates) {
    const auto& history = peace().history;
    EXPECT_GT(std::count(history.begin(), history.end(), Act::write), 100);
    EXPECT_GT(std::count(history.begin(), history.end(), Act::sync), 20);
    EXPECT_GT(std::count(history.begin(), history.end(), Act::truncate), 0);
    EXPECT_NE(peace().summary.find("n. 2"), std::string::npos) << peace().summary;
}

/// One act is refused, and the program goes on.
TEST(DiskFault, GoesOnAfterAnActThatTheDiskRefused) {
    std::size_t refused = 0;
    for (const std::size_t act : accidents(kSeed)) {
        SCOPED_TRACE(fmt::format("seed {}, act {} refused", kSeed, act));
        const TemporaryFolder folder;
        DiskStory story(folder.path());
        {
            FaultyDisk disk;
            disk.refuse({act});
            refused += story.tell() ? 0U : 1U;
            EXPECT_TRUE(disk.is_met());
            tell_to_its_end(story);
            EXPECT_EQ(story.find_problem(), "");
            EXPECT_EQ(story.summary(), peace().summary);
            story.end_program();
        }
        expect_whole(story);
        if (HasFailure()) {
            return;
        }
    }
    EXPECT_GT(refused, 0U);
}

/// From an act on, every one finds the disk full: nothing is taken, reading goes on; then there is
/// space again, under the same program or under the next.
void fill_disk_at(std::size_t act, bool is_mended_meanwhile) {
    const TemporaryFolder folder;
    DiskStory story(folder.path());
    {
        FaultyDisk disk;
        disk.refuse({act, true, SQLITE_FULL});
        const bool is_told = story.tell();
        EXPECT_TRUE(disk.is_met());
        if (!is_told) {
            EXPECT_EQ(story.refusal()->code, ErrorCode::storage_full) << story.stopped_at();
            // What the first opening wrote may all be there though it was told that it is not: then
            // the second has nothing to write. Every other step writes.
            const auto known = std::max(story.acknowledged().size(), kOpenSteps);
            EXPECT_TRUE(story.can_read());
            EXPECT_FALSE(story.tell());
            EXPECT_LE(story.acknowledged().size(), known) << story.stopped_at();
            EXPECT_TRUE(story.can_read());
        }
        if (is_mended_meanwhile) {
            disk.mend();
            tell_to_its_end(story);
            EXPECT_EQ(story.find_problem(), "");
        }
        story.end_program();
    }
    expect_whole(story);
}

TEST(DiskFault, TakesNothingWhileTheDiskIsFull) {
    for (const std::size_t act : accidents(kSeed + 1)) {
        for (const bool is_mended_meanwhile : {true, false}) {
            SCOPED_TRACE(fmt::format("seed {}, full from act {}, mended meanwhile: {}", kSeed + 1,
                                     act, is_mended_meanwhile));
            fill_disk_at(act, is_mended_meanwhile);
            if (testing::Test::HasFailure()) {
                return;
            }
        }
    }
}

/// A sync that fails may have lost what it should have written, and the next one says nothing of
/// it. Whoever trusted the next would lose an act when the power goes.
TEST(DiskFault, TrustsNoSyncAfterOneThatFailed) {
    const auto& history = peace().history;
    for (std::size_t act = 1; act <= history.size(); ++act) {
        if (history[act - 1] != Act::sync) {
            continue;
        }
        SCOPED_TRACE(fmt::format("sync {} lost what it should have written", act));
        const TemporaryFolder folder;
        DiskStory story(folder.path());
        {
            FaultyDisk disk;
            disk.refuse({act, false, 0, true});
            tell_to_its_end(story);
            disk.cut_power_at(disk.acts() + 1);
            story.end_program();
            disk.leave(folder.path(), Kept::nothing, kSeed);
        }
        expect_whole(story);
        if (HasFailure()) {
            return;
        }
    }
}

/// A commit whose sync was refused is found by the next program, in the log. Whoever was told of it
/// then must not lose it to a power cut.
TEST(DiskFault, TellsNothingThatThePowerMayTake) {
    const auto& history = peace().history;
    for (std::size_t act = 1; act <= history.size(); ++act) {
        if (history[act - 1] != Act::sync) {
            continue;
        }
        SCOPED_TRACE(fmt::format("syncs are refused from act {} on", act));
        const TemporaryFolder folder;
        DiskStory story(folder.path());
        {
            FaultyDisk disk;
            disk.refuse({act, true, SQLITE_FULL});
            story.tell();
            story.tell();
            disk.cut_power_at(disk.acts() + 1);
            story.end_program();
            disk.leave(folder.path(), Kept::nothing, kSeed);
        }
        expect_whole(story);
        if (HasFailure()) {
            return;
        }
    }
}

class PowerCut : public testing::TestWithParam<std::pair<const char*, Kept>> {};

TEST_P(PowerCut, LosesNothingThatWasAcknowledged) {
    const Kept kept = GetParam().second;
    const std::uint64_t seed = kSeed + 2 + static_cast<std::uint64_t>(kept);
    std::size_t cuts = 0;
    for (const std::size_t act : accidents(seed)) {
        SCOPED_TRACE(fmt::format("seed {}, power cut at act {}", seed, act));
        const TemporaryFolder folder;
        DiskStory story(folder.path());
        {
            FaultyDisk disk;
            disk.cut_power_at(act);
            story.tell();
            EXPECT_TRUE(disk.is_met());
            cuts += story.acknowledged().size();
            story.end_program();
            disk.leave(folder.path(), kept, seed + act);
        }
        expect_whole(story);
        if (HasFailure()) {
            return;
        }
    }
    EXPECT_GT(cuts, 0U) << "something was acknowledged before a cut";
}

INSTANTIATE_TEST_SUITE_P(Disk, PowerCut,
                         testing::Values(std::pair{"nothing", Kept::nothing},
                                         std::pair{"prefix", Kept::prefix},
                                         std::pair{"sectors", Kept::sectors},
                                         std::pair{"torn", Kept::torn}),
                         [](const auto& instance) { return std::string(instance.param.first); });

}  // namespace
}  // namespace tests
