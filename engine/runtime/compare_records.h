// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "engine/machine/model.h"

namespace engine::runtime {

/// The first way in which the rows of the tables are not those that the journal folds to, as a
/// sentence for an officer with the row in parentheses; empty when they are the same.
std::string find_difference(const machine::InstanceRecord& folded,
                            const machine::InstanceRecord& stored);

}  // namespace engine::runtime
