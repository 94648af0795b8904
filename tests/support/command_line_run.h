// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "engine/base/clock.h"

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
/// The same when it is that time.
CommandLineRun run_arguments_at(const std::vector<std::string>& arguments,
                                const engine::base::Clock& clock);

}  // namespace tests
