// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/faulty_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <new>
#include <sstream>

namespace tests {
namespace {

/// The one that lives.
FaultyDisk* disk = nullptr;
sqlite3_vfs* below = nullptr;
sqlite3_vfs vfs;
sqlite3_io_methods methods;

/// A file of ours; that of the VFS below follows it in memory.
struct File {
    sqlite3_file base;
    std::string* name;  ///< empty: a temporary one, which nobody looks for after a power cut
    bool syncs_folder;  ///< with the first sync of what may be a new journal
};

constexpr std::size_t kAlignment = alignof(std::max_align_t);
constexpr std::size_t kOwnSize = (sizeof(File) + kAlignment - 1) / kAlignment * kAlignment;

File& ours(sqlite3_file* file) {
    return *reinterpret_cast<File*>(file);
}

sqlite3_file* real(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + kOwnSize);
}

const sqlite3_io_methods& real_methods(sqlite3_file* file) {
    return *real(file)->pMethods;
}

int close_file(sqlite3_file* file) {
    const int code = real_methods(file).xClose(real(file));
    delete ours(file).name;
    return code;
}

int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    std::size_t written = 0;
    const int code = disk->write(*ours(file).name,
                                 {static_cast<const char*>(bytes), static_cast<std::size_t>(count)},
                                 offset, written);
    if (written == 0) {
        return code;
    }
    const int done =
        real_methods(file).xWrite(real(file), bytes, static_cast<int>(written), offset);
    return code == SQLITE_OK ? done : code;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    const int code = disk->truncate(*ours(file).name, size);
    return code == SQLITE_OK ? real_methods(file).xTruncate(real(file), size) : code;
}

/// The files are in memory, or go away with the test: the disk below need not be waited for.
int sync_file(sqlite3_file* file, int) {
    const int code = disk->sync(*ours(file).name, ours(file).syncs_folder);
    ours(file).syncs_folder = ours(file).syncs_folder && code != SQLITE_OK;
    return code;
}

/// What does not change a file is asked of the one below.
template <auto member, class... Arguments>
int pass(sqlite3_file* file, Arguments... arguments) {
    return (real_methods(file).*member)(real(file), arguments...);
}

void shared_memory_barrier(sqlite3_file* file) {
    real_methods(file).xShmBarrier(real(file));
}

sqlite3_io_methods make_methods() {
    sqlite3_io_methods made{};
    made.iVersion = 2;  // without xFetch: every write is seen
    made.xClose = close_file;
    made.xRead = pass<&sqlite3_io_methods::xRead>;
    made.xWrite = write_file;
    made.xTruncate = truncate_file;
    made.xSync = sync_file;
    made.xFileSize = pass<&sqlite3_io_methods::xFileSize>;
    made.xLock = pass<&sqlite3_io_methods::xLock>;
    made.xUnlock = pass<&sqlite3_io_methods::xUnlock>;
    made.xCheckReservedLock = pass<&sqlite3_io_methods::xCheckReservedLock>;
    made.xFileControl = pass<&sqlite3_io_methods::xFileControl>;
    made.xSectorSize = pass<&sqlite3_io_methods::xSectorSize>;
    made.xDeviceCharacteristics = pass<&sqlite3_io_methods::xDeviceCharacteristics>;
    made.xShmMap = pass<&sqlite3_io_methods::xShmMap>;
    made.xShmLock = pass<&sqlite3_io_methods::xShmLock>;
    made.xShmBarrier = shared_memory_barrier;
    made.xShmUnmap = pass<&sqlite3_io_methods::xShmUnmap>;
    return made;
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    constexpr int kJournals =
        SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
    file->pMethods = nullptr;
    const std::string path = name == nullptr ? "" : name;
    if (!path.empty()) {
        disk->open(path);  // before it is made: what is there now is what the disk has
    }
    const int code = below->xOpen(below, name, real(file), flags, out_flags);
    if (code != SQLITE_OK) {
        return code;
    }
    if (!path.empty() && (flags & SQLITE_OPEN_CREATE) != 0) {
        disk->make(path);
    }
    ours(file).name = new std::string(path);
    ours(file).syncs_folder = (flags & kJournals) != 0 && (flags & SQLITE_OPEN_CREATE) != 0;
    file->pMethods = &methods;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* name, int is_synced) {
    const int code = disk->remove(name, is_synced != 0);
    return code == SQLITE_OK ? below->xDelete(below, name, is_synced) : code;
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return std::nullopt;
    }
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

}  // namespace

FaultyDisk::FaultyDisk() {
    below = sqlite3_vfs_find(nullptr);
    methods = make_methods();
    vfs = *below;  // what only asks goes straight through
    vfs.zName = "coprog-faulty";
    vfs.szOsFile = below->szOsFile + static_cast<int>(kOwnSize);
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    disk = this;
    sqlite3_vfs_register(&vfs, 1);
}

FaultyDisk::~FaultyDisk() {
    sqlite3_vfs_unregister(&vfs);
    sqlite3_vfs_register(below, 1);
    disk = nullptr;
}

