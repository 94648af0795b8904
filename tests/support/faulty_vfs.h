// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/unsynced_file.h"

namespace tests {

/// When the disk refuses. Acts are writes, syncs and truncations, of all files, numbered from 1.
struct Refusal {
    std::size_t from = 0;     ///< the act refused; 0: none
    bool is_lasting = false;  ///< and every one after it
    int code = 0;             ///< SQLite's; 0: the I/O error of the act
    /// A sync that fails loses what it should have written, as on Linux: the pages are clean again
    /// for who syncs next.
    bool loses_unsynced = false;
};

/// A disk under SQLite's own file system (the default VFS while it lives), for every database that
/// this process opens meanwhile; one at a time. A write that is refused is half done. What is not
/// synced is remembered apart, so that a power cut can forget it. Those who opened a database on it
/// close it first.
/// Threads: every public method, any.
class FaultyDisk {
  public:
    enum class Act { write, sync, truncate };

    FaultyDisk();
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    void refuse(Refusal refusal);
    /// Refuses from the next act on.
    void refuse_from_now(int code);
    void mend() { refuse({}); }

    /// At that act the power goes: it is on its way, and none after it is begun.
    void cut_power_at(std::size_t act);
    /// After the cut, with every database closed: writes over the files under `folder` what the
    /// disk has kept of them.
    void leave(const std::filesystem::path& folder, Kept kept, std::uint64_t seed);

    /// How many there were.
    std::size_t acts() const;
    /// What they were, in order.
    std::vector<Act> history() const;
    /// Whether the refusal or the cut has been met.
    bool is_met() const;

    // What the VFS asks: SQLite's code for what becomes of an act.
    int write(const std::string& file, std::string_view bytes, std::int64_t offset,
              std::size_t& written);
    int truncate(const std::string& file, std::int64_t size);
    int sync(const std::string& file, bool with_folder);
    int remove(const std::string& file, bool is_synced);
    void open(const std::string& file);
    void make(const std::string& file);

  private:
    enum class Fate { done, refused, cut, off };
    Fate begin(Act act);
    int code_of(int own) const { return refusal_.code != 0 ? refusal_.code : own; }
    UnsyncedFile* find(const std::string& file);
    void sync_names(const std::filesystem::path& folder);

    mutable std::mutex mutex_;
    std::map<std::string, UnsyncedFile> files_;
    std::vector<Act> history_;
    Refusal refusal_;
    std::size_t cut_at_ = 0;
    bool is_off_ = false;
    bool is_met_ = false;
};

}  // namespace tests
