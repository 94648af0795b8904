// SPDX-License-Identifier: EUPL-1.2
#include "api/service/service.h"

#include <algorithm>

#include "engine/backup.h"

namespace api::service {
namespace {

using engine::base::fail;

/// A request that was whole just before a term ended may still be on its way to the queue, which
/// takes microseconds: the timer stays this far behind, so that no closing overtakes it.
constexpr std::int64_t kSettlingMs = 1000;
/// How often what is kept for a day only is looked for: a day is not exact to the second.
constexpr std::int64_t kPrunePeriodMs = 60'000;

}  // namespace

Service::Service(ServiceOptions options)
    : options_(std::move(options)), contents_(options_.data_folder / "contenuti") {}

Service::~Service() {
    stop();
}

Result<Desk> Service::open_desk() {
    auto queries = engine::open_queries(options_.data_folder, engine_->catalog(), options_.checks,
                                        options_.clock);
    if (!queries) {
        return fail(queries.error());
    }
    auto accounts = engine::open_accounts(options_.data_folder, options_.clock, options_.random);
    if (!accounts) {
        return fail(accounts.error());
    }
    return Desk{std::move(*queries), std::move(*accounts)};
}

Result<void> Service::open() {
    auto lock = engine::FolderLock::take(options_.data_folder);
    if (!lock) {
        return fail(lock.error());
    }
    lock_.emplace(std::move(*lock));
    note_last_backup();
    auto store = engine::open_store(options_.data_folder, options_.clock);
    if (!store) {
        return fail(store.error());
    }
    store_ = std::move(*store);
    auto engine = engine::Engine::start(
        {*store_, options_.catalog, options_.checks, contents_, options_.clock, options_.random});
    if (!engine) {
        return fail(engine.error());
    }
    engine_ = std::move(*engine);
    std::vector<Desk> desks;
    for (std::size_t i = 0; i < options_.readers; ++i) {
        auto desk = open_desk();
        if (!desk) {
            return fail(desk.error());
        }
        desks.push_back(std::move(*desk));
    }
    writer_desk_ = {
        engine::make_queries(*store_, engine_->catalog(), options_.checks, options_.clock),
        engine::make_accounts(*store_, options_.clock, options_.random)};
    readers_ = std::make_unique<Readers>(std::move(desks), options_.log);
    writer_ = std::make_unique<Writer>(*engine_, options_.log, options_.writer);
    if (options_.timer_period.count() > 0) {
        open_postman();
        timer_ = std::make_unique<Timer>(options_.timer_period, [this] { upkeep(); });
    }
    return {};
}

Result<std::unique_ptr<Service>> Service::start(ServiceOptions options) {
    std::unique_ptr<Service> service(new Service(std::move(options)));
    if (auto opened = service->open(); !opened) {
        return fail(opened.error());
    }
    return service;
}

void Service::upkeep() {
    if (!is_upkeep_waiting_.exchange(true) && !writer_->post([this] { run_upkeep(); })) {
        is_upkeep_waiting_ = false;  // full or stopping: the next tick tries again
    }
}

void Service::note_failure(const char* event, const engine::base::Error& error) {
    ++upkeep_failures_;
    options_.log.error(event, {{"code", engine::base::error_code_name(error.code)}});
    writer_->storage().note(error);
}

/// A disk that has refused is asked again, once each turn: with a page of its own, so that nobody's
/// act is the trial.
bool Service::can_write() {
    StorageHealth& storage = writer_->storage();
    if (storage.state() == StorageState::refusing) {
        const auto probed = engine::probe_store(options_.data_folder);
        if (probed) {
            storage.note_written();
        } else {
            storage.note(probed.error());
        }
    }
    return storage.state() == StorageState::well;
}

/// Up to the instant of the oldest act that waits: it came before what ends later.
bool Service::fire_deadlines() {
    const Instant settled{options_.clock.now().utc_ms - kSettlingMs};
    const Instant until = std::min(settled, writer_->oldest_waiting().value_or(settled));
    const auto run = engine_->run_due_until(until);
    if (!run) {
        note_failure("deadlines_failed", run.error());
        return true;
    }
    deadlines_fired_ += run->fired;
    if (run->fired > 0) {
        options_.log.info("deadlines_fired", {{"count", run->fired}});
    }
    return run->is_finished;
}

void Service::catch_up() {
    while (!fire_deadlines()) {
    }
}

/// Delivered beside the writer; what came of it is written by the writer. A load that cannot be
/// recorded (the queue is full, the program stops) is delivered again when its lease is over: who
/// has a message already does not take it twice.
void Service::open_postman() {
    Postman::Calls calls;
    calls.deliver = [this](engine::Parcel& parcel) { engine_->deliver(parcel, options_.courier); };
    calls.done = [this](Postman::Parcels parcels) {
        const auto shared = std::make_shared<const Postman::Parcels>(std::move(parcels));
        if (!writer_->post([this, shared] { record_messages(*shared); })) {
            options_.log.warning("messages_not_recorded", {{"count", shared->size()}});
        }
    };
    calls.is_busy = [this, before = std::uint64_t{0}]() mutable {
        const std::uint64_t now = writer_->count().batches;
        return std::exchange(before, now) != now;
    };
    postman_ = std::make_unique<Postman>(std::move(calls));
}

void Service::send_messages() {
    if (!postman_) {
        note_messages(engine_->run_outbox(options_.courier));
        return;
    }
    if (!postman_->is_free()) {
        return;
    }
    auto parcels = engine_->take_outbox();
    if (!parcels) {
        note_failure("outbox_failed", parcels.error());
    } else if (!parcels->empty()) {
        postman_->take(std::move(*parcels));
    }
}

/// More may wait, and need not wait for the timer while all goes well.
void Service::record_messages(const Postman::Parcels& parcels) {
    const auto run = engine_->record_outbox(parcels);
    note_messages(run);
    if (run && run->failed == 0 && can_write() && !is_stopping_) {
        send_messages();
    }
}

void Service::note_messages(const Result<engine::DispatcherRun>& run) {
    if (!run) {
        note_failure("outbox_failed", run.error());
        return;
    }
    messages_sent_ += run->sent;
    messages_failed_ += run->failed;
    if (run->sent + run->failed > 0) {
        options_.log.info("messages_handed_over", {{"sent", run->sent}, {"failed", run->failed}});
    }
}

void Service::prune() {
    const Instant now = options_.clock.now();
    if (now.utc_ms < pruned_at_.utc_ms + kPrunePeriodMs) {
        return;
    }
    pruned_at_ = now;
    if (const auto run = engine_->prune(); !run) {
        note_failure("prune_failed", run.error());
    }
}

void Service::run_upkeep() {
    is_upkeep_waiting_ = false;
    note_last_backup();
    // Each only if the one before has not found the disk refusing.
    if (can_write()) {
        fire_deadlines();
    }
    if (can_write()) {
        send_messages();
    }
    if (can_write()) {
        prune();
    }
}

/// Another program takes backups: what it has left written is looked at now and then.
void Service::note_last_backup() {
    last_backup_ms_ = engine::find_last_backup(options_.data_folder).value_or(Instant{}).utc_ms;
}

ServiceState Service::state() const {
    ServiceState state;
    state.is_stopping = is_stopping_;
    state.storage = writer_->storage().state();
    state.acts_waiting = writer_->waiting();
    state.acts_at_most = writer_->max_waiting();
    state.reads_waiting = readers_->waiting();
    state.count = writer_->count();
    state.deadlines_fired = deadlines_fired_;
    state.messages_sent = messages_sent_;
    state.messages_failed = messages_failed_;
    state.upkeep_failures = upkeep_failures_;
    if (last_backup_ms_ != 0) {
        state.last_backup = Instant{last_backup_ms_};
    }
    std::error_code error;
    const auto space = std::filesystem::space(options_.data_folder, error);
    if (!error) {
        state.disk_free = space.available;
    }
    return state;
}

void Service::stop() {
    is_stopping_ = true;
    // The timer first, so that nothing new comes; then what people have asked for.
    if (timer_) {
        timer_->stop();
    }
    if (postman_) {
        postman_->stop();
    }
    if (writer_) {
        writer_->stop();
    }
    if (readers_) {
        readers_->stop();
    }
}

}  // namespace api::service
