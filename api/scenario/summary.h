// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "api/scenario/stage.h"

namespace api::scenario {

/// State, deadlines, tasks and registrations of every named instance, one line each.
std::string summarise(Stage& stage);

}  // namespace api::scenario
