// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>

#include "engine/definition/catalog.h"

namespace tests {

/// The machines of one case: `path` with .json, or a folder of files. A failure of the test when
/// one cannot be read.
engine::definition::Catalog load_case(const std::filesystem::path& path);

}  // namespace tests
