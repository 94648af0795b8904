// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/data_files.h"
#include "engine/definition/catalog.h"
#include "engine/definition/difference.h"
#include "engine/definition/sheet.h"
#include "engine/documents/content_store.h"
#include "engine/documents/courier.h"
#include "engine/documents/message_renderer.h"
#include "engine/machine/check.h"
#include "engine/machine/command.h"
#include "engine/machine/decide.h"
#include "engine/machine/journal_entry.h"
#include "engine/machine/model.h"
#include "engine/queries.h"
#include "engine/runtime/erase.h"
#include "engine/runtime/outcome.h"
#include "engine/runtime/parcel.h"
#include "engine/runtime/verify.h"
#include "engine/store/store.h"

// START HERE. The engine as the rest of the program sees it: commands go in, outcomes come out.
// Everything that changes the world is a Command; the clock changes it only by making commands
// (`run_due`). What happened is asked of `Queries` (engine/queries.h).

namespace engine {

using runtime::DispatcherRun;
using runtime::ErasureReport;
using runtime::ErasureRequest;
using runtime::Outcome;
using runtime::Parcel;
using runtime::PruneRun;
using runtime::SchedulerRun;
using runtime::verify;
using runtime::VerifyReport;

/// What the engine is made of. The references outlive it.
struct EngineParts {
    store::Store& store;
    definition::Catalog catalog;
    const machine::CheckLibrary& checks;
    documents::ContentStore& contents;
    const base::Clock& clock;
    base::Random& random;
};

/// Threads: one (the writer), but for `deliver`; it knows none of its own.
class Engine {
  public:
    virtual ~Engine() = default;

    /// Keeps the catalog's definitions in the store, takes over those kept before, and refuses to
    /// start when one of them needs a check that is gone or a published version was edited.
    /// Errors: invalid_input, and what the store answers.
    static base::Result<std::unique_ptr<Engine>> start(EngineParts parts);

    /// Carries out a command: whole or not at all, durable when this returns.
    /// Before it is decided, every deadline of its tree that ended at or before `received_at` is
    /// carried out, so that a late timer changes nobody's rights.
    /// Errors: not_found, version_conflict, invalid_input (the idempotency key was used for another
    /// request), those of decide_event, and storage_full, storage_corrupt, busy, internal.
    virtual base::Result<Outcome> execute(const machine::Command& command) = 0;

    /// The same for many, by instant of receipt, in one transaction: a refused one is undone alone.
    virtual std::vector<base::Result<Outcome>> execute_all(
        std::span<const machine::Command> commands) = 0;

    /// Carries out deadlines that ended at or before the clock's now, in legal order, a bounded
    /// number. Errors: the store's.
    virtual base::Result<SchedulerRun> run_due() = 0;
    /// The same up to `until`: with commands waiting in a queue, the instant the oldest of them was
    /// received, so that no closing overtakes an act that came before it.
    virtual base::Result<SchedulerRun> run_due_until(base::Instant until) = 0;

    /// Renders and hands over queued messages, a bounded number. One that the courier refuses is
    /// tried again when its lease is over. Errors: the store's.
    virtual base::Result<DispatcherRun> run_outbox(documents::Courier& courier) = 0;
    // The same in three steps, for who does not let the writer wait for disk and courier: takes and
    // renders; hands over, on any thread; records, in one commit.
    virtual base::Result<std::vector<Parcel>> take_outbox() = 0;
    virtual void deliver(Parcel& parcel, documents::Courier& courier) = 0;
    virtual base::Result<DispatcherRun> record_outbox(std::span<const Parcel> parcels) = 0;

    /// Erases values, with their salts, and texts of messages, on an act that the journal keeps;
    /// the file is rewritten, so that nothing of them is left in it. Errors: those of
    /// runtime::erase. Legal: Reg. UE 2016/679 art. 17.
    virtual base::Result<ErasureReport> erase(const ErasureRequest& request) = 0;

    /// Deletes what is kept for a while only: answers to idempotency keys and sessions that were
    /// over a day ago, a bounded number. Errors: the store's.
    virtual base::Result<PruneRun> prune() = 0;

    /// Reads on the store's own connection, between two acts: for the thread that executes them. A
    /// server opens others (open_queries) for its other threads.
    virtual Queries& queries() = 0;

    virtual const definition::Catalog& catalog() const = 0;
};

/// Opens the database of a data folder (`coprog.db`), making folder and file when they are new.
/// Errors: storage_corrupt, storage_full, busy; internal when the folder cannot be made.
base::Result<std::unique_ptr<store::Store>> open_store(const std::filesystem::path& folder,
                                                       const base::Clock& clock);

/// The same, without waiting for the disk: a power cut may lose or damage what is written. Only for
/// data that can be made again from nothing, as those of a demonstration.
base::Result<std::unique_ptr<store::Store>> open_scratch_store(const std::filesystem::path& folder,
                                                               const base::Clock& clock);

/// Whether the database of a data folder takes a write again: writes a page that says what it said,
/// and waits until it is on disk, on a connection of its own.
/// Threads: any. Errors: storage_full, storage_corrupt, busy, internal.
base::Result<void> probe_store(const std::filesystem::path& folder);

}  // namespace engine
