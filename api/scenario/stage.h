// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/scenario/player.h"
#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/engine.h"

namespace api::scenario {

/// A courier that only remembers: no message leaves a scenario.
class RememberingCourier final : public engine::documents::Courier {
  public:
    engine::base::Result<void> deliver(const engine::documents::Envelope& envelope) override {
        envelopes.push_back(envelope);
        return {};
    }
    std::vector<engine::documents::Envelope> envelopes;
};

/// The world a script is played in: a database, a clock that only the script moves, and the names
/// it has given to instances and bodies.
class Stage {
  public:
    Stage(const engine::definition::Catalog& catalog, const engine::machine::CheckLibrary& checks,
          const PlayOptions& options);

    /// Opens database and engine, closing them first when open. Errors: the store's, the engine's.
    engine::base::Result<void> open();
    engine::Engine& engine() { return *engine_; }
    /// Through the door that the script is played by.
    engine::base::Result<engine::Outcome> execute(const engine::machine::Command& command) {
        return options_.door ? options_.door(command) : engine_->execute(command);
    }

    /// Moves the clock, firing on the way what falls due, unless the timer is late.
    engine::base::Result<void> move_to(engine::base::Instant instant);
    engine::base::Instant now() const { return clock_.now(); }
    /// Fires what is due now.
    engine::base::Result<void> run_due();
    /// Journal entries written since the last call, of all roots.
    engine::base::Result<std::vector<engine::machine::JournalEntry>> take_new_entries();
    bool is_seeding() const { return options_.is_seeding; }
    /// Keeps the bytes of a document, as the program does before the act that names them; gives
    /// their SHA-256. Errors: storage_full.
    engine::base::Result<std::string> keep(std::string_view bytes) { return contents_.put(bytes); }
    /// Sends what waits; gives what was sent.
    engine::base::Result<std::vector<engine::documents::Envelope>> run_outbox();

    /// From now on every version of the check answers so. Errors: not_found; invalid_input when
    /// what is played goes through a server, which has its own checks.
    engine::base::Result<void> assume_check(const std::string& name, bool passes);

    /// Whether somebody in that role acts for a body.
    bool acts_for_party(const std::string& role) const;

    /// The child that a key names: a body's alias, an office's code, or its place in the list from
    /// 1; of several of one body, the last opened. Errors: not_found.
    engine::base::Result<engine::base::InstanceId> find_child(const std::string& parent,
                                                              const std::string& list,
                                                              const std::string& key);

    std::map<std::string, std::string> parties;
    std::map<std::string, std::string> known_as;  ///< `ruolo:nome` of who is known as another
    std::map<std::string, engine::base::InstanceId> instances;  ///< by alias
    std::vector<std::string> aliases;                           ///< in order of naming
    std::map<std::string, std::map<std::string, std::string>> blocks;
    std::map<std::string, std::string> last_hashes;  ///< by name of document, of any instance
    std::string office;
    std::string initiative;

  private:
    /// Roots, with the last journal position already told.
    std::map<engine::base::InstanceId, std::int64_t> roots_;
    const engine::definition::Catalog& catalog_;
    engine::machine::CheckLibrary checks_;  ///< its own: a script may say what a check answers
    PlayOptions options_;
    engine::base::ManualClock clock_{engine::base::Instant{0}};
    engine::base::SeededRandom random_;
    engine::documents::ContentStore contents_;
    std::unique_ptr<engine::store::Store> store_;
    std::unique_ptr<engine::Engine> engine_;
};

}  // namespace api::scenario
