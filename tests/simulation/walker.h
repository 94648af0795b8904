// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/simulation/dice.h"
#include "tests/simulation/field_values.h"
#include "tests/simulation/shadow.h"
#include "tests/simulation/step.h"

namespace tests::simulation {

/// What a walk may do.
struct WalkRules {
    engine::machine::Opening opening;  ///< of the procedures it opens
    std::size_t max_roots = 5;
    /// False: only acts, handed over as they come, and clocks, so that two timers can be compared
    /// (a timer that is on time waits for a queue that is not empty).
    bool has_crashes = true;
    std::vector<std::string> offices{"326", "327"};
    std::vector<std::string> parties{"A", "B"};
    ValuePool pool;
};

/// Chooses the next step at random, from what the journals say so far.
class Walker {
  public:
    Walker(std::uint64_t seed, WalkRules rules) : dice_(seed), rules_(std::move(rules)) {}

    Step next(SimulatedWorld& world, const Shadow& shadow);

  private:
    using Record = engine::machine::InstanceRecord;
    using Command = engine::machine::Command;

    Step move_clock(SimulatedWorld& world);
    engine::base::Instant choose_instant(SimulatedWorld& world);
    Step make_commands(SimulatedWorld& world, const Shadow& shadow);
    std::size_t choose_target(const Shadow& shadow);
    Command make_opening(engine::base::Instant now);
    Command make_command(SimulatedWorld& world, const Record& record);
    void add_event(const engine::definition::WorkflowDefinition& machine, const Record& record,
                   Command& command);
    std::string choose_event(const engine::definition::WorkflowDefinition& machine,
                             const std::string& state, const std::vector<std::string>& events);
    void add_transition(const engine::definition::WorkflowDefinition& machine,
                        const engine::definition::TransitionDefinition& transition,
                        Command& command);
    void add_document(const engine::definition::WorkflowDefinition& machine, Command& command);
    void add_task(const Record& record, Command& command);
    void add_times(const Record& record, Command& command);
    void add_key(Step& step, const Command& command);
    engine::machine::Actor make_actor(const engine::definition::WorkflowDefinition& machine,
                                      const Record& record, std::vector<std::string> roles);

    Dice dice_;
    WalkRules rules_;
    std::size_t roots_ = 0;
    std::vector<Command> keyed_;
    std::vector<std::size_t> keyed_targets_;
    engine::base::Instant settled_at_;  ///< the clock at the last step that was not a clock's
};

}  // namespace tests::simulation
