// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "engine/base/result.h"

namespace engine::definition {

/// Lays out a Graphviz source as an SVG with an accessible name, by the `dot` program of Debian's
/// graphviz. The same source gives the same bytes on the same release.
/// Errors: internal when `dot` is not installed or fails.
base::Result<std::string> draw_diagram(const std::string& source, const std::string& title);

}  // namespace engine::definition
