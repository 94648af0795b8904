// SPDX-License-Identifier: EUPL-1.2
// Edge case 49: the disk breaks, a copy is put back, and what it did not have is entered again.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/world.h"

namespace tests {
namespace {

namespace files = std::filesystem;
using engine::base::InstanceId;
using engine::machine::DeadlineStatus;

/// Copies database and contents, with nothing running, as README tells the administrator to do.
void copy_data(const files::path& from, const files::path& to) {
    files::remove_all(to);
    files::copy(from, to, files::copy_options::recursive);
}

/// A copy of 29 June; on the 30th the results are sent; on 1 July the disk breaks and the copy is
/// put back; on the 2nd an officer enters again what was done on the 30th.
class RestoredCopy : public testing::Test {
  protected:
    RestoredCopy() : id_(world_.open_raccolta("2025-05-16")) {
        world_.file_parere(id_, world_.body);  // without one it would end as deserted
        EXPECT_TRUE(world_.attach(id_, "verbale", "").has_value());
        world_.clock.move_to(at("2025-06-29T20:00"));
        EXPECT_TRUE(world_.engine->run_due().has_value());
        close();
        copy_data(world_.folder.path(), copy_.path());
        world_.reopen();
        world_.clock.move_to(at("2025-06-30T18:00"));
        const auto sent = world_.act(id_, "trasmetti", world_.officer);
        EXPECT_TRUE(sent.has_value()) << sent.error().message_it;
        lost_head_ = head();
        close();
        copy_data(copy_.path(), world_.folder.path());
        world_.clock.move_to(at("2025-07-02T09:00"));
        world_.reopen();
    }

    void close() {
        world_.engine.reset();
        world_.store.reset();
    }
    std::string head() { return engine::verify(*world_.store).value().heads.front().second; }

    engine::base::Result<engine::Outcome> enter_again() {
        auto command = command_of(world_, id_, "trasmetti", world_.officer);
        command.occurred_at = at("2025-06-30T18:00");
        return world_.engine->execute(command);
    }

    World world_;
    TemporaryFolder copy_;
    InstanceId id_;
    std::string lost_head_;
};

TEST_F(RestoredCopy, IsWholeAndDoesNotHaveTheHeadNotedBefore) {
    EXPECT_EQ(world_.verify(), "");
    EXPECT_NE(head(), lost_head_);
}

TEST_F(RestoredCopy, TakesTheLostActWithBothTimesAndInTime) {
    ASSERT_TRUE(world_.engine->run_due().has_value());
    ASSERT_EQ(world_.record(id_).find_deadline("trasmissione")->status, DeadlineStatus::missed);
    const auto outcome = enter_again();

    ASSERT_TRUE(outcome.has_value()) << outcome.error().message_it;
    const auto entries = world_.engine->queries().journal(id_, 0, 1000).value();
    const auto& entry = entries.back();
    EXPECT_EQ(entry.event, "trasmetti");
    EXPECT_EQ(entry.occurred_at, at("2025-06-30T18:00"));
    EXPECT_EQ(entry.received_at, at("2025-07-02T09:00"));
    EXPECT_EQ(world_.record(id_).find_deadline("trasmissione")->status, DeadlineStatus::met);
}

TEST_F(RestoredCopy, GoesOnWithTheSameSequenceAndAWholeChain) {
    ASSERT_TRUE(enter_again().has_value());

    std::int64_t expected = 0;
    const auto entries = world_.engine->queries().journal(id_, 0, 1000).value();
    for (const auto& entry : entries) {
        EXPECT_EQ(entry.position, ++expected);
    }
    EXPECT_EQ(world_.verify(), "");
}

/// The picture of the day says what the office's records knew: the act was entered on 2 July.
TEST_F(RestoredCopy, SaysOfTheDayWhatItsRecordsKnewThen) {
    ASSERT_TRUE(enter_again().has_value());

    const auto on_the_day = world_.engine->queries().as_of(id_, at("2025-06-30T20:00"));

    ASSERT_TRUE(on_the_day.has_value()) << on_the_day.error().message_it;
    const auto& past = on_the_day->instances.front();
    EXPECT_EQ(past.record.find_deadline("trasmissione")->status, DeadlineStatus::running);
    EXPECT_EQ(past.later_acts.size(), 1U);
}

}  // namespace
}  // namespace tests
