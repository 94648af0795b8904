// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>

#include "api/service/desk.h"
#include "api/service/postman.h"
#include "api/service/readers.h"
#include "api/service/timer.h"
#include "api/service/writer.h"
#include "engine/base/log.h"
#include "engine/engine.h"
#include "engine/folder_lock.h"

namespace api::service {

/// As the build names it.
inline constexpr const char* kProgramVersion = COPROG_VERSION;

/// How the running program is made. The references outlive it.
struct ServiceOptions {
    std::filesystem::path data_folder;
    engine::definition::Catalog catalog;
    const engine::machine::CheckLibrary& checks;
    const engine::base::Clock& clock;
    engine::base::Random& random;  ///< used from several threads
    engine::base::Log& log;
    engine::documents::Courier& courier;
    WriterLimits writer = {};
    /// Two: an administration's machine has few cores, and pages cost less than a millisecond.
    std::size_t readers = 2;
    /// How often deadlines and messages are looked at; zero: only when `upkeep` is called, and then
    /// messages are handed over before it is done, on the writer's thread.
    std::chrono::milliseconds timer_period = Timer::kPeriod;
};

/// How things are, for /status and the metrics.
struct ServiceState {
    bool is_stopping = false;
    StorageState storage = StorageState::well;
    std::size_t acts_waiting = 0;
    std::size_t acts_at_most = 0;
    std::size_t reads_waiting = 0;
    WriterCount count;
    std::uint64_t deadlines_fired = 0;
    std::uint64_t messages_sent = 0;
    std::uint64_t messages_failed = 0;
    std::uint64_t upkeep_failures = 0;
    /// Of the data folder's disk, in bytes; absent when it cannot be asked.
    std::optional<std::uint64_t> disk_free;
    /// When the last copy was taken; absent when none is known.
    std::optional<Instant> last_backup;
};

/// The program without HTTP: a database, an engine, the thread that writes, those that read, and
/// the timer. START HERE for who runs commands from a server.
/// Threads: every public method, any, unless it says otherwise.
class Service {
  public:
    /// Opens the data folder, as the only program that serves it, and begins to work.
    /// Errors: those of FolderLock::take, open_store, Engine::start,
    /// open_queries and open_accounts.
    static Result<std::unique_ptr<Service>> start(ServiceOptions options);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    Writer& writer() { return *writer_; }
    Readers& readers() { return *readers_; }
    /// Threads: the writer's.
    Desk& writer_desk() { return writer_desk_; }
    engine::documents::ContentStore& contents() { return contents_; }

    const engine::definition::Catalog& catalog() const { return engine_->catalog(); }
    const engine::machine::CheckLibrary& checks() const { return options_.checks; }
    const engine::base::Clock& clock() const { return options_.clock; }
    engine::base::Log& log() { return options_.log; }
    const std::filesystem::path& data_folder() const { return options_.data_folder; }
    ServiceState state() const;

    /// What the timer does: deadlines that ended, messages that wait. Returns at once; the work is
    /// done on the writer's thread, and never twice at once.
    void upkeep();

    /// All the deadlines that have ended, at once, however many: for who has moved the clock.
    /// Threads: the writer's.
    void catch_up();

    /// Takes nothing more, does what waits, ends every thread. What is left in the outbox is sent
    /// at the next start. A second call does nothing.
    void stop();

  private:
    explicit Service(ServiceOptions options);
    Result<void> open();
    Result<Desk> open_desk();
    void open_postman();
    void run_upkeep();
    bool can_write();
    void note_failure(const char* event, const engine::base::Error& error);
    /// A bounded number; whether none is left, or they cannot be fired now.
    bool fire_deadlines();
    void send_messages();
    void record_messages(const Postman::Parcels& parcels);
    void note_messages(const Result<engine::DispatcherRun>& run);
    void prune();
    void note_last_backup();

    ServiceOptions options_;
    std::optional<engine::FolderLock> lock_;
    engine::documents::ContentStore contents_;
    std::unique_ptr<engine::store::Store> store_;
    std::unique_ptr<engine::Engine> engine_;
    Desk writer_desk_;
    std::unique_ptr<Readers> readers_;
    std::unique_ptr<Writer> writer_;
    std::unique_ptr<Postman> postman_;
    std::unique_ptr<Timer> timer_;
    Instant pruned_at_;                             ///< the writer's thread only
    std::atomic<std::int64_t> last_backup_ms_ = 0;  ///< 0: none is known
    std::atomic<bool> is_upkeep_waiting_ = false;
    std::atomic<bool> is_stopping_ = false;
    std::atomic<std::uint64_t> deadlines_fired_ = 0;
    std::atomic<std::uint64_t> messages_sent_ = 0;
    std::atomic<std::uint64_t> messages_failed_ = 0;
    std::atomic<std::uint64_t> upkeep_failures_ = 0;
};

}  // namespace api::service
