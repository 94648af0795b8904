// SPDX-License-Identifier: EUPL-1.2
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "bench/measures.h"
#include "bench/work.h"

namespace bench {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

/// Of pages that hold something.
double used_bytes(const std::filesystem::path& data) {
    SQLite::Database database((data / engine::kDatabaseName).string(), SQLite::OPEN_READONLY);
    const auto ask = [&](const char* what) { return database.execAndGet(what).getInt64(); };
    return static_cast<double>((ask("pragma page_count") - ask("pragma freelist_count")) *
                               ask("pragma page_size"));
}

/// Finishes procedures, sends their messages, lets two days go by, prunes.
double bytes_with(Site& site, std::size_t count) {
    const auto data = site.fresh("byte");
    const auto start = engine::base::SystemClock().now();
    {
        LocalEngine local(site, data, start, false);
        finish_procedures(*local.engine, start, count);
        send_all(*local.engine);
        local.clock.move_to({start.utc_ms + 2 * kDayMs});
        while (!need(local.engine->prune()).is_finished) {
        }
    }
    return used_bytes(data);
}

}  // namespace

std::vector<Figure> measure_bytes(Site& site, const Sizes& sizes) {
    const auto count = static_cast<double>(sizes.finished_instances);
    const double each = (bytes_with(site, sizes.finished_instances) - bytes_with(site, 0)) / count;
    return {{"database bytes of a finished three-task instance", fmt::format("{:.0f} B", each), "",
             each / 1000, Goal::at_most, 5, "KB"}};
}

}  // namespace bench
