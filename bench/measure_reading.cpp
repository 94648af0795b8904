// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <stdexcept>

#include "bench/floor_server.h"
#include "bench/measures.h"
#include "bench/requests.h"
#include "bench/server_process.h"

namespace bench {
namespace {

/// Opens a procedure and gives its path.
std::string open_one(std::uint16_t port, const std::string& secret) {
    OfficerAtWork work(secret, "lettura");
    const Answer answer = ask_once(port, work.next(nullptr));
    if (answer.status != 201) {
        throw std::runtime_error("no procedure to read: " + answer.body);
    }
    return std::string(answer.header("Location"));
}

}  // namespace

std::vector<Figure> measure_reading(Site& site, const Sizes& sizes) {
    const auto data = site.fresh("letture");
    const std::string secret = add_officer(data);
    const ServerProcess server(data, site.workflows());
    const std::string request = get_request(open_one(server.port(), secret), secret);
    const Answer answer = ask_once(server.port(), request);
    // The floor sends as many bytes.
    const FloorServer bare(site.fresh("pavimento.db"), answer.body);
    const auto ask = [&](std::size_t) { return std::make_unique<SameQuestion>(request); };
    std::vector<double> ours;
    std::vector<double> floor;
    std::vector<double> ratio;
    for (int round = 0; round < sizes.rounds; ++round) {
        const LoadTimes times{sizes.warm_up, sizes.load};
        floor.push_back(run_load(bare.port(), many(sizes.clients, ask), times).per_second());
        ours.push_back(run_load(server.port(), many(sizes.clients, ask), times).per_second());
        ratio.push_back(ours.back() / floor.back());
    }
    return {{"GET of one instance ÷ bare Beast GET", fmt::format("{:.0f}/s", median(ours)),
             fmt::format("{:.0f}/s", median(floor)), median(ratio), Goal::at_least, 0.35, ""}};
}

}  // namespace bench
