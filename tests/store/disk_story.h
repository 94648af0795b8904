// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "tests/support/shared_clock.h"
#include "tests/support/world.h"

namespace tests {

/// What was acknowledged, as whoever was told knows it.
struct Acknowledged {
    std::string answer;
    std::size_t journal_length = 0;
    std::string journal_head;  ///< hash of the last entry then
};

/// A short procedure from an empty folder to its end: openings, a document, acts of two bodies,
/// messages, a restart, deadlines, an erasure. Every step can be asked again, as a client does that
/// was not answered; so the story can be told from its beginning after any accident.
/// Threads: one.
class DiskStory {
  public:
    explicit DiskStory(std::filesystem::path folder, std::uint64_t seed = 1);

    /// Takes the steps in order, up to the first that fails or to the end; a step that was
    /// acknowledged before must answer the same. True: the end was reached.
    bool tell();
    /// As if the program had ended there; what it had told stays known.
    void end_program();
    /// Opens the folder, as the first step does.
    engine::base::Result<void> begin_program();

    /// With the program open: the first thing that is not as it must be; empty when all is.
    std::string find_problem();
    /// At the end: events of the journal in order, those of messages apart, states and numbers.
    std::string summary();

    const std::vector<Acknowledged>& acknowledged() const { return acknowledged_; }
    /// Why the telling stopped.
    const std::optional<engine::base::Error>& refusal() const { return refusal_; }
    /// The title of the step at which it stopped.
    std::string stopped_at() const;
    /// Whether the opened procedure can be read; true when none is known to be open.
    bool can_read();

  private:
    using Answer = engine::base::Result<std::string>;
    struct Step {
        std::string title;
        std::string instant;
        std::function<Answer()> take;
    };

    std::vector<Step> steps();
    void add_filing(std::vector<Step>& steps, const std::string& name,
                    const engine::machine::Actor& actor, engine::base::InstanceId& id);
    Answer open_pratica();
    Answer attach();
    Answer act(const engine::base::InstanceId& id, const std::string& event,
               const engine::machine::Actor& actor, engine::base::Fields payload = {},
               engine::base::InstanceId* opened = nullptr);
    Answer fire();
    Answer send();
    Answer erase();
    Answer restart();
    bool note(std::size_t index, const Answer& answer);
    std::vector<engine::machine::StoredEntry> journal();

    std::filesystem::path folder_;
    SharedClock clock_;
    engine::base::SeededRandom random_;
    engine::documents::ContentStore contents_;
    TestCourier courier_;
    std::unique_ptr<engine::store::Store> store_;
    std::unique_ptr<engine::Engine> engine_;
    std::vector<Step> steps_;
    std::vector<Acknowledged> acknowledged_;
    std::optional<engine::base::Error> refusal_;
    std::size_t told_ = 0;
    bool is_erased_ = false;
    engine::base::InstanceId pratica_;
    engine::base::InstanceId first_;
    engine::base::InstanceId second_;
};

}  // namespace tests
