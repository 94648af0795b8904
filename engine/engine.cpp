// SPDX-License-Identifier: EUPL-1.2
#include "engine/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "engine/definition/parse.h"
#include "engine/definition/walk.h"
#include "engine/runtime/dispatcher.h"
#include "engine/runtime/due_deadlines.h"
#include "engine/runtime/executor.h"
#include "engine/store/guarded.h"

namespace engine {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using machine::Command;
using store::bug;
using store::guarded;

/// A row that the database refuses is the fault of one command; a full disk or a damaged file is
/// everybody's, and nothing of the batch can be kept.
const base::Error& of_one_item(const store::StoreFailure& failure) {
    if (failure.error().code != ErrorCode::internal) {
        throw failure;
    }
    return failure.error();
}

/// How long an answer is kept for who asks again: a client that was cut off retries within the
/// hour, one that was off for the night in the morning.
constexpr std::int64_t kKeptMs = 24LL * 60 * 60 * 1000;
/// Deadlines in one item of a batch: what can be undone is kept until the item ends, in memory, and
/// grows with each of them.
constexpr std::size_t kFiresPerItem = 50;
/// Rows of a kind deleted at once: a transaction of a few milliseconds.
constexpr std::size_t kMaxPrunedPerRun = 1000;

std::vector<store::StoredDefinition> load_definitions(store::Reader& reader) {
    return store::read_from(reader, [](store::ReadUnit& unit) { return unit.load_definitions(); });
}

class EngineOnStore final : public Engine {
  public:
    explicit EngineOnStore(EngineParts parts)
        : parts_(std::move(parts)),
          queries_(make_queries(parts_.store, parts_.catalog, parts_.checks, parts_.clock)) {}

    Result<void> take_over();

    Result<Outcome> execute(const Command& command) override {
        return std::move(execute_all({&command, 1}).front());
    }
    std::vector<Result<Outcome>> execute_all(std::span<const Command> commands) override;
    Result<SchedulerRun> run_due() override { return run_due_until(parts_.clock.now()); }
    Result<SchedulerRun> run_due_until(base::Instant until) override;
    Result<DispatcherRun> run_outbox(documents::Courier& courier) override;
    Result<std::vector<Parcel>> take_outbox() override {
        return guarded([&]() -> Result<std::vector<Parcel>> {
            return runtime::take_parcels(parts_.store, runtime_parts());
        });
    }
    void deliver(Parcel& parcel, documents::Courier& courier) override {
        runtime::deliver(parcel, parts_.contents, courier);
    }
    Result<DispatcherRun> record_outbox(std::span<const Parcel> parcels) override {
        return guarded([&]() -> Result<DispatcherRun> {
            return runtime::record_parcels(parts_.store, runtime_parts(), parcels);
        });
    }
    Result<ErasureReport> erase(const ErasureRequest& request) override {
        return guarded([&]() -> Result<ErasureReport> {
            const auto execute = [this](std::span<const Command> commands) {
                return execute_all(commands);
            };
            return runtime::erase(
                {parts_.store, parts_.contents, parts_.catalog, parts_.clock, execute}, request);
        });
    }
    Result<PruneRun> prune() override;
    Queries& queries() override { return *queries_; }
    const definition::Catalog& catalog() const override { return parts_.catalog; }

  private:
    runtime::RuntimeParts runtime_parts() const {
        return {parts_.catalog, parts_.checks, parts_.clock, parts_.random};
    }
    Result<void> keep_catalog();
    Result<void> load_stored();
    Result<void> check_predicates() const;
    Result<Outcome> execute_in(store::UnitOfWork& unit, const Command& command);
    void add_work(std::vector<store::Work>& batch, const Command& command, Result<Outcome>& answer);

