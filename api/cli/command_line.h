// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/error.h"

namespace CLI {
class App;
}

namespace api::cli {

/// Exit codes, the same for every sub-command.
inline constexpr int kExitOk = 0;
inline constexpr int kExitNegative = 1;  ///< the question was understood, the answer is no
inline constexpr int kExitBadInput = 2;  ///< the question was not understood: nothing on `out`
inline constexpr int kExitFailure = 3;   ///< the machine failed (disk, damaged database)

/// Where a sub-command writes, by which clock, and the exit code it leaves.
struct CommandContext {
    std::ostream& out;
    std::ostream& err;
    const engine::base::Clock& clock;
    int exit_code = kExitOk;
};

/// Prints the error as one line on `err` and sets the exit code that fits it.
void report_error(CommandContext& context, const engine::base::Error& error);

/// Runs one command line (without the program's name) and returns its exit code.
/// Threads: one; nothing static is touched, so tests call it in process.
int run_command_line(const std::vector<std::string>& arguments, std::ostream& out,
                     std::ostream& err);
/// The same by another clock: what is "now" for `show` and `erase`.
int run_command_line(const std::vector<std::string>& arguments, std::ostream& out,
                     std::ostream& err, const engine::base::Clock& clock);

// One per file of api/cli: each adds its sub-command to the application.
void add_deadline_command(CLI::App& app, CommandContext& context);
void add_codice_fiscale_command(CLI::App& app, CommandContext& context);
void add_territory_command(CLI::App& app, CommandContext& context);
void add_lint_command(CLI::App& app, CommandContext& context);
void add_sheet_command(CLI::App& app, CommandContext& context);
void add_scenario_command(CLI::App& app, CommandContext& context);
void add_verify_command(CLI::App& app, CommandContext& context);
void add_show_command(CLI::App& app, CommandContext& context);
void add_erase_command(CLI::App& app, CommandContext& context);
void add_serve_command(CLI::App& app, CommandContext& context);
void add_config_command(CLI::App& app, CommandContext& context);
void add_user_command(CLI::App& app, CommandContext& context);
void add_token_command(CLI::App& app, CommandContext& context);
void add_backup_command(CLI::App& app, CommandContext& context);
void add_restore_command(CLI::App& app, CommandContext& context);

}  // namespace api::cli
