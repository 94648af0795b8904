// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/proof/model.h"
#include "engine/proof/tracking.h"

namespace engine::proof {

/// A scene with what has been made of it.
struct CompiledScene {
    Scene scene;
    Tracking tracking;
    Model model;
};

/// Makes a scene small. The definitions must have passed lint: every name is known.
CompiledScene compile(const Catalog& catalog, Scene scene, Detail detail);

}  // namespace engine::proof
