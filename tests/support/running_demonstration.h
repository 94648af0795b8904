// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <stdexcept>
#include <thread>

#include "api/cli/workflow_files.h"
#include "api/demo/demonstration.h"
#include "tests/support/shared_clock.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/world.h"

namespace tests {

/// The whole demonstration on a socket of this machine, with all that its story made, on a day that
/// stands. Playing the story takes seconds under the sanitizers: one for all tests of a suite.
struct RunningDemonstration {
    TemporaryFolder folder;
    SharedClock clock{at("2026-11-22T10:00")};
    engine::base::SystemRandom random;
    engine::base::Log log{clock, [](std::string_view) {}};
    std::unique_ptr<api::demo::Demonstration> demonstration;
    std::thread thread;

    RunningDemonstration() {
        auto started = api::demo::Demonstration::start({.folder = folder.path(),
                                                        .today = std::nullopt,
                                                        .checks = api::cli::workflow_checks(),
                                                        .clock = clock,
                                                        .random = random,
                                                        .log = log});
        if (!started) {
            throw std::runtime_error(started.error().message_it);
        }
        demonstration = std::move(*started);
        thread = std::thread([this] { demonstration->run(); });
    }
    ~RunningDemonstration() {
        demonstration->stop();
        thread.join();
    }
};

}  // namespace tests
