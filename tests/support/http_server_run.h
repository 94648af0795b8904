// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "api/http/server.h"

namespace tests {

/// The real server on a port of 127.0.0.1, in a thread of its own, until it goes out of scope.
class HttpServerRun {
  public:
    HttpServerRun(api::http::ServerLimits limits, api::http::Handler handler);
    HttpServerRun(const HttpServerRun&) = delete;
    HttpServerRun& operator=(const HttpServerRun&) = delete;
    ~HttpServerRun();

    std::uint16_t port() const { return server_->port(); }

    /// Asks it to stop and does not wait.
    void begin_stop() { server_->stop(); }

    /// Waits until run() has returned.
    void wait_stopped();

    /// Waits until so many events of the name were reported; false when they do not come.
    bool wait_for(std::string_view event, std::size_t count);

    std::size_t count(std::string_view event) const;

    /// The instant at which its clock stands.
    engine::base::ManualClock clock{engine::base::Instant{1'751'320'800'000}};

  private:
    std::size_t count_locked(std::string_view event) const;

    engine::base::SeededRandom random_{1};
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> events_;
    std::unique_ptr<api::http::Server> server_;
    std::thread thread_;
};

/// Answers with what it was asked: `GET [/a/b] segments: a|b query: x=1 body: …`. Every request it
/// saw is kept.
class EchoHandler {
  public:
    api::http::Handler handler();

    /// The paths that reached it, in order.
    std::vector<std::string> seen() const;

    /// The last request; asked after its answer has come.
    api::http::Request last() const;

  private:
    struct Kept {
        std::mutex mutex;
        std::vector<std::string> paths;
        api::http::Request last;
    };

    std::shared_ptr<Kept> kept_ = std::make_shared<Kept>();
};

/// `GET [/a%20b] segments: a b query: x=1 body: …`
std::string describe(const api::http::Request& request);

}  // namespace tests
