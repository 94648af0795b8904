// SPDX-License-Identifier: EUPL-1.2
#include "bench/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace bench {
namespace {

/// Far more than any start takes on a busy machine, under a sanitizer.
constexpr int kLimitMs = 60'000;

std::vector<std::string> environment_with(const std::map<std::string, std::string>& variables) {
    std::vector<std::string> all;
    for (const auto& [name, value] : variables) {
        all.push_back(name + "=" + value);
    }
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string text(*variable);
        if (!variables.contains(text.substr(0, text.find('=')))) {
            all.push_back(text);
        }
    }
    return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

ChildProcess::ChildProcess(const ProcessStart& start) {
    // Made before the fork: the child may only call what is safe in the copy of one thread.
    auto arguments = start.arguments;
    auto variables = environment_with(start.variables);
    const auto argument_pointers = pointers_to(arguments);
    const auto variable_pointers = pointers_to(variables);
    const std::string log = start.log.string();
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe");
    }
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(file, STDERR_FILENO);
        ::execve(argument_pointers[0], argument_pointers.data(), variable_pointers.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    out_ = ends[0];
    if (pid_ < 0) {
        ::close(out_);
        throw std::runtime_error("no process");
    }
}

ChildProcess::~ChildProcess() {
    signal(SIGKILL);
    wait();
    ::close(out_);
}

bool ChildProcess::read_more() {
    pollfd waiting{out_, POLLIN, 0};
    if (::poll(&waiting, 1, kLimitMs) <= 0) {
        return false;
    }
    std::array<char, 4096> piece{};
    const ssize_t count = ::read(out_, piece.data(), piece.size());
    if (count <= 0) {
        return false;
    }
    printed_.append(piece.data(), static_cast<std::size_t>(count));
    return true;
}

std::optional<std::string> ChildProcess::read_until(std::string_view mark) {
    while (true) {
        const std::size_t found = printed_.find(mark);
        const std::size_t end = found == std::string::npos ? found : printed_.find('\n', found);
        if (end != std::string::npos) {
            return printed_.substr(0, end + 1);
        }
        if (!read_more()) {
            return std::nullopt;
        }
    }
}

std::string ChildProcess::read_to_end() {
    while (read_more()) {
    }
    return printed_;
}

void ChildProcess::signal(int number) {
    if (!ended_) {
        ::kill(pid_, number);
    }
}

int ChildProcess::wait() {
    if (!ended_) {
        int status = 0;
        ::waitpid(pid_, &status, 0);
        ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
    return *ended_;
}

}  // namespace bench
