// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <chrono>
#include <stdexcept>

#include "bench/floor_server.h"
#include "bench/floor_store.h"
#include "bench/measures.h"
#include "bench/requests.h"
#include "bench/server_process.h"

namespace bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// A body as long as our answer to such a command.
constexpr std::size_t kAnswerBytes = 600;

/// One commit after the other, each of one transition, until the time is over.
Latencies commit_one_by_one(FloorStore& store, std::chrono::milliseconds time) {
    Latencies latencies;
    const auto until = SteadyClock::now() + time;
    while (SteadyClock::now() < until) {
        const auto begin = SteadyClock::now();
        store.begin();
        store.write_transition();
        store.commit();
        latencies.add(
            std::chrono::duration<double, std::micro>(SteadyClock::now() - begin).count());
    }
    return latencies;
}

LoadResult checked(LoadResult result) {
    if (result.failures > 0) {
        throw std::runtime_error(fmt::format("{} answers were refusals, the first:\n{}",
                                             result.failures, result.first_failure));
    }
    return result;
}

/// Of each round, one number for each of them.
struct Rounds {
    std::vector<double> one_by_one;
    std::vector<double> bare;
    std::vector<double> ours;
    std::vector<double> over_one_by_one;
    std::vector<double> over_bare;
    std::vector<double> tail;  ///< p99 ÷ p50
    std::vector<double> commit_p50;
    std::vector<double> single_p50;
    std::vector<double> single_ratio;
};

struct Stage {
    FloorStore store;
    FloorServer bare;
    ServerProcess server;
    std::vector<std::string> secrets;  ///< one for each client
};

Conversations officers(const Stage& stage, std::size_t count, const std::string& name) {
    return many(count, [&](std::size_t i) {
        return std::make_unique<OfficerAtWork>(stage.secrets.at(i), fmt::format("{}-{}", name, i));
    });
}

void measure_round(Stage& stage, const Sizes& sizes, const std::string& name, Rounds& rounds) {
    const LoadTimes times{sizes.warm_up, sizes.load};
    const double seconds = std::chrono::duration<double>(sizes.load).count();
    const auto commits = commit_one_by_one(stage.store, sizes.load);
    const auto bare = checked(run_load(stage.bare.port(),
                                       many(sizes.clients,
                                            [](std::size_t) {
                                                return std::make_unique<OfficerAtWork>(
                                                    std::string(71, 'x'), "nessuno");
                                            }),
                                       times));
    const auto ours =
        checked(run_load(stage.server.port(), officers(stage, sizes.clients, name), times));
    rounds.one_by_one.push_back(static_cast<double>(commits.count()) / seconds);
    rounds.bare.push_back(bare.per_second());
    rounds.ours.push_back(ours.per_second());
    rounds.over_one_by_one.push_back(rounds.ours.back() / rounds.one_by_one.back());
    rounds.over_bare.push_back(rounds.ours.back() / rounds.bare.back());
    rounds.tail.push_back(ours.latencies.quantile(0.99) / ours.latencies.quantile(0.5));
}

void measure_alone(Stage& stage, const Sizes& sizes, const std::string& name, Rounds& rounds) {
    const auto commits = commit_one_by_one(stage.store, sizes.load);
    const auto alone = checked(
        run_load(stage.server.port(), officers(stage, 1, name), {sizes.warm_up, sizes.load}));
    rounds.commit_p50.push_back(commits.quantile(0.5));
    rounds.single_p50.push_back(alone.latencies.quantile(0.5));
    rounds.single_ratio.push_back(rounds.single_p50.back() / rounds.commit_p50.back());
}

std::string per_second(const std::vector<double>& values) {
    return fmt::format("{:.0f}/s", median(values));
}

std::string milliseconds(const std::vector<double>& microseconds) {
    return fmt::format("{:.2f} ms", median(microseconds) / 1000);
}

}  // namespace

std::vector<Figure> measure_commands(Site& site, const Sizes& sizes) {
    const auto data = site.fresh("comandi");
    auto secrets = add_officers(data, sizes.clients);
    Stage stage{FloorStore(site.fresh("pavimento.db")),
                FloorServer(site.fresh("pavimento.db"), std::string(kAnswerBytes, ' ')),
                ServerProcess(data, site.workflows()), std::move(secrets)};
    Rounds rounds;
    // Before the others: their letters keep the disk busy for a minute after them.
    for (int round = 0; round < sizes.rounds; ++round) {
        measure_alone(stage, sizes, fmt::format("u{}", round), rounds);
    }
    for (int round = 0; round < sizes.rounds; ++round) {
        measure_round(stage, sizes, fmt::format("c{}", round), rounds);
    }
    const std::string ours = per_second(rounds.ours);
    return {
        {fmt::format("{} clients, durable commands ÷ one commit per transition", sizes.clients),
         ours, per_second(rounds.one_by_one), median(rounds.over_one_by_one), Goal::at_least, 1.5,
         ""},
        {"the same ÷ bare Beast + SQLite group commit", ours, per_second(rounds.bare),
         median(rounds.over_bare), Goal::at_least, 0.5, ""},
        {"one client, p50 ÷ p50 of one such commit", milliseconds(rounds.single_p50),
         milliseconds(rounds.commit_p50), median(rounds.single_ratio), Goal::at_most, 2.5, ""},
        {fmt::format("{} clients, p99 ÷ p50", sizes.clients), "", "", median(rounds.tail),
         Goal::at_most, 4, ""},
    };
}

}  // namespace bench
