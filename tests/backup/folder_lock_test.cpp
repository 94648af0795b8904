// SPDX-License-Identifier: EUPL-1.2
#include "engine/folder_lock.h"

#include <gtest/gtest.h>

#include <fstream>

#include "engine/backup_manifest.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

using engine::FolderLock;
using engine::base::ErrorCode;

TEST(FolderLock, IsHeldByOneAtATime) {
    const TemporaryFolder folder;
    {
        const auto first = FolderLock::take(folder.path());
        ASSERT_TRUE(first.has_value()) << first.error().message_it;
        const auto second = FolderLock::take(folder.path());
        ASSERT_FALSE(second.has_value());
        EXPECT_EQ(second.error().code, ErrorCode::busy);
    }
    EXPECT_TRUE(FolderLock::take(folder.path()).has_value()) << "given back";
}

TEST(FolderLock, IsNotGivenOfABackup) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / engine::kManifestName) << "{}";

    const auto taken = FolderLock::take(folder.path());

    ASSERT_FALSE(taken.has_value());
    EXPECT_EQ(taken.error().code, ErrorCode::invalid_input);
}

}  // namespace
}  // namespace tests
