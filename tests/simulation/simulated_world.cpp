// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/simulated_world.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <stdexcept>

#include "engine/base/ensure.h"
#include "engine/base/sha256.h"

namespace tests::simulation {

using engine::base::ErrorCode;
using engine::base::Instant;
using engine::base::Result;

/// Takes messages in the mood it is told.
class SimulatedWorld::WalkCourier final : public engine::documents::Courier {
  public:
    WalkCourier(SimulatedWorld& world, CourierMood mood) : world_(world), mood_(mood) {}

    Result<void> deliver(const engine::documents::Envelope& envelope) override {
        if (mood_ == CourierMood::busy) {
            return engine::base::fail(ErrorCode::busy, "Il corriere è occupato.");
        }
        if (mood_ == CourierMood::refusing) {
            return engine::base::fail(ErrorCode::invalid_input, "Indirizzo sconosciuto.");
        }
        if (taken_ && mood_ == CourierMood::throwing) {
            throw std::runtime_error("the courier broke down");
        }
        if (!taken_ && mood_ == CourierMood::crashing) {
            world_.copy_files(world_.folder_.path() / fmt::format("copia{}", world_.copies_ + 1));
        }
        taken_ = true;
        ++world_.deliveries[envelope.id.text];
        return {};
    }
    bool has_taken() const { return taken_; }

  private:
    SimulatedWorld& world_;
    CourierMood mood_;
    bool taken_ = false;
};

SimulatedWorld::SimulatedWorld(const WorldParts& parts)
    : parts_(parts),
      data_(folder_.path() / "dati"),
      clock_(parts.start),
      random_(parts.seed),
      contents_(folder_.path() / "contenuti") {
    // The files of the documents that actors add.
    for (const char* bytes : {"a", "b", "c"}) {
        engine::base::ensure(contents_.put(bytes).has_value(), "a new folder takes a file");
    }
    if (!parts.data_folder.empty()) {
        std::filesystem::copy(parts.data_folder, data_, std::filesystem::copy_options::recursive);
        if (std::filesystem::exists(data_ / "contenuti")) {
            std::filesystem::copy(data_ / "contenuti", folder_.path() / "contenuti",
                                  std::filesystem::copy_options::recursive);
        }
    }
    open();
}

void SimulatedWorld::open() {
    auto store = engine::open_store(data_, clock_);
    engine::base::ensure(store.has_value(), "the walk's database opens");
    store_ = std::move(*store);
    auto engine =
        engine::Engine::start({*store_, parts_.catalog, parts_.checks, contents_, clock_, random_});
    engine::base::ensure(engine.has_value(), "the walk's engine starts");
    engine_ = std::move(*engine);
}

void SimulatedWorld::reopen() {
    engine_.reset();
    store_.reset();
    open();
}

void SimulatedWorld::copy_files(const std::filesystem::path& to) const {
    std::filesystem::create_directories(to);
    for (const char* name : {"coprog.db", "coprog.db-wal"}) {
        if (std::filesystem::exists(data_ / name)) {
            std::filesystem::copy_file(data_ / name, to / name);
        }
    }
}

void SimulatedWorld::crash() {
    const auto copy = folder_.path() / fmt::format("copia{}", ++copies_);
    if (!std::filesystem::exists(copy)) {
        copy_files(copy);
    }
    engine_.reset();
    store_.reset();
    std::filesystem::remove_all(data_);
    data_ = copy;
    open();
}

void SimulatedWorld::run_outbox(CourierMood mood) {
    WalkCourier courier(*this, mood);
    const auto run = engine_->run_outbox(courier);
    engine::base::ensure(run.has_value() || mood == CourierMood::throwing,
                         "only a broken courier stops the dispatcher");
    if (mood == CourierMood::crashing && courier.has_taken()) {
        crash();
    }
}

void SimulatedWorld::run_all_due() {
    while (true) {
        const auto run = engine_->run_due();
        engine::base::ensure(run.has_value(), "the timer never fails");
        if (run->is_finished) {
            return;
        }
    }
}

void SimulatedWorld::move_on_time(Instant until) {
    while (true) {
        const auto next = engine_->queries().next_bound();
        if (!next || !*next || **next > until) {
            break;
        }
        if (**next > clock_.now()) {
            clock_.move_to(**next);
        }
        run_all_due();
    }
    clock_.move_to(until);
}

std::vector<Result<engine::Outcome>> SimulatedWorld::perform(const Step& step) {
    switch (step.kind) {
        case StepKind::move_clock: clock_.move_to(std::max(step.until, clock_.now())); break;
        case StepKind::run_due: run_all_due(); break;
        case StepKind::run_outbox: run_outbox(step.mood); break;
        case StepKind::reopen: reopen(); break;
        case StepKind::crash: crash(); break;
        case StepKind::commands: return engine_->execute_all(step.commands);
    }
    return {};
}

std::string SimulatedWorld::fingerprint() const {
    const SQLite::Database database((data_ / "coprog.db").string(), SQLite::OPEN_READONLY);
    std::string all;
    for (const char* table :
         {"instance", "deadline", "task", "document", "field_value", "registration",
          "register_counter", "silence", "journal", "outbox", "idempotency"}) {
        SQLite::Statement query(database, fmt::format("select * from {} order by 1, 2, 3", table));
        while (query.executeStep()) {
            for (int column = 0; column < query.getColumnCount(); ++column) {
                all += query.getColumn(column).getString();
                all += '\x1f';
            }
        }
    }
    return engine::base::sha256_hex(all);
}

}  // namespace tests::simulation
