// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <stdexcept>

#include "bench/clone.h"
#include "bench/measures.h"
#include "bench/requests.h"
#include "bench/server_process.h"
#include "bench/work.h"

namespace bench {
namespace {

/// Reads the list from its first page on; from the last, the first again.
class Reader final : public Conversation {
  public:
    explicit Reader(std::string secret) : secret_(std::move(secret)) {}

    std::string next(const Answer* last) override {
        std::string path = "/v1/compiti?limite=50";
        constexpr std::string_view kNext = R"("successiva":")";
        const std::size_t at = last == nullptr ? std::string::npos : last->body.find(kNext);
        if (at != std::string::npos) {
            const std::size_t begin = at + kNext.size();
            path = last->body.substr(begin, last->body.find('"', begin) - begin);
        }
        return get_request(path, secret_);
    }

  private:
    std::string secret_;
};

/// As many instances with a task each, and tasks until there are so many.
struct TaskData {
    TaskData(Site& site, std::size_t instances, std::size_t tasks) : folder(site.fresh("compiti")) {
        engine::base::InstanceId first;
        {
            LocalEngine local(site, folder, engine::base::SystemClock().now(), false);
            first = open_instances(*local.engine, local.clock.now(), "fascicolo", 1).front();
        }
        const auto database = folder / engine::kDatabaseName;
        clone_instance(database, first, instances - 1);
        if (tasks > instances) {
            clone_tasks(database, tasks / instances - 1);
        }
        secret = add_officer(folder);
    }

    std::filesystem::path folder;
    std::string secret;
};

LoadResult read_pages(const ServerProcess& server, const std::string& secret, LoadTimes times) {
    Conversations one;
    one.push_back(std::make_unique<Reader>(secret));
    auto result = run_load(server.port(), one, times);
    if (result.failures > 0) {
        throw std::runtime_error("a page of tasks: " + result.first_failure);
    }
    return result;
}

}  // namespace

std::vector<Figure> measure_pages(Site& site, const Sizes& sizes) {
    const TaskData few(site, sizes.few_tasks, sizes.few_tasks);
    const TaskData many(site, sizes.few_tasks, sizes.many_tasks);
    const ServerProcess of_few(few.folder, site.workflows());
    const ServerProcess of_many(many.folder, site.workflows());
    std::vector<double> few_p50;
    std::vector<double> many_p50;
    std::vector<double> middle;
    std::vector<double> tail;
    for (int round = 0; round < sizes.rounds; ++round) {
        const LoadTimes times{sizes.warm_up, sizes.load};
        const auto short_list = read_pages(of_few, few.secret, times).latencies;
        const auto long_list = read_pages(of_many, many.secret, times).latencies;
        few_p50.push_back(short_list.quantile(0.5));
        many_p50.push_back(long_list.quantile(0.5));
        middle.push_back(many_p50.back() / few_p50.back());
        tail.push_back(long_list.quantile(0.99) / short_list.quantile(0.99));
    }
    const auto time = [](const std::vector<double>& microseconds) {
        return fmt::format("{:.2f} ms", median(microseconds) / 1000);
    };
    const std::string name =
        fmt::format("a page of /v1/compiti, {} tasks ÷ {}", sizes.many_tasks, sizes.few_tasks);
    return {{name + ", p50", time(many_p50), time(few_p50), median(middle), Goal::at_most, 2, ""},
            {name + ", p99", "", "", median(tail), Goal::at_most, 2, ""}};
}

}  // namespace bench
