// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace api::cli {

/// Whether the folder holds a database of ours. Errors: not_found.
engine::base::Result<void> check_data_folder(const std::string& folder);

/// A kept database with an engine on it: for commands that look at what is there. It runs on the
/// definitions that the database keeps, and adds none. The clock outlives it.
class DataFolder {
  public:
    /// Errors: not_found (no database in the folder), those of open_store and of Engine::start.
    static engine::base::Result<std::unique_ptr<DataFolder>> open(const std::string& folder,
                                                                  const engine::base::Clock& clock);

    engine::Engine& engine() { return *engine_; }
    engine::base::Instant now() const { return clock_.now(); }
    /// The instance whose id is `text` or, when only one does, begins with it.
    /// Errors: not_found; invalid_input when several begin so.
    engine::base::Result<engine::base::InstanceId> find(const std::string& text);
    /// Copies of the database that a migration left beside it.
    std::vector<std::filesystem::path> old_copies() const;

  private:
    DataFolder(std::filesystem::path folder, const engine::base::Clock& clock);

    std::filesystem::path folder_;
    const engine::base::Clock& clock_;
    engine::base::SystemRandom random_;
    engine::documents::ContentStore contents_;
    std::unique_ptr<engine::store::Store> store_;
    std::unique_ptr<engine::Engine> engine_;
};

}  // namespace api::cli
