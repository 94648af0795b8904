// SPDX-License-Identifier: EUPL-1.2
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "bench/clone.h"
#include "bench/measures.h"
#include "bench/requests.h"
#include "bench/server_process.h"
#include "bench/work.h"
#include "engine/store/journal_text.h"

// What a database of a million rows costs.

namespace bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

double seconds_since(SteadyClock::time_point begin) {
    return std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

/// Reads every row of the journal, parses its text and hashes it after the one before.
std::size_t read_parse_hash(const std::filesystem::path& file) {
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    SQLite::Statement query(database,
                            "select text, hash, root_id, instance_id, event, person from journal"
                            " order by root_id, position");
    std::size_t rows = 0;
    std::string root;
    std::string previous;
    while (query.executeStep()) {
        const auto column = [&](int place) { return query.getColumn(place).getString(); };
        if (column(2) != root) {
            root = column(2);
            previous = engine::machine::kFirstPreviousHash;
        }
        const std::string text =
            engine::store::plain_entry_text(column(0), {root, column(3), column(4), column(5)});
        const auto entry = nlohmann::json::parse(text);
        previous = engine::machine::chain_hash(previous, text);
        if (!entry.is_object() || previous != column(1)) {
            throw std::runtime_error("the database of the measure is not sound");
        }
        ++rows;
    }
    return rows;
}

struct LargeData {
    std::filesystem::path folder;
    std::string secret;
    engine::base::InstanceId instance;
};

/// A finished procedure, its messages sent, and copies of it until the journal is long enough.
LargeData make_large_data(Site& site, const Sizes& sizes) {
    LargeData data;
    data.folder = site.fresh("grande");
    std::size_t entries = 0;
    {
        LocalEngine local(site, data.folder, engine::base::SystemClock().now(), false);
        data.instance = finish_procedures(*local.engine, local.clock.now(), 1).front();
        send_all(*local.engine);
        entries = need(local.engine->queries().journal(data.instance, 0, 100)).size();
    }
    data.secret = add_officer(data.folder);
    clone_instance(data.folder / engine::kDatabaseName, data.instance,
                   sizes.journal_rows / entries);
    return data;
}

std::vector<Figure> measure_start(const Site& site, const LargeData& data, const Sizes& sizes) {
    const std::string request = get_request("/v1/procedure/" + data.instance.text, data.secret);
    std::vector<double> seconds;
    std::vector<double> megabytes;
    for (int i = 0; i < sizes.starts; ++i) {
        const auto begin = SteadyClock::now();
        const ServerProcess server(data.folder, site.workflows());
        const Answer answer = ask_once(server.port(), request);
        seconds.push_back(seconds_since(begin));
        if (answer.status != 200) {
            throw std::runtime_error("no answer after the start: " + answer.body);
        }
        megabytes.push_back(static_cast<double>(server.resident_bytes()) / 1e6);
    }
    return {{fmt::format("start to first answer, {} journal rows", sizes.journal_rows), "", "",
             median(seconds), Goal::at_most, 1, "s"},
            {"resident memory then", "", "", median(megabytes), Goal::at_most, 100, "MB"}};
}

Figure measure_verify(const LargeData& data, const Sizes& sizes) {
    const auto database = data.folder / engine::kDatabaseName;
    auto begin = SteadyClock::now();
    const std::size_t rows = read_parse_hash(database);
    const double floor = seconds_since(begin);
    const engine::base::SystemClock clock;
    const auto store = need(engine::open_store(data.folder, clock));
    begin = SteadyClock::now();
    const auto report = need(engine::verify(*store));
    const double ours = seconds_since(begin);
    if (report.entries != rows || !report.first_problem.empty()) {
        throw std::runtime_error("verify: " + report.first_problem);
    }
    return {fmt::format("verify of {} rows ÷ reading, parsing, hashing them", sizes.journal_rows),
            fmt::format("{:.1f} s", ours),
            fmt::format("{:.1f} s", floor),
            ours / floor,
            Goal::at_most,
            2,
            ""};
}

}  // namespace

std::vector<Figure> measure_large(Site& site, const Sizes& sizes) {
    const LargeData data = make_large_data(site, sizes);
    auto figures = measure_start(site, data, sizes);
    figures.push_back(measure_verify(data, sizes));
    return figures;
}

}  // namespace bench
