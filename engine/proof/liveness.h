// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/proof/model.h"

namespace engine::proof {

/// Finds, for each state of the focus, the bytes that nothing will read before they are written
/// again: configurations that differ only in them are one.
void find_dead_bytes(const Scene& scene, Model& model);

}  // namespace engine::proof
