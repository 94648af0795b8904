// SPDX-License-Identifier: EUPL-1.2
#include "bench/server_process.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace bench {
namespace {

/// As the command line allows at the most.
constexpr const char* kNoLimit = "1000000";
/// What the program prints before its port.
constexpr std::string_view kListening = "127.0.0.1:";

ProcessStart start_of(const std::filesystem::path& data, const std::filesystem::path& workflows) {
    return {.arguments = {COPROG_BINARY, "serve", "--data", data.string(), "--workflows",
                          workflows.string(), "--port", "0", "--metrics-port", "nessuna",
                          "--rate-burst", kNoLimit, "--rate-per-second", kNoLimit},
            .variables = {},
            .log = data.string() + ".log"};
}

}  // namespace

ServerProcess::ServerProcess(const std::filesystem::path& data,
                             const std::filesystem::path& workflows)
    : process_(start_of(data, workflows)) {
    const auto printed = process_.read_until(kListening);
    if (!printed) {
        throw std::runtime_error("coprog serve does not start: see the .log beside the data");
    }
    port_ = static_cast<std::uint16_t>(
        std::stoi(printed->substr(printed->find(kListening) + kListening.size())));
}

ServerProcess::~ServerProcess() {
    process_.signal(SIGTERM);
    process_.wait();
}

std::uint64_t ServerProcess::resident_bytes() const {
    std::ifstream file(fmt::format("/proc/{}/statm", process_.id()));
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    file >> size >> resident;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace bench
