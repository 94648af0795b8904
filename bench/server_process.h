// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "bench/child_process.h"

namespace bench {

/// The real `coprog serve` on a data folder, a process of its own, with its log in a file. It asks
/// nobody to slow down: the limits of requests are far away.
class ServerProcess {
  public:
    /// Returns when it listens. Errors: std::runtime_error when it does not.
    ServerProcess(const std::filesystem::path& data, const std::filesystem::path& workflows);
    /// SIGTERM, and waits for its end.
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    std::uint16_t port() const { return port_; }
    /// Memory that it has in RAM now, in bytes.
    std::uint64_t resident_bytes() const;

  private:
    ChildProcess process_;
    std::uint16_t port_ = 0;
};

}  // namespace bench
