// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

/// What a disk has kept, after a power cut, of what was written and not synced.
enum class Kept {
    nothing,
    prefix,   ///< the first few writes of each file
    sectors,  ///< any sector of any write, of 512 bytes each: reordered
    torn      ///< all but the second half of the last write
};

/// A file as the disk has it, and what is still on its way there.
class UnsyncedFile {
  public:
    /// A file that was there, with its bytes; absent: one whose name is not on disk either.
    explicit UnsyncedFile(std::optional<std::string> bytes);

    /// It is there, if only with no bytes.
    void make() { is_there_ = true; }
    void write(std::size_t act, std::string_view bytes, std::int64_t offset);
    void truncate(std::size_t act, std::int64_t size);
    /// All that was on its way has arrived, but for the name.
    void sync();
    /// What was on its way never arrives.
    void lose();
    /// The folder is synced: that the file is there, or is not.
    void sync_name();
    void remove(std::size_t act, bool is_synced);

    /// The number of the last act that has not arrived; 0 without one.
    std::size_t last_act() const { return pending_.empty() ? 0 : pending_.back().act; }
    /// The bytes that are left; absent when there is no such file. `last_act` is the last of all
    /// files.
    std::optional<std::string> left(Kept kept, std::size_t last_act, std::mt19937_64& dice) const;

  private:
    struct Change {
        std::size_t act = 0;
        bool is_write = false;
        std::int64_t offset = 0;  ///< of a truncation: the new size
        std::string bytes;
    };

    static void apply(std::string& to, const Change& change);
    static void apply_sectors(std::string& to, const Change& change, int percent,
                              std::mt19937_64& dice);

    std::string bytes_;
    bool is_there_ = false;  ///< for who looks
    bool is_named_ = false;  ///< on disk
    std::vector<Change> pending_;
};

}  // namespace tests
