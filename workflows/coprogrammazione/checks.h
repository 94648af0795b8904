// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/machine/check.h"

namespace workflows::coprogrammazione {

/// Adds the named checks and computations that coprogrammazione/*.json use, each at version 1. One
/// once used by a published definition never changes: a change is the same name at version 2.
/// Errors: BugError when a name and version is already there.
/// Legal: each check says its own; DM 72/2021, DGR XII/3824/2025, L. 241/1990.
/// Threads: at start only.
void add_checks(engine::machine::CheckLibrary& library);

}  // namespace workflows::coprogrammazione
