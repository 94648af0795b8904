// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/proof/model.h"

namespace engine::proof {

/// Fills what may be sent to the scene by instances that it does not follow: others of the same
/// list, and children of lists that are left out.
void fill_outer_signals(const Catalog& catalog, const Scene& scene, std::size_t place,
                        Model& model);

}  // namespace engine::proof
