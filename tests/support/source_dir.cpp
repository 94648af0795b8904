// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/source_dir.h"

namespace tests {

const std::string& source_dir() {
    static const std::string kFolder = COPROG_SOURCE_DIR;
    return kFolder;
}

}  // namespace tests
