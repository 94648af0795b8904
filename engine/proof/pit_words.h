// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "engine/proof/stuck.h"

namespace engine::proof {

/// Why the focus has no way out: `waits_for_party` (a body could help), `two_person_rule` (an
/// officer could, were it somebody else), `term_not_running` (the state waits for a term that does
/// not run), else `dead_end`.
std::string find_pit_code(const CompiledScene& compiled, const Graph& graph, const Pit& pit);

/// The same for people, in Italian.
std::string describe_pit(const WorkflowDefinition& machine, const std::string& code,
                         const std::string& state);

/// That `count` states, the first of which is `first`, could not be proved; in Italian.
std::string describe_unproved(const WorkflowDefinition& machine, std::size_t count,
                              const std::string& first);

/// That these branches were too much to look at one by one; in Italian. At least one.
std::string describe_acts_left(const WorkflowDefinition& machine,
                               const std::vector<const Branch*>& left);

/// That nobody can open one; in Italian.
std::string describe_unopened(const WorkflowDefinition& machine);

/// That there are too many cases even so; in Italian.
std::string describe_too_many(const WorkflowDefinition& machine);

/// That what happens by itself could not be shown to come to rest; in Italian.
std::string describe_restless(const WorkflowDefinition& machine);

}  // namespace engine::proof
