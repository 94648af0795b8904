// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "engine/machine/check.h"
#include "engine/machine/decide.h"
#include "engine/runtime/load_facts.h"

namespace engine::runtime {

/// What the actor may do now on an instance: the events of its state, and the passage to the newest
/// version of its machine where that version takes over and he may order it.
std::vector<machine::AvailableEvent> list_available(const LoadedFacts& loaded,
                                                    const definition::Catalog& catalog,
                                                    const machine::CheckLibrary& checks,
                                                    const machine::Actor& actor);

}  // namespace engine::runtime
