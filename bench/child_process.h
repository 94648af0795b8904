// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// Which program, how.
struct ProcessStart {
    std::vector<std::string> arguments;            ///< the first is the program's path
    std::map<std::string, std::string> variables;  ///< beside those of its parent's own environment
    std::filesystem::path log;                     ///< its standard error is added to this file
};

/// Another program, which dies with this object and with who started it. For the bench and for the
/// tests: nothing that people run starts programs.
class ChildProcess {
  public:
    /// Errors: std::runtime_error when the machine has no process to give.
    explicit ChildProcess(const ProcessStart& start);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// What it has printed up to and with the line that holds `mark`; absent when it ends before,
    /// or takes longer than any machine needs.
    std::optional<std::string> read_until(std::string_view mark);
    /// All that it prints until it ends.
    std::string read_to_end();
    void signal(int number);
    /// Its number, for what the machine tells of it.
    pid_t id() const { return pid_; }
    /// Its exit code; of one that a signal ended, minus that signal.
    int wait();

  private:
    bool read_more();

    pid_t pid_ = -1;
    int out_ = -1;
    std::string printed_;
    std::optional<int> ended_;
};

}  // namespace bench
