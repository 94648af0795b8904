// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "engine/definition/catalog.h"
#include "tests/simulation/shadow.h"

namespace tests::simulation {

/// Judges an act again by what the journal said of deadlines before it, and by nothing else: the
/// branch that was taken (its title says which) asks for open deadlines, and the act must come
/// before the bound of each; for passed ones, not before it. For the entry of a deadline: it was
/// running, and it fired as of its own bound.
/// Gives what is wrong; empty when all is well. `shadow` is as it was before the entry.
std::string find_untimely(const Shadow& shadow, const engine::definition::Catalog& catalog,
                          const engine::machine::JournalEntry& entry);

}  // namespace tests::simulation
