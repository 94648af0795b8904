// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/machine/check.h"

namespace workflows::coprogrammazione {

/// Adds the checks and the computation of tables, sessions, contributions and approval rounds.
/// Errors: BugError when a name is taken.
void add_table_checks(engine::machine::CheckLibrary& library);

}  // namespace workflows::coprogrammazione
