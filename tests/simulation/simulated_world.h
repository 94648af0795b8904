// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "tests/simulation/step.h"
#include "tests/support/temporary_folder.h"

namespace tests::simulation {

/// What a world is made of; the references outlive it.
struct WorldParts {
    const engine::definition::Catalog& catalog;
    const engine::machine::CheckLibrary& checks;
    std::uint64_t seed = 1;
    engine::base::Instant start;
    /// A data folder to begin from (it is copied); empty: an empty database.
    std::filesystem::path data_folder;
};

/// A database, a clock that only the walk moves, an engine; and ways to break off.
class SimulatedWorld {
  public:
    /// Errors: BugError when the database or the engine does not open.
    explicit SimulatedWorld(const WorldParts& parts);

    /// Carries out a step; the answers to its commands, in order.
    std::vector<engine::base::Result<engine::Outcome>> perform(const Step& step);

    void reopen();
    /// Goes on with a copy of the files as they are now: what a killed program leaves.
    void crash();
    /// Fires all that is due. Errors: BugError when the engine does.
    void run_all_due();
    /// Moves the clock there, firing each deadline at its own instant.
    void move_on_time(engine::base::Instant until);

    /// Every row of every table, as one hash: equal when nothing was written.
    std::string fingerprint() const;

    engine::base::Instant now() const { return clock_.now(); }
    engine::Engine& engine() { return *engine_; }
    engine::store::Store& store() { return *store_; }
    const engine::documents::ContentStore& contents() const { return contents_; }
    const engine::definition::Catalog& catalog() const { return parts_.catalog; }

    /// How often the courier took each message.
    std::map<std::string, int> deliveries;

  private:
    class WalkCourier;

    void open();
    void copy_files(const std::filesystem::path& to) const;
    void run_outbox(CourierMood mood);

    WorldParts parts_;
    TemporaryFolder folder_;
    int copies_ = 0;
    std::filesystem::path data_;
    engine::base::ManualClock clock_;
    engine::base::SeededRandom random_;
    engine::documents::ContentStore contents_;
    std::unique_ptr<engine::store::Store> store_;
    std::unique_ptr<engine::Engine> engine_;
};

}  // namespace tests::simulation
