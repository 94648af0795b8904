// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "api/scenario/copione.h"
#include "api/scenario/stage.h"

// What a played script says to the person who reads it.

namespace api::scenario {

/// The status of a term in words: "in corso".
std::string describe_status(engine::machine::DeadlineStatus status);

/// The line, and how the act ended: the new state, or each reason with its source.
void narrate_act(std::ostream& out, Stage& stage, const Line& line,
                 const engine::base::Result<engine::Outcome>& outcome);

/// What the newest version of a machine changes, line by line; empty on the newest.
std::vector<std::string> differences_ahead(
    Stage& stage, const engine::definition::WorkflowDefinition& definition);

/// What a person sees who only looks: what he may do now, with what stands in the way, and what a
/// newer version of the machine changes. Errors: malformed when nothing has that name.
engine::base::Result<void> narrate_view(std::ostream& out, Stage& stage, const Line& line,
                                        const std::string& target,
                                        const engine::machine::Actor& actor);

/// What followed: states entered, deadlines with their dates, tasks, numbers.
void narrate_entries(std::ostream& out, Stage& stage,
                     const std::vector<engine::machine::JournalEntry>& entries);

void narrate_messages(std::ostream& out, Stage& stage,
                      const std::vector<engine::documents::Envelope>& envelopes);

/// An error in one line: the sentence and its reasons.
std::string explain(const engine::base::Error& error);

}  // namespace api::scenario
