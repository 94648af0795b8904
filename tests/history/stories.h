// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace tests::history {

/// How a recording was made, and how a new one is: a story played by the present program.
struct Story {
    std::string name;  ///< of its file
    std::string about;
    /// Leaves a data folder.
    std::function<void(const std::filesystem::path& folder)> play;
};

/// One recording each, in tests/history/journals.
const std::vector<Story>& stories();

/// The one whose database is kept for every schema (tests/store/databases).
const Story& database_story();

}  // namespace tests::history
