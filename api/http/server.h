// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "api/http/message.h"
#include "api/http/raw_head.h"
#include "api/http/refusal.h"
#include "api/http/reply.h"
#include "api/http/request_reader.h"
#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/base/result.h"

namespace api::http {

/// The signals on which a server that `stops_on_signals` stops in good order.
sigset_t stop_signals();

/// What one request becomes. Called on the I/O thread, which it must not hold up: it answers at
/// once, or hands the Reply to a thread that will. An exception is reported and answered with 500.
using Handler = std::function<void(Request, Reply)>;

/// How much, and for how long. Tests make the times small; nothing else changes.
struct ServerLimits {
    std::size_t connections = 256;  ///< beyond: 503 and closed
    /// Handed over and not answered yet; beyond: 503. Those that only read (GET, HEAD) are counted
    /// apart from all others, so that acts which wait for a slow disk leave room to look.
    std::size_t reads_in_flight = 128;
    std::size_t acts_in_flight = 96;
    HeadLimits head = {};
    std::size_t body_bytes = 1U << 20U;  ///< as engine::base::kMaxJsonBytes; of any request

    std::chrono::milliseconds idle{60'000};  ///< between two requests: then closed without a word
    std::chrono::milliseconds head_time{10'000};  ///< first to last byte of the head: then 408
    std::chrono::milliseconds body_time{60'000};  ///< all of the body: then 408
    std::chrono::milliseconds answer_time{
        30'000};  ///< for the handler: then 503, its answer is lost
    std::chrono::milliseconds write_time{30'000};  ///< for each 64 kB: then cut
    std::chrono::milliseconds linger{2'000};  ///< for the client to read a last answer, then closed
    std::chrono::milliseconds stop_grace{9'000};  ///< for what is in flight when stopping, then cut
};

/// Something that the log or a counter wants to know. Never holds what a client sent.
struct ServerEvent {
    std::string_view name;   ///< fixed: "answered", "refused", "handler_failed", …
    std::string request_id;  ///< empty where there is no request
    int status = 0;          ///< what was answered; 0: nothing
    std::string detail;      ///< for "refused" its code; for failures what the system said
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: one that is free
    ServerLimits limits = {};
    const engine::base::Clock* clock = nullptr;  ///< outlives the server
    engine::base::Random* random = nullptr;      ///< outlives the server; for request ids
    /// Called on the I/O thread; must not throw. Empty: nobody listens.
    std::function<void(const ServerEvent&)> observe = {};
    /// How long the body of one request may be, within `limits.body_bytes`. Called on the I/O
    /// thread. Empty: no less.
    BodyLimit body_limit = {};
    /// How the server's own refusals are written. Empty: render_refusal.
    std::function<Response(const Refusal&)> render_refusal = {};
    bool stops_on_signals = false;  ///< SIGTERM and SIGINT stop it gracefully
};

/// HTTP/1.1 on one socket: one I/O thread, strict, bounded in everything. What it lets through is
/// in README.md, row by row.
class Server {
  public:
    /// Binds and listens; nobody is served before run().
    /// Errors: invalid_input (no IP address), busy (the port is taken, or may not be used).
    static engine::base::Result<std::unique_ptr<Server>> open(ServerOptions options,
                                                              Handler handler);

    /// Requires that run() has returned, or was never called. Replies that come later do nothing.
    ~Server();

    /// Serves on the calling thread until stop(), or a signal. Once.
    void run();

    /// Accepts nobody any more, closes who asks nothing, lets what is in flight finish within
    /// `stop_grace`; then run() returns. Threads: any.
    void stop();

    std::uint16_t port() const;

  private:
    class Loop;

    explicit Server(std::unique_ptr<Loop> loop);

    std::unique_ptr<Loop> loop_;
};

}  // namespace api::http
