// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "engine/machine/effect.h"

namespace engine::machine {

/// What `render_effects` writes and `parse_effects` reads, as a tree: for the entry around it.
nlohmann::json effects_to_json(const std::vector<Effect>& effects);
/// Errors: an exception (nlohmann's, or std::invalid_argument) on what the engine does not write.
std::vector<Effect> effects_from_json(const nlohmann::json& array);

}  // namespace engine::machine
