// SPDX-License-Identifier: EUPL-1.2
#include "engine/backup.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/runtime/erase_scene.h"
#include "tests/support/store_reads.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using std::filesystem::path;

/// A data folder with a sent letter in it, and room for copies.
struct BackupScene {
    Scene scene;
    TemporaryFolder room;
    path copy = room.path() / "copia";
    path restored = room.path() / "ripristinata";

    engine::base::Result<engine::BackupReport> back_up() {
        return engine::back_up(scene.world.folder.path(), copy, scene.world.clock);
    }
    engine::base::Result<engine::RestoreReport> restore() {
        return engine::restore(copy, restored, scene.world.clock);
    }
    ErrorCode refusal() {
        const auto report = restore();
        EXPECT_FALSE(report.has_value());
        EXPECT_FALSE(std::filesystem::exists(restored)) << "whole or not at all";
        EXPECT_FALSE(std::filesystem::exists(restored.string() + ".incompleta"));
        return report ? ErrorCode::internal : report.error().code;
    }
    path letter() const {
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(copy / "contenuti")) {
            if (entry.is_regular_file()) {
                return entry.path();
            }
        }
        return {};
    }
};

void append_to(const path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary | std::ios::app) << text;
}

std::string text_of(const path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

TEST(Backup, RestoresWhatThereWasWithItsLettersAndBothTimes) {
    BackupScene scene;
    const auto head = head_of(*scene.scene.world.store, scene.scene.pratica);
    const auto taken = scene.back_up();
    ASSERT_TRUE(taken.has_value()) << taken.error().message_it;
    EXPECT_EQ(taken->manifest.contents, 2U) << "a letter and a document";
    EXPECT_TRUE(taken->missing.empty());
    EXPECT_FALSE(taken->is_unnoted);
    EXPECT_EQ(engine::find_last_backup(scene.scene.world.folder.path()), taken->manifest.taken_at);
    scene.scene.world.clock.move_to(at("2025-03-01T10:00"));
    ASSERT_TRUE(
        scene.scene.world.act(scene.scene.pratica, "chiedi_parere", scene.scene.world.other_body)
            .has_value());

    const auto report = scene.restore();

    ASSERT_TRUE(report.has_value()) << report.error().message_it;
    EXPECT_EQ(report->manifest.taken_at, at("2025-02-03T09:00"));
    EXPECT_EQ(report->restored_at, at("2025-03-01T10:00"));
    ASSERT_EQ(report->verified.heads.size(), 1U);
    EXPECT_EQ(report->verified.heads[0].second, head) << "as it was, not as it is";
    const auto both = text_of(scene.restored / "ripristino.json");
    EXPECT_NE(both.find("2025-02-03T09:00"), std::string::npos) << both;
    EXPECT_NE(both.find("2025-03-01T10:00"), std::string::npos) << both;
    EXPECT_TRUE(std::filesystem::exists(scene.restored / "contenuti"));
}

TEST(Backup, IsOfOneMomentWhileAnotherThreadWrites) {
    BackupScene scene;
    auto& world = scene.scene.world;
    std::atomic<bool> is_done{false};
    engine::base::Result<engine::BackupReport> report = engine::BackupReport{};

    std::thread copier([&] {
        report = scene.back_up();
        is_done = true;
    });
    std::size_t acts = 0;
    while (!is_done) {
        EXPECT_TRUE(world.act(scene.scene.pratica, "chiedi_parere", world.body).has_value());
        ++acts;
    }
    copier.join();

    ASSERT_TRUE(report.has_value()) << report.error().message_it;
    const auto restored = scene.restore();
    ASSERT_TRUE(restored.has_value()) << restored.error().message_it;
    EXPECT_LE(restored->verified.entries, world.journal_size(scene.scene.pratica));
    EXPECT_GT(acts, 0U);
    EXPECT_EQ(scene.scene.problem(), "");
}

TEST(Backup, HoldsNothingThatWasErased) {
    BackupScene scene;
    auto request = request_for(scene.scene.parere);
    request.with_messages = true;
    // Letters are erased only when what they were about has ended.
    ASSERT_TRUE(
        scene.scene.world.act(scene.scene.parere, "ritira", scene.scene.world.body).has_value());
    scene.scene.erased(request);

    ASSERT_TRUE(scene.back_up().has_value());

    for (const auto& entry : std::filesystem::recursive_directory_iterator(scene.copy)) {
        if (entry.is_regular_file()) {
            EXPECT_EQ(text_of(entry.path()).find(kSecret), std::string::npos) << entry.path();
        }
    }
    EXPECT_TRUE(scene.restore().has_value());
}

TEST(Backup, SaysWhichLettersWereMissingAlready) {
    BackupScene scene;
    const auto sha256 = scene.scene.sent_text_hash();
    ASSERT_TRUE(scene.scene.world.contents.remove(sha256).has_value());

    const auto report = scene.back_up();

    ASSERT_TRUE(report.has_value());
    ASSERT_EQ(report->missing.size(), 1U);
    EXPECT_EQ(report->missing.front(), sha256);
    EXPECT_EQ(scene.refusal(), ErrorCode::storage_corrupt);
}

TEST(Backup, SaysWhichDocumentsWereMissingAlready) {
    BackupScene scene;
    World& world = scene.scene.world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto sha256 = world.record(id).documents.begin()->second.sha256;
    ASSERT_TRUE(world.contents.remove(sha256).value());

    const auto report = scene.back_up();

    ASSERT_TRUE(report.has_value());
    ASSERT_EQ(report->missing.size(), 1U);
    EXPECT_EQ(report->missing.front(), sha256);
    EXPECT_EQ(scene.refusal(), ErrorCode::storage_corrupt) << "verify says so, too";
}

TEST(Backup, OverwritesNothing) {
    BackupScene scene;
    ASSERT_TRUE(scene.back_up().has_value());
    EXPECT_EQ(scene.back_up().error().code, ErrorCode::invalid_input);
    std::filesystem::create_directory(scene.restored);
    append_to(scene.restored / "altro", "x");
    const auto report = scene.restore();
    ASSERT_FALSE(report.has_value());
    EXPECT_EQ(report.error().code, ErrorCode::invalid_input);
    std::filesystem::remove(scene.restored / "altro");

    EXPECT_TRUE(scene.restore().has_value()) << "an empty folder is as good as none";
}

TEST(Backup, AnInterruptedOneIsMadeAgain) {
    BackupScene scene;
    std::filesystem::create_directory(scene.copy.string() + ".incompleta");
    append_to(scene.copy.string() + ".incompleta/coprog.db", "mezza copia");

    EXPECT_TRUE(scene.back_up().has_value());
    EXPECT_FALSE(std::filesystem::exists(scene.copy.string() + ".incompleta"));
    EXPECT_TRUE(scene.restore().has_value());
}

TEST(Backup, IsRefusedWhenAByteOfItHasChanged) {
    for (const char* file : {"coprog.db", "SHA256SUMS", "copia.json", "letter"}) {
        BackupScene scene;
        ASSERT_TRUE(scene.back_up().has_value());
        append_to(std::string(file) == "letter" ? scene.letter() : scene.copy / file, "x");

        EXPECT_EQ(scene.refusal(), ErrorCode::storage_corrupt) << file;
    }
}

TEST(Backup, IsRefusedWhenAFileOfItIsGone) {
    for (const char* file : {"coprog.db", "SHA256SUMS", "letter"}) {
        BackupScene scene;
        ASSERT_TRUE(scene.back_up().has_value());
        std::filesystem::remove(std::string(file) == "letter" ? scene.letter() : scene.copy / file);

        EXPECT_EQ(scene.refusal(), ErrorCode::storage_corrupt) << file;
    }
    BackupScene scene;
    EXPECT_EQ(scene.refusal(), ErrorCode::not_found) << "no backup at all";
}

TEST(Backup, OfATamperedDatabaseIsNotRestored) {
    BackupScene scene;
    EXPECT_NE(scene.scene.problem_after("update instance set office = '321'"), "");
    ASSERT_TRUE(scene.back_up().has_value());

    EXPECT_EQ(scene.refusal(), ErrorCode::storage_corrupt);
}

TEST(Backup, NeedsADatabase) {
    const TemporaryFolder folder;
    const engine::base::ManualClock clock(at("2025-02-03T09:00"));

    const auto report = engine::back_up(folder.path(), folder.path() / "copia", clock);

    ASSERT_FALSE(report.has_value());
    EXPECT_EQ(report.error().code, ErrorCode::not_found);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace tests
