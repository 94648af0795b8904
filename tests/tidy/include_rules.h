// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/tidy/source_tree.h"
#include "tests/tidy/violation.h"

namespace tests::tidy {

/// Who may include whom: base ← calendar ← definition ← machine ← store ← documents ← runtime ←
/// engine.h ← api; workflows and api see the rooms that architecture.md grants them.
Violations check_rooms(const SourceFile& file);

/// Headers that cost seconds, or that one file hides from all others.
Violations check_heavy_headers(const SourceFile& file);

/// A header that may have any one home, but only one. Looks at the whole tree.
Violations check_single_homes(const SourceTree& tree);

}  // namespace tests::tidy
