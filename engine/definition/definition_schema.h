// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>
#include <vector>

#include "engine/base/error.h"

namespace engine::definition {

/// What in the JSON of a definition breaks workflows/workflow.schema.json (carried in the binary);
/// empty when its shape is right. Threads: any.
std::vector<base::ErrorDetail> validate_definition_shape(std::string_view definition_json);

}  // namespace engine::definition
