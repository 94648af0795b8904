// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

namespace tests {

/// The repository, for tests that read it. Only one file is compiled with the path in it, so that
/// ccache serves the others in every clone.
const std::string& source_dir();

}  // namespace tests
