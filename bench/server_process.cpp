// SPDX-License-Identifier: EUPL-1.2
#include "bench/server_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace bench {
namespace {

/// As the command line allows at the most.
constexpr const char* kNoLimit = "1000000";
constexpr int kStartMs = 60'000;
/// What the program prints before its port.
constexpr std::string_view kListening = "127.0.0.1:";

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

ServerProcess::ServerProcess(const std::filesystem::path& data,
                             const std::filesystem::path& workflows) {
    std::vector<std::string> arguments{COPROG_BINARY,
                                       "serve",
                                       "--data",
                                       data.string(),
                                       "--workflows",
                                       workflows.string(),
                                       "--port",
                                       "0",
                                       "--metrics-port",
                                       "nessuna",
                                       "--rate-burst",
                                       kNoLimit,
                                       "--rate-per-second",
                                       kNoLimit};
    const auto pointers = pointers_to(arguments);
    const std::string log = data.string() + ".log";
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe");
    }
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), STDERR_FILENO);
        ::execv(pointers[0], pointers.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    try {
        port_ = read_port(ends[0]);
    } catch (...) {
        ::close(ends[0]);
        throw;
    }
    ::close(ends[0]);
}

ServerProcess::~ServerProcess() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
}

std::uint16_t ServerProcess::read_port(int out) const {
    std::string printed;
    while (true) {
        const std::size_t at = printed.find(kListening);
        if (at != std::string::npos && printed.find('\n', at) != std::string::npos) {
            return static_cast<std::uint16_t>(std::stoi(printed.substr(at + kListening.size())));
        }
        pollfd waiting{out, POLLIN, 0};
        std::array<char, 1024> piece{};
        const ssize_t count = ::poll(&waiting, 1, kStartMs) == 1
                                  ? ::read(out, piece.data(), piece.size())
                                  : ssize_t{-1};
        if (count <= 0) {
            throw std::runtime_error("coprog serve does not start: see the .log beside the data");
        }
        printed.append(piece.data(), static_cast<std::size_t>(count));
    }
}

std::uint64_t ServerProcess::resident_bytes() const {
    std::ifstream file(fmt::format("/proc/{}/statm", pid_));
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    file >> size >> resident;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace bench
