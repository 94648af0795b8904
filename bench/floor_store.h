// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace bench {

/// What no program on SQLite can do without: the four rows of a transition (state, journal, task,
/// message) in tables with their keys and nothing else, with WAL and `synchronous=FULL`. No
/// decision, no check, no hash, no index for lists.
/// Threads: one.
class FloorStore {
  public:
    /// A new database.
    explicit FloorStore(const std::filesystem::path& file);
    ~FloorStore();

    void begin();
    /// The four rows of one more transition of some instance.
    void write_transition();
    /// On disk when this returns.
    void commit();

  private:
    struct Statements;
    std::unique_ptr<Statements> statements_;
    std::uint64_t written_ = 0;
    std::string entry_;
};

}  // namespace bench
