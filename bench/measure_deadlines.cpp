// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <chrono>
#include <stdexcept>

#include "bench/floor_store.h"
#include "bench/measures.h"
#include "bench/work.h"

namespace bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::int64_t kDayMs = 86'400'000;
/// Longer than the term of the machine that is measured.
constexpr std::int64_t kMonthMs = 31 * kDayMs;
/// As many transitions as the engine fires in one transaction.
constexpr std::size_t kPerCommit = 1000;

/// Instances whose term ended while nobody looked, for each second that it takes to note it.
double fire_all(Site& site, std::size_t count) {
    const auto data = site.fresh("scadenze");
    const auto start = engine::base::SystemClock().now();
    {
        LocalEngine past(site, data, {start.utc_ms - kMonthMs}, false);
        open_instances(*past.engine, past.clock.now(), "termine", count);
    }
    LocalEngine local(site, data, start, true);
    const auto begin = SteadyClock::now();
    std::size_t fired = 0;
    for (bool is_finished = false; !is_finished;) {
        const auto run = need(local.engine->run_due());
        fired += run.fired;
        is_finished = run.is_finished;
    }
    if (fired != count) {
        throw std::runtime_error(fmt::format("{} deadlines fired of {}", fired, count));
    }
    return static_cast<double>(count) /
           std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

double write_batches(Site& site, std::size_t count) {
    FloorStore store(site.fresh("pavimento.db"));
    const auto begin = SteadyClock::now();
    for (std::size_t written = 0; written < count;) {
        store.begin();
        for (std::size_t i = 0; i < kPerCommit && written < count; ++i, ++written) {
            store.write_transition();
        }
        store.commit();
    }
    return static_cast<double>(count) /
           std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

}  // namespace

std::vector<Figure> measure_deadlines(Site& site, const Sizes& sizes) {
    const double floor = write_batches(site, sizes.deadlines);
    const double ours = fire_all(site, sizes.deadlines);
    return {{fmt::format("{} overdue deadlines ÷ batched commits", sizes.deadlines),
             fmt::format("{:.0f}/s", ours), fmt::format("{:.0f}/s", floor), ours / floor,
             Goal::at_least, 0.25, ""}};
}

}  // namespace bench
