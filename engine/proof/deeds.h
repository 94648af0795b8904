// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "engine/proof/model.h"
#include "engine/proof/tracking.h"

namespace engine::proof {

/// Chooses the deeds that have to be remembered of persons. Those that anybody can do at any moment
/// need not: whoever needs them does them.
void remember_deeds(const Scene& scene, const Tracking& tracking, Model& model);

/// The deeds that somebody can do just before an act of that state of the focus, as bits.
unsigned find_obtainable(const Scene& scene, const Tracking& tracking, const Model& model,
                         const std::string& state);

}  // namespace engine::proof
