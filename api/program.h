// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "api/http/server.h"
#include "api/routes/metrics.h"
#include "api/routes/problem.h"
#include "api/routes/router.h"
#include "api/service/service.h"

namespace api {

using engine::base::Result;

/// What a running server is made of.
struct ProgramOptions {
    service::ServiceOptions service;
    routes::RouterOptions router = {};
    std::vector<routes::Route> routes;  ///< api_routes(), and the pages'
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: one that is free
    std::string metrics_address = "127.0.0.1";
    std::optional<std::uint16_t> metrics_port = {};  ///< absent: no metrics; 0: one that is free
    http::ServerLimits limits = default_limits();
    /// How the transport's refusals are told; the pages' tells people in a page.
    std::function<http::Response(const http::Refusal&)> render_refusal = http::render_refusal;
    bool stops_on_signals = false;

    /// Those of the transport, with bodies as large as an attachment.
    static http::ServerLimits default_limits();
};

/// The whole server: service, routes, transport, metrics on a port of their own.
class Program {
  public:
    /// Opens the data and listens; nobody is served before run().
    /// Errors: those of Service::start, RoleClasses::of and http::Server::open.
    static Result<std::unique_ptr<Program>> start(ProgramOptions options);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    /// Serves on the calling thread until stop(), or a signal; then finishes what people have asked
    /// for and closes the data. Within ten seconds. Once.
    void run();
    /// Threads: any.
    void stop() { server_->stop(); }

    std::uint16_t port() const { return server_->port(); }
    /// Absent without metrics.
    std::optional<std::uint16_t> metrics_port() const;
    /// Until the data are changed.
    service::Service& service();

    /// From now on requests find the data of another folder. What was asked of those before is
    /// finished, and they are closed. Whoever asks for something in between notices nothing.
    /// Errors: those of Service::start and RoleClasses::of; all is then as it was.
    /// Threads: one at a time; also the service's own.
    Result<void> change_data(std::filesystem::path folder, engine::definition::Catalog catalog);

  private:
    explicit Program(ProgramOptions options);
    /// What stands between the transport and the data.
    struct Interior;
    Result<void> open();
    Result<void> open_metrics();
    Result<std::shared_ptr<Interior>> open_interior(service::ServiceOptions options) const;
    std::shared_ptr<Interior> interior() const;
    void join_threads();
    http::ServerOptions server_options();
    void note(const routes::Served& served);

    ProgramOptions options_;
    engine::base::Log& log_;
    routes::Metrics metrics_;
    std::unique_ptr<http::Server> server_;
    std::unique_ptr<http::Server> metrics_server_;
    std::thread metrics_thread_;
    mutable std::mutex interior_mutex_;
    std::shared_ptr<Interior> interior_;  ///< under the mutex
    std::thread retiring_;                ///< closes the data that were changed
};

}  // namespace api
