// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/random.h"

namespace tests::simulation {

/// A folder of its own that goes away with the walk: in memory where the machine has such a place,
/// since thousands of commits would wait for the disk.
class MemoryFolder {
  public:
    MemoryFolder() {
        const std::filesystem::path memory = "/dev/shm";
        engine::base::SystemRandom random;
        path_ = (std::filesystem::is_directory(memory) ? memory
                                                       : std::filesystem::temp_directory_path()) /
                ("coprog-simulation-" + engine::base::random_hex(random));
        std::filesystem::create_directories(path_);
    }
    ~MemoryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    MemoryFolder(const MemoryFolder&) = delete;
    MemoryFolder& operator=(const MemoryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace tests::simulation
