// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>

#include "engine/base/random.h"

namespace tests {

/// A folder of its own that goes away with the test: in memory where the machine has such a place,
/// since thousands of commits would wait for the disk.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        engine::base::SystemRandom random;
        const std::filesystem::path memory = "/dev/shm";
        path_ = (std::filesystem::is_directory(memory) ? memory
                                                       : std::filesystem::temp_directory_path()) /
                ("coprog-test-" + engine::base::random_hex(random));
        std::filesystem::create_directories(path_);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace tests
