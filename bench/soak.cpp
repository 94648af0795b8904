// SPDX-License-Identifier: EUPL-1.2
#include "bench/soak.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "api/cli/workflow_files.h"
#include "api/program.h"
#include "api/routes/routes.h"
#include "bench/requests.h"
#include "bench/work.h"
#include "engine/calendar/local_time.h"

namespace bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// Six days a second: ten minutes are ten years.
constexpr std::int64_t kFaster = 6LL * 86'400;
/// An officer's acts are a part of what is asked: the rest reads.
constexpr std::size_t kReaders = 6;
constexpr api::access::RateLimit kNoLimit{1'000'000, 1'000'000};
constexpr double kMegabyte = 1e6;
constexpr double kMicroseconds = 1000;  // in a millisecond

/// The machine's clock, hurried.
class FastClock final : public engine::base::Clock {
  public:
    engine::base::Instant now() const override {
        const auto gone =
            std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - begun_);
        return {start_.utc_ms + gone.count() * kFaster};
    }

  private:
    engine::base::Instant start_ = engine::base::SystemClock().now();
    SteadyClock::time_point begun_ = SteadyClock::now();
};

/// Opens procedures, carries them on, and opens terms that end by themselves.
class BusyOfficer final : public Conversation {
  public:
    BusyOfficer(std::string secret, std::string name)
        : secret_(secret), work_(secret, name), name_(std::move(name)) {}

    std::string next(const Answer* last) override {
        ++turn_;
        if (turn_ % kTermEvery == 0) {
            return post_request("/v1/procedure", secret_, fmt::format("{}-t{}", name_, turn_), "",
                                R"({"famiglia":"misura","macchina":"termine"})");
        }
        const bool is_after_term = turn_ % kTermEvery == 1 && turn_ > 1;
        return work_.next(is_after_term ? nullptr : last);
    }

  private:
    static constexpr std::size_t kTermEvery = 9;  // after two procedures of four acts each

    std::string secret_;
    OfficerAtWork work_;
    std::string name_;
    std::size_t turn_ = 0;
};

/// Without the times of its answers: a hundred thousand of each interval would be the growth that
/// is looked for.
struct Interval {
    double per_second = 0;
    double p50 = 0;       ///< ms
    double p99 = 0;       ///< ms
    double resident = 0;  ///< MB
    std::size_t handles = 0;
    double database = 0;  ///< MB
    double log = 0;       ///< MB
};

double file_megabytes(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    return error ? 0 : static_cast<double>(size) / kMegabyte;
}

double resident_megabytes() {
    std::ifstream file("/proc/self/statm");
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    file >> size >> resident;
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / kMegabyte;
}

std::size_t open_handles() {
    const std::filesystem::directory_iterator files("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

/// The server and those who ask it.
class Soak {
  public:
    Soak(Site& site, std::filesystem::path data)
        : data_(std::move(data)), log_(clock_, [](std::string_view) {}) {
        const auto secrets = add_officers(data_, kReaders + 1);
        api::ProgramOptions options{.service = {.data_folder = data_,
                                                .catalog = site.catalog(),
                                                .checks = api::cli::workflow_checks(),
                                                .clock = clock_,
                                                .random = random_,
                                                .log = log_,
                                                .courier = nobody_},
                                    .routes = api::routes::api_routes()};
        options.router.rate = kNoLimit;
        program_ = need(api::Program::start(std::move(options)));
        thread_ = std::thread([this] { program_->run(); });
        people_.push_back(std::make_unique<BusyOfficer>(secrets.front(), "anni"));
        for (std::size_t i = 1; i <= kReaders; ++i) {
            people_.push_back(std::make_unique<SameQuestion>(get_request(
                i % 2 == 0 ? "/v1/compiti?limite=50" : "/v1/termini?limite=50", secrets[i])));
        }
    }
    ~Soak() {
        program_->stop();
        thread_.join();
    }

    Interval run(std::chrono::milliseconds time) {
        Interval interval;
        {
            const auto load =
                run_load(program_->port(), people_, {std::chrono::milliseconds{0}, time});
            if (load.failures > 0) {
                throw std::runtime_error("a refusal: " + load.first_failure);
            }
            interval.per_second = load.per_second();
            interval.p50 = load.latencies.quantile(0.5) / kMicroseconds;
            interval.p99 = load.latencies.quantile(0.99) / kMicroseconds;
        }
        interval.resident = resident_megabytes();
        interval.handles = open_handles();
        interval.database = file_megabytes(data_ / engine::kDatabaseName);
        interval.log = file_megabytes(data_ / (std::string(engine::kDatabaseName) + "-wal"));
        return interval;
    }
    api::service::ServiceState state() { return program_->service().state(); }
    engine::base::Instant now() const { return clock_.now(); }

  private:
    std::filesystem::path data_;
    FastClock clock_;
    engine::base::SystemRandom random_;
    engine::base::Log log_;
    Nobody nobody_;
    std::unique_ptr<api::Program> program_;
    std::thread thread_;
    Conversations people_;
};

void print(std::ostream& out, Soak& running, const Interval& one) {
    const auto state = running.state();
    out << fmt::format(
               "| {} | {:.0f} | {:.2f} | {:.2f} | {:.1f} | {} | {:.1f} | {:.1f} | {} | {} | {} |\n",
               engine::calendar::render_instant(running.now()).substr(0, 10), one.per_second,
               one.p50, one.p99, one.resident, one.handles, one.database, one.log,
               state.count.carried_out, state.deadlines_fired, state.messages_sent)
        << std::flush;
}

/// What `take` gives of the end, over what it gives of the first third's end, when all was warm.
template <class Take>
double growth(const std::vector<Interval>& all, Take take) {
    return take(all.back()) / std::max(take(all[all.size() / 3]), 1e-9);
}

/// A tenth more memory, and half more time: a machine has noise, a leak has no end.
bool is_flat(const std::vector<Interval>& all) {
    const auto resident = growth(all, [](const Interval& one) { return one.resident; });
    const auto handles =
        growth(all, [](const Interval& one) { return static_cast<double>(one.handles); });
    const auto latency = growth(all, [](const Interval& one) { return one.p50; });
    return resident <= 1.1 && handles <= 1.1 && latency <= 1.5;
}

}  // namespace

bool soak(Site& site, SoakTimes times, std::ostream& out) {
    Soak running(site, site.fresh("anni"));
    out << "| day there | answers/s | p50 ms | p99 ms | memory MB | handles | database MB | log MB "
           "|"
           " acts | deadlines | messages |\n|---|---|---|---|---|---|---|---|---|---|---|\n";
    std::vector<Interval> all;
    const auto until = SteadyClock::now() + times.all;
    while (SteadyClock::now() < until) {
        all.push_back(running.run(times.interval));
        print(out, running, all.back());
    }
    const bool flat = is_flat(all);
    out << (flat ? "flat\n" : "not flat\n") << std::flush;
    return flat;
}

}  // namespace bench
