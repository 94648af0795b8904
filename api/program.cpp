// SPDX-License-Identifier: EUPL-1.2
#include "api/program.h"

#include "api/access/role_class.h"
#include "api/routes/attachment.h"
#include "api/routes/problem.h"

namespace api {
namespace {

using engine::base::fail;

/// The port that cannot be had, by the name of its setting.
engine::base::Error naming_setting(engine::base::Error error, const char* setting) {
    if (error.code == engine::base::ErrorCode::busy) {
        error.message_it += std::string(" La porta si dice con --") + setting + ".";
    }
    return error;
}

/// Only one path, and only to look: what is here is for who runs the program.
void serve_metrics(const routes::Metrics& metrics, const service::Service& service,
                   const http::Request& request, const http::Reply& reply) {
    if (request.target.path != "/metrics") {
        reply(routes::render_problem({"not_found", "Qui c'è solo /metrics.", {}},
                                     request.request_id));
    } else if (request.method != "GET") {
        reply(http::method_not_allowed({"GET"}));
    } else {
        reply(metrics.render(service.state()));
    }
}

}  // namespace

struct Program::Interior {
    std::unique_ptr<service::Service> service;
    std::unique_ptr<routes::Router> router;

    ~Interior() {
        if (service) {
            service->stop();  // what waits answers through the router, which goes before it
        }
    }
};

http::ServerLimits ProgramOptions::default_limits() {
    http::ServerLimits limits;
    limits.body_bytes = routes::kMaxAttachmentBodyBytes;
    return limits;
}

Program::Program(ProgramOptions options)
    : options_(std::move(options)), log_(options_.service.log) {}

Program::~Program() {
    interior_.reset();
    join_threads();
}

void Program::join_threads() {
    if (metrics_thread_.joinable()) {
        metrics_server_->stop();
        metrics_thread_.join();
    }
    if (retiring_.joinable()) {
        retiring_.join();
    }
}

std::shared_ptr<Program::Interior> Program::interior() const {
    const std::lock_guard lock(interior_mutex_);
    return interior_;
}

void Program::note(const routes::Served& served) {
    metrics_.note(served);
    log_.info("answered", {{"request", served.request_id},
                           {"route", served.route},
                           {"status", served.status},
                           {"ms", served.duration_ms},
                           {"role", served.role},
                           {"office", served.office}});
}

http::ServerOptions Program::server_options() {
    http::ServerOptions options;
    options.limits = options_.limits;
    options.clock = &options_.service.clock;
    options.random = &options_.service.random;
    options.render_refusal = options_.render_refusal;
    options.observe = [this](const http::ServerEvent& event) {
        if (event.name == "answered") {
            return;  // the router has told it, with its route
        }
        metrics_.note_transport(event.name);
        log_.info("transport", {{"what", event.name},
                                {"request", event.request_id},
                                {"status", event.status},
                                {"detail", event.detail}});
    };
    return options;
}

Result<void> Program::open_metrics() {
    auto options = server_options();
    options.address = options_.metrics_address;
    options.port = *options_.metrics_port;
    auto server = http::Server::open(
        std::move(options), [this](const http::Request& request, const http::Reply& reply) {
            serve_metrics(metrics_, *interior()->service, request, reply);
        });
    if (!server) {
        return fail(naming_setting(server.error(), "metrics-port"));
    }
    metrics_server_ = std::move(*server);
    return {};
}

service::Service& Program::service() {
    return *interior()->service;
}

Result<std::shared_ptr<Program::Interior>> Program::open_interior(
    service::ServiceOptions options) const {
    auto interior = std::make_shared<Interior>();
    auto service = service::Service::start(std::move(options));
    if (!service) {
        return fail(service.error());
    }
    interior->service = std::move(*service);
    auto roles = access::RoleClasses::of(interior->service->catalog());
    if (!roles) {
        return fail(roles.error());
    }
    interior->router = std::make_unique<routes::Router>(*interior->service, std::move(*roles),
                                                        options_.routes, options_.router);
    return interior;
}

Result<void> Program::change_data(std::filesystem::path folder,
                                  engine::definition::Catalog catalog) {
    service::ServiceOptions options = options_.service;
    options.data_folder = std::move(folder);
    options.catalog = std::move(catalog);
    auto next = open_interior(std::move(options));
    if (!next) {
        return fail(next.error());
    }
    {
        const std::lock_guard lock(interior_mutex_);
        interior_.swap(*next);
    }
    if (retiring_.joinable()) {
        retiring_.join();
    }
    // On another thread: the caller's may be the one that has to end.
    retiring_ = std::thread([before = std::move(*next)] { before->service->stop(); });
    return {};
}

Result<void> Program::open() {
    options_.router.observe = [this](const routes::Served& served) { note(served); };
    auto opened = open_interior(options_.service);
    if (!opened) {
        return fail(opened.error());
    }
    interior_ = std::move(*opened);
    auto options = server_options();
    options.address = options_.address;
    options.port = options_.port;
    options.stops_on_signals = options_.stops_on_signals;
    options.body_limit = [this](const http::Request& head) {
        return interior()->router->max_body(head);
    };
    auto server =
        http::Server::open(std::move(options), [this](http::Request request, http::Reply reply) {
            interior()->router->handle(std::move(request), std::move(reply));
        });
    if (!server) {
        return fail(naming_setting(server.error(), "port"));
    }
    server_ = std::move(*server);
    return options_.metrics_port ? open_metrics() : Result<void>{};
}

Result<std::unique_ptr<Program>> Program::start(ProgramOptions options) {
    std::unique_ptr<Program> program(new Program(std::move(options)));
    if (auto opened = program->open(); !opened) {
        return fail(opened.error());
    }
    return program;
}

std::optional<std::uint16_t> Program::metrics_port() const {
    return metrics_server_ ? std::optional(metrics_server_->port()) : std::nullopt;
}

void Program::run() {
    if (metrics_server_) {
        metrics_thread_ = std::thread([this] { metrics_server_->run(); });
    }
    log_.info("listening", {{"port", int{server_->port()}}});
    server_->run();
    log_.info("stopping");
    interior()->service->stop();
    join_threads();
    log_.info("stopped");
}

}  // namespace api
