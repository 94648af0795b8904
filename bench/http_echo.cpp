// SPDX-License-Identifier: EUPL-1.2
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

#include "api/http/server.h"

// The transport alone, to try by hand with curl and to measure: it answers every request with what
// it read of it. `http_echo [PORT]`, until Ctrl-C.

namespace {

std::string describe(const api::http::Request& request) {
    std::string text = request.method + " " + request.target.path + "\n";
    for (const std::string& segment : request.target.segments) {
        text += "segment: " + segment + "\n";
    }
    for (const auto& [name, value] : request.target.query.items()) {
        text += "query: " + name + " = " + value + "\n";
    }
    for (const auto& [name, value] : request.headers.lines()) {
        text += "header: " + name + ": " + value + "\n";
    }
    return text + "host: " + request.host + "\nbody: " + request.body + "\n";
}

void echo(const api::http::Request& request, const api::http::Reply& reply) {
    reply({200, {{"Content-Type", "text/plain; charset=utf-8"}}, describe(request)});
}

void tell(const api::http::ServerEvent& event) {
    std::cerr << event.name << ' ' << event.request_id << ' ' << event.status << ' ' << event.detail
              << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    const engine::base::SystemClock clock;
    engine::base::SystemRandom random;
    api::http::ServerOptions options;
    options.port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 8081);
    options.clock = &clock;
    options.random = &random;
    options.observe = tell;
    options.stops_on_signals = true;
    auto server = api::http::Server::open(std::move(options), echo);
    if (!server) {
        std::cerr << server.error().message_it << '\n';
        return EXIT_FAILURE;
    }
    std::cerr << "http://127.0.0.1:" << (*server)->port() << "/\n";
    (*server)->run();
    return EXIT_SUCCESS;
}
