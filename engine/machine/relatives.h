// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "engine/base/json.h"
#include "engine/machine/facts.h"

namespace engine::machine {

/// The relatives that are on the list's path and, where it names one, of its office, whatever their
/// state. The pointers are into `facts`. Errors: invalid_input when the office it names is unknown:
/// to count all of them instead would let an act through.
base::Result<std::vector<const Relative*>> find_listed(const definition::Children& children,
                                                       const Facts& facts,
                                                       const base::Fields& payload);

/// Whether a listed relative is in one of the states that the list counts.
bool is_counted(const definition::Children& children, const Relative& relative);

/// Those of find_listed that are counted.
base::Result<std::vector<const Relative*>> find_counted(const definition::Children& children,
                                                        const Facts& facts,
                                                        const base::Fields& payload);

}  // namespace engine::machine