void FaultyDisk::refuse(Refusal refusal) {
    const std::lock_guard lock(mutex_);
    refusal_ = refusal;
}

void FaultyDisk::refuse_from_now(int code) {
    const std::lock_guard lock(mutex_);
    refusal_ = {history_.size() + 1, true, code, false};
}

void FaultyDisk::cut_power_at(std::size_t act) {
    const std::lock_guard lock(mutex_);
    cut_at_ = act;
}

void FaultyDisk::leave(const std::filesystem::path& folder, Kept kept, std::uint64_t seed) {
    const std::lock_guard lock(mutex_);
    std::size_t last_act = 0;
    for (const auto& [name, file] : files_) {
        last_act = std::max(last_act, file.last_act());
    }
    std::mt19937_64 dice(seed);
    for (const auto& [name, file] : files_) {
        const auto left = file.left(kept, last_act, dice);
        if (std::filesystem::path(name).parent_path() != folder) {
            continue;
        }
        std::filesystem::remove(name);
        std::filesystem::remove(name + "-shm");
        if (left) {
            std::ofstream(name, std::ios::binary) << *left;
        }
    }
    files_.clear();
}

std::size_t FaultyDisk::acts() const {
    const std::lock_guard lock(mutex_);
    return history_.size();
}

std::vector<FaultyDisk::Act> FaultyDisk::history() const {
    const std::lock_guard lock(mutex_);
    return history_;
}

bool FaultyDisk::is_met() const {
    const std::lock_guard lock(mutex_);
    return is_met_;
}

FaultyDisk::Fate FaultyDisk::begin(Act act) {
    if (is_off_) {
        return Fate::off;
    }
    history_.push_back(act);
    const std::size_t number = history_.size();
    if (number == cut_at_) {
        is_off_ = true;
        is_met_ = true;
        return Fate::cut;
    }
    const bool is_refused = refusal_.from != 0 && (refusal_.is_lasting ? number >= refusal_.from
                                                                       : number == refusal_.from);
    is_met_ = is_met_ || is_refused;
    return is_refused ? Fate::refused : Fate::done;
}

UnsyncedFile* FaultyDisk::find(const std::string& file) {
    const auto found = files_.find(file);
    return found == files_.end() ? nullptr : &found->second;
}

int FaultyDisk::write(const std::string& file, std::string_view bytes, std::int64_t offset,
                      std::size_t& written) {
    const std::lock_guard lock(mutex_);
    const Fate fate = begin(Act::write);
    if (fate == Fate::off) {
        return SQLITE_IOERR_WRITE;
    }
    written = fate == Fate::refused ? bytes.size() / 2 : bytes.size();
    if (UnsyncedFile* one = find(file)) {
        one->write(history_.size(), bytes.substr(0, written), offset);
    }
    return fate == Fate::done ? SQLITE_OK : code_of(SQLITE_IOERR_WRITE);
}

int FaultyDisk::truncate(const std::string& file, std::int64_t size) {
    const std::lock_guard lock(mutex_);
    const Fate fate = begin(Act::truncate);
    UnsyncedFile* one = find(file);
    if (one != nullptr && (fate == Fate::done || fate == Fate::cut)) {
        one->truncate(history_.size(), size);
    }
    return fate == Fate::done ? SQLITE_OK : code_of(SQLITE_IOERR_TRUNCATE);
}

int FaultyDisk::sync(const std::string& file, bool with_folder) {
    const std::lock_guard lock(mutex_);
    const Fate fate = begin(Act::sync);
    UnsyncedFile* one = find(file);
    if (fate == Fate::done && one != nullptr) {
        one->sync();
        if (with_folder) {
            sync_names(std::filesystem::path(file).parent_path());
        }
    } else if (fate == Fate::refused && refusal_.loses_unsynced && one != nullptr) {
        one->lose();
    }
    return fate == Fate::done ? SQLITE_OK : code_of(SQLITE_IOERR_FSYNC);
}

void FaultyDisk::sync_names(const std::filesystem::path& folder) {
    for (auto& [name, file] : files_) {
        if (std::filesystem::path(name).parent_path() == folder) {
            file.sync_name();
        }
    }
}

void FaultyDisk::make(const std::string& file) {
    const std::lock_guard lock(mutex_);
    if (UnsyncedFile* one = find(file)) {
        one->make();
    }
}

int FaultyDisk::remove(const std::string& file, bool is_synced) {
    const std::lock_guard lock(mutex_);
    if (is_off_) {
        return SQLITE_IOERR_DELETE;
    }
    if (UnsyncedFile* one = find(file)) {
        one->remove(history_.size(), is_synced);
    }
    return SQLITE_OK;
}

void FaultyDisk::open(const std::string& file) {
    const std::lock_guard lock(mutex_);
    if (!files_.contains(file)) {
        files_.emplace(file, UnsyncedFile(read_file(file)));
    }
}

}  // namespace tests
