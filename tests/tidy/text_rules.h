// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "tests/tidy/source_file.h"
#include "tests/tidy/violation.h"

namespace tests::tidy {

/// The licence in the first lines of sources, build files, scripts and SQL.
Violations check_licence(const SourceFile& file);

/// `#pragma once` in every header.
Violations check_pragma_once(const SourceFile& file);

/// Marks of unfinished work.
Violations check_unfinished_marks(const SourceFile& file);

/// Lines of more than 100 letters, tabs, and spaces that nobody sees.
Violations check_lines(const SourceFile& file);

/// Words of one procedure, or of its law, in the generic engine: comments and messages included.
Violations check_generic_engine(const SourceFile& file);

}  // namespace tests::tidy
