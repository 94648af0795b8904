// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

namespace tests {

/// What a command line did.
struct CommandLineRun {
    int exit_code = 0;
    std::string out;
    std::string err;
};

/// Runs `coprog` in process; `line` is split at spaces: `run("deadline --days 3 …")`.
CommandLineRun run(const std::string& line);

/// The same with arguments that may hold spaces.
CommandLineRun run_arguments(const std::vector<std::string>& arguments);

}  // namespace tests
