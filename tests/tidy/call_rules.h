// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/tidy/source_file.h"
#include "tests/tidy/violation.h"

namespace tests::tidy {

/// Calls that are dangerous, or whose one home is elsewhere: the clock, chance, other programs.
Violations check_banned_calls(const SourceFile& file);

/// SQL outside engine/store. Tests may look into a database.
Violations check_sql(const SourceFile& file);

/// Coroutines outside api/server.cpp, and the lambda that g++ 12 destroys twice.
Violations check_coroutines(const SourceFile& file);

/// Tests that do not run.
Violations check_skipped_tests(const SourceFile& file);

}  // namespace tests::tidy
