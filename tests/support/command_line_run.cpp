// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/command_line_run.h"

#include <sstream>

#include "api/cli/command_line.h"

namespace tests {

CommandLineRun run(const std::string& line) {
    std::istringstream words(line);
    std::vector<std::string> arguments;
    for (std::string word; words >> word;) {
        arguments.push_back(word);
    }
    return run_arguments(arguments);
}

CommandLineRun run_arguments(const std::vector<std::string>& arguments) {
    return run_arguments_at(arguments, engine::base::SystemClock{});
}

CommandLineRun run_arguments_at(const std::vector<std::string>& arguments,
                                const engine::base::Clock& clock) {
    std::ostringstream out;
    std::ostringstream err;
    const int exit_code = api::cli::run_command_line(arguments, out, err, clock);
    return {exit_code, out.str(), err.str()};
}

}  // namespace tests
