// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "engine/machine/command.h"

namespace tests::simulation {

/// What one step of a walk does.
enum class StepKind {
    move_clock,  ///< to `until`; nothing fires by itself
    commands,    ///< one through `execute`, more through `execute_all`
    run_due,     ///< the timer
    run_outbox,  ///< the dispatcher, with a courier in that mood
    reopen,      ///< closes and opens the database
    crash,       ///< goes on with a copy of the files taken while the program runs
};

/// How the courier behaves.
enum class CourierMood {
    good,
    busy,      ///< "try again later"
    refusing,  ///< the message fails for good
    throwing,  ///< takes the first, then breaks
    crashing,  ///< takes the first; the program ends before it can write that down
};

struct Step {
    StepKind kind = StepKind::move_clock;
    engine::base::Instant until;
    std::vector<engine::machine::Command> commands;
    /// The instance of each command by order of opening, so that a shorter walk still means the
    /// same one; unused for openings.
    std::vector<std::size_t> targets;
    CourierMood mood = CourierMood::good;
};

/// One line that says what the step does.
std::string describe(const Step& step);

}  // namespace tests::simulation
