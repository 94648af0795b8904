// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "engine/base/result.h"

namespace api::cli {

/// Lays out a Graphviz source as an SVG with an accessible name, by the `dot` program of Debian's
/// graphviz. The same source gives the same bytes on the same release.
/// Errors: internal when `dot` is not installed or fails.
engine::base::Result<std::string> draw_diagram(const std::string& source, const std::string& title);

}  // namespace api::cli
