// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace bench {

/// A server with nothing in it but Boost.Beast and, for a POST, a `FloorStore` behind one thread
/// that commits whatever waits at once. A GET answers a body that is always the same. It looks at
/// neither target nor headers nor body.
class FloorServer {
  public:
    /// Listens on a free port of this machine, on threads of its own.
    FloorServer(const std::filesystem::path& database, std::string body);
    ~FloorServer();

    std::uint16_t port() const;

  private:
    class Running;
    std::unique_ptr<Running> running_;
};

}  // namespace bench
