// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <vector>

#include "tests/tidy/source_file.h"

namespace tests::tidy {

using SourceTree = std::vector<SourceFile>;

/// Reads the source folders and the few files at the root, sorted by path. What is built, what git
/// keeps and what a package manager brings is not ours and is left out.
/// Throws when a file cannot be read or the folder holds no repository.
SourceTree read_source_tree(const std::filesystem::path& root);

/// The tree these tests were built from, read once.
const SourceTree& repository();

}  // namespace tests::tidy
