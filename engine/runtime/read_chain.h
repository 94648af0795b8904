// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>

#include "engine/store/store.h"

namespace engine::runtime {

/// Goes through a root's chain once, in order, a page in memory at a time, until `take` says false.
/// Errors: StoreFailure.
void read_chain(store::ReadUnit& unit, const base::InstanceId& root,
                const std::function<bool(const machine::StoredEntry&)>& take);

}  // namespace engine::runtime