    EngineParts parts_;
    std::unique_ptr<Queries> queries_;
};

/// Writes only what the store does not have yet: starting up is mostly reading.
Result<void> EngineOnStore::keep_catalog() {
    std::set<std::string> kept;
    for (const auto& stored : load_definitions(parts_.store)) {
        kept.insert(stored.sha256);
    }
    std::vector<store::StoredDefinition> missing;
    for (const auto& definition : parts_.catalog.definitions()) {
        missing.push_back({definition->sha256, "machine", definition::definition_name(*definition),
                           definition->text});
    }
    for (const auto& initiative : parts_.catalog.initiatives()) {
        missing.push_back({initiative->sha256, "initiative", initiative->id, initiative->text});
    }
    for (const auto& definition : missing) {
        if (kept.contains(definition.sha256)) {
            continue;
        }
        if (auto saved = parts_.store.save_definition(definition); !saved) {
            return saved;
        }
    }
    return {};
}

Result<void> EngineOnStore::load_stored() {
    const definition::FileReader no_files = [](std::string_view) -> Result<std::string> {
        return fail(ErrorCode::storage_corrupt, "Una definizione conservata non è completa.");
    };
    for (const auto& stored : load_definitions(parts_.store)) {
        if (parts_.catalog.find_by_hash(stored.sha256) ||
            parts_.catalog.find_initiative_by_hash(stored.sha256)) {
            continue;
        }
        if (stored.kind == "initiative") {
            auto initiative = definition::parse_initiative(stored.text);
            if (!initiative) {
                return fail(initiative.error());
            }
            parts_.catalog.add_stored(*initiative);
            continue;
        }
        auto parsed = definition::parse_definition(stored.text, no_files);
        if (!parsed) {
            return fail(parsed.error());
        }
        parts_.catalog.add_stored(*parsed);
    }
    return {};
}

/// A stored definition that names a check which is gone cannot be run as it was published.
Result<void> EngineOnStore::check_predicates() const {
    for (const auto& definition : parts_.catalog.every_definition()) {
        for (const auto& call : definition::find_checks(*definition)) {
            if (parts_.checks.find(call.name, call.version) == nullptr) {
                return fail(
                    ErrorCode::invalid_input,
                    fmt::format("{} usa il controllo «{}@{}», che questo programma non ha "
                                "più.",
                                definition::definition_name(*definition), call.name, call.version));
            }
        }
        for (const auto& call : definition::find_computations(*definition)) {
            if (parts_.checks.find_computation(call.name, call.version) == nullptr) {
                return fail(
                    ErrorCode::invalid_input,
                    fmt::format("{} usa il calcolo «{}@{}», che questo programma non ha "
                                "più.",
                                definition::definition_name(*definition), call.name, call.version));
            }
        }
    }
    return {};
}

Result<DispatcherRun> EngineOnStore::run_outbox(documents::Courier& courier) {
    auto parcels = take_outbox();
    if (!parcels) {
        return fail(parcels.error());
    }
    for (Parcel& parcel : *parcels) {
        deliver(parcel, courier);
    }
    return record_outbox(*parcels);
}

Result<void> EngineOnStore::take_over() {
    return guarded([&]() -> Result<void> {
        if (auto kept = keep_catalog(); !kept) {
            return kept;
        }
        if (auto loaded = load_stored(); !loaded) {
            return loaded;
        }
        return check_predicates();
    });
}

Result<Outcome> EngineOnStore::execute_in(store::UnitOfWork& unit, const Command& command) {
    auto earlier = runtime::find_earlier_outcome(unit, command);
    if (!earlier) {
        return fail(earlier.error());
    }
    if (*earlier) {
        return std::move(**earlier);
    }
    const auto parts = runtime_parts();
    auto outcome = runtime::execute_command(unit, parts, command);
    if (outcome) {
        runtime::save_outcome(unit, command, *outcome, parts_.clock.now());
    }
    return outcome;
}

/// Two items a command: what the clock has already decided stays, even when the act is refused.
void EngineOnStore::add_work(std::vector<store::Work>& batch, const Command& command,
                             Result<Outcome>& answer) {
    batch.emplace_back([this, &command, &answer](store::UnitOfWork& unit) {
        try {
            auto fired =
                runtime::fire_tree(unit, runtime_parts(), command.instance, command.received_at);
            if (!fired) {
                answer = fail(fired.error());
            } else if (*fired == runtime::kMaxFiresPerRun) {
                // What has fired stays; the act comes after the rest of the backlog.
                answer =
                    fail(ErrorCode::busy,
                         "Ci sono molte scadenze arretrate da registrare: riprovare tra poco.");
            }
            return fired.has_value();
        } catch (const store::StoreFailure& failure) {
            answer = fail(of_one_item(failure));
            return false;
        } catch (const std::exception& exception) {
            answer = fail(bug(exception));
            return false;
        }
    });
    batch.emplace_back([this, &command, &answer](store::UnitOfWork& unit) {
        if (!answer) {
            return false;
        }
        try {
            answer = execute_in(unit, command);
        } catch (const store::StoreFailure& failure) {
            answer = fail(of_one_item(failure));
        } catch (const std::exception& exception) {
            answer = fail(bug(exception));
        }
        return answer.has_value();
    });
}

std::vector<Result<Outcome>> EngineOnStore::execute_all(std::span<const Command> commands) {
    std::vector<Result<Outcome>> answers(commands.size(), Result<Outcome>(Outcome{}));
    // In the order of receipt, whatever the queue did: no closing overtakes an act that came
    // before.
    std::vector<std::size_t> order(commands.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return commands[a].received_at < commands[b].received_at;
    });
    std::vector<store::Work> batch;
    for (const std::size_t index : order) {
        add_work(batch, commands[index], answers[index]);
    }
    try {
        parts_.store.commit(batch);
    } catch (const store::StoreFailure& failure) {
        answers.assign(commands.size(), Result<Outcome>(fail(failure.error())));
    } catch (const std::exception& exception) {
        answers.assign(commands.size(), Result<Outcome>(fail(bug(exception))));
    }
    return answers;
}

Result<SchedulerRun> EngineOnStore::run_due_until(base::Instant until) {
    return guarded([&]() -> Result<SchedulerRun> {
        const base::Instant end = std::min(until, parts_.clock.now());
        Result<SchedulerRun> run = SchedulerRun{0, false};
        const store::Work fire_some = [&](store::UnitOfWork& unit) {
            if (!run || run->is_finished) {
                return true;
            }
            const auto some = runtime::fire_all(unit, runtime_parts(), end, kFiresPerItem);
            if (!some) {
                run = fail(some.error());
                return false;
            }
            run->fired += some->fired;
            run->is_finished = some->is_finished;
            return true;
        };
        parts_.store.commit(
            std::vector<store::Work>(runtime::kMaxFiresPerRun / kFiresPerItem, fire_some));
        return run;
    });
}

Result<PruneRun> EngineOnStore::prune() {
    return guarded([&]() -> Result<PruneRun> {
        const base::Instant before{parts_.clock.now().utc_ms - kKeptMs};
        const std::size_t pruned = parts_.store.prune(before, kMaxPrunedPerRun);
        return PruneRun{pruned, pruned < kMaxPrunedPerRun};
    });
}

}  // namespace

Result<std::unique_ptr<Engine>> Engine::start(EngineParts parts) {
    auto engine = std::make_unique<EngineOnStore>(std::move(parts));
    if (auto taken = engine->take_over(); !taken) {
        return fail(taken.error());
    }
    return std::unique_ptr<Engine>(std::move(engine));
}

}  // namespace engine
