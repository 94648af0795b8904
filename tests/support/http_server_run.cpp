// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/http_server_run.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

namespace tests {
namespace {

/// Far more than any event takes on a busy machine.
constexpr std::chrono::seconds kLimit{20};

}  // namespace

HttpServerRun::HttpServerRun(api::http::ServerLimits limits, api::http::Handler handler) {
    api::http::ServerOptions options;
    options.limits = limits;
    options.clock = &clock;
    options.random = &random_;
    options.observe = [this](const api::http::ServerEvent& event) {
        const std::lock_guard lock(mutex_);
        events_.emplace_back(event.name);
        changed_.notify_all();
    };
    auto server = api::http::Server::open(std::move(options), std::move(handler));
    if (!server) {
        throw std::runtime_error(server.error().message_it);
    }
    server_ = std::move(*server);
    thread_ = std::thread([this] { server_->run(); });
}

HttpServerRun::~HttpServerRun() {
    begin_stop();
    wait_stopped();
}

void HttpServerRun::wait_stopped() {
    if (thread_.joinable()) {
        thread_.join();
    }
}

bool HttpServerRun::wait_for(std::string_view event, std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kLimit, [&] { return count_locked(event) >= count; });
}

std::size_t HttpServerRun::count(std::string_view event) const {
    const std::lock_guard lock(mutex_);
    return count_locked(event);
}

std::size_t HttpServerRun::count_locked(std::string_view event) const {
    return static_cast<std::size_t>(std::count(events_.begin(), events_.end(), event));
}

std::string describe(const api::http::Request& request) {
    std::string text = request.method + " [" + request.target.path + "] segments:";
    for (const std::string& segment : request.target.segments) {
        text += " " + segment;
    }
    text += " query:";
    for (const auto& [name, value] : request.target.query.items()) {
        text += " " + name + "=" + value;
    }
    return text + " body: " + request.body;
}

api::http::Handler EchoHandler::handler() {
    return [kept = kept_](api::http::Request request, const api::http::Reply& reply) {
        api::http::Response response;
        response.headers.add("Content-Type", "text/plain; charset=utf-8");
        response.body = describe(request);
        {
            const std::lock_guard lock(kept->mutex);
            kept->paths.push_back(request.target.path);
            kept->last = std::move(request);
        }
        reply(std::move(response));
    };
}

std::vector<std::string> EchoHandler::seen() const {
    const std::lock_guard lock(kept_->mutex);
    return kept_->paths;
}

api::http::Request EchoHandler::last() const {
    const std::lock_guard lock(kept_->mutex);
    return kept_->last;
}

}  // namespace tests
