// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>

#include "tests/tidy/source_tree.h"
#include "tests/tidy/violation.h"

namespace tests::tidy {

/// Where a function's body stands, from the line of its `{` to that of its `}`.
struct FunctionSpan {
    std::size_t first_line = 0;
    std::size_t last_line = 0;
};

/// The functions of a C++ text without comments and literals: free, of a class, tests. Lambdas
/// count in the function that holds them; one that initialises a global is not seen.
std::vector<FunctionSpan> find_functions(std::string_view code);

/// Functions of more than 70 lines (the aim is 40).
Violations check_function_length(const SourceFile& file);

/// C++ files of more than 400 lines.
Violations check_file_length(const SourceFile& file);

/// Names of files and folders: snake_case, and no drawer for everything.
Violations check_names(const SourceFile& file);

/// Every .cpp is listed by name in a CMakeLists.txt, and none is found by pattern.
Violations check_listed_sources(const SourceTree& tree);

/// Every room of the engine is explained in engine/DESIGN.md.
Violations check_design_names_rooms(const SourceTree& tree);

}  // namespace tests::tidy
