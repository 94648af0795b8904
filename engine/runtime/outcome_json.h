// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/runtime/outcome.h"

namespace engine::runtime {

/// Compact JSON of an outcome, kept as the answer to an idempotency key, and its inverse.
/// Errors of the inverse: storage_corrupt.
std::string render_outcome(const Outcome& outcome);
base::Result<Outcome> parse_outcome(std::string_view json);

}  // namespace engine::runtime
