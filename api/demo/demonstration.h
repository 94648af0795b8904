// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "api/demo/demo_clock.h"
#include "api/program.h"
#include "api/service/folder_courier.h"
#include "engine/calendar/legal_date.h"

namespace api::demo {

/// How a demonstration is made. The references outlive it.
struct DemonstrationOptions {
    std::filesystem::path folder;  ///< without a database; for nothing else than these data
    std::optional<engine::calendar::LegalDate> today;  ///< absent: the real day
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: one that is free
    bool stops_on_signals = false;
    const engine::machine::CheckLibrary& checks;
    const engine::base::Clock& clock;
    engine::base::Random& random;  ///< used from several threads
    engine::base::Log& log;
    std::chrono::milliseconds timer_period = service::Timer::kPeriod;
};

/// The real program on invented data, with a calendar that the visitor moves, one-click roles and a
/// way back to the beginning. Messages are laid in the folder: none leaves.
class Demonstration {
  public:
    /// Plays the story and listens; nobody is served before run().
    /// Errors: those of play_demo, Site::make and Program::start.
    static engine::base::Result<std::unique_ptr<Demonstration>> start(DemonstrationOptions options);
    Demonstration(const Demonstration&) = delete;
    Demonstration& operator=(const Demonstration&) = delete;

    /// As Program::run. Once.
    void run() { program_->run(); }
    /// Threads: any.
    void stop() { program_->stop(); }
    std::uint16_t port() const { return program_->port(); }
    const DemoClock& clock() const { return clock_; }

  private:
    explicit Demonstration(DemonstrationOptions options);
    engine::base::Result<void> open();
    /// The story played as of a day, kept as it was at the end: whoever begins again gets a copy.
    struct Beginning {
        engine::calendar::LegalDate today;
        engine::definition::Catalog catalog;
        std::filesystem::path folder;
    };

    /// Plays the story when that of this day is not at hand.
    engine::base::Result<void> play_beginning(engine::calendar::LegalDate today);
    engine::base::Result<void> copy_beginning(const std::filesystem::path& folder) const;
    engine::calendar::LegalDate real_day() const;
    void set_clock(engine::calendar::LegalDate today);
    engine::base::Result<void> move_clock(std::int64_t days, service::Service& service);
    engine::base::Result<void> begin_again();

    DemonstrationOptions options_;
    DemoClock clock_;
    service::FolderCourier courier_;
    std::optional<Beginning> beginning_;  ///< the writer's thread only, once open
    int copies_ = 1;                      ///< the same
    std::unique_ptr<Program> program_;
};

}  // namespace api::demo
