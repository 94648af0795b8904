// SPDX-License-Identifier: EUPL-1.2
// What to do with a walk once it is done: shorten a failed one, compare two timers, report.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/simulation/simulation.h"
#include "tests/support/source_dir.h"
#include "tests/support/store_reads.h"

namespace tests::simulation {
namespace {

/// Replays spent on making a failure shorter.
constexpr int kMostReplays = 150;
constexpr std::size_t kMostEntries = 100000;

/// The journals without the moment of writing, which is the timer's own.
std::vector<std::string> read_lines(SimulatedWorld& world) {
    std::vector<std::string> lines;
    for (const auto& root : roots_of(world.store())) {
        const auto entries = world.engine().queries().journal(root, 0, kMostEntries);
        for (auto entry : *entries) {
            entry.recorded_at = entry.received_at;
            lines.push_back(engine::machine::render_entry(entry));
        }
    }
    return lines;
}

}  // namespace

std::vector<Step> shrink(const Walk& walk, std::vector<Step> steps) {
    int replays = 0;
    for (std::size_t size = std::max<std::size_t>(steps.size() / 2, 1); size > 0; size /= 2) {
        for (std::size_t at = 0; at < steps.size() && replays < kMostReplays;) {
            std::vector<Step> fewer = steps;
            const auto first = fewer.begin() + static_cast<std::ptrdiff_t>(at);
            fewer.erase(first,
                        first + static_cast<std::ptrdiff_t>(std::min(size, fewer.size() - at)));
            ++replays;
            if (!replay(walk, fewer).problem.empty()) {
                steps = std::move(fewer);
            } else {
                at += size;
            }
        }
    }
    return steps;
}

std::string compare_timers(const Walk& walk) {
    const WalkResult chosen = run_walk(walk);
    if (!chosen.problem.empty()) {
        return chosen.problem;
    }
    SimulatedWorld late(walk.parts);
    SimulatedWorld on_time(walk.parts);
    for (const Step& step : chosen.steps) {
        static_cast<void>(late.perform(step));
        if (step.kind == StepKind::move_clock) {
            on_time.move_on_time(step.until);
        } else {
            static_cast<void>(on_time.perform(step));
        }
    }
    late.run_all_due();
    on_time.run_all_due();
    const auto late_lines = read_lines(late);
    const auto lines = read_lines(on_time);
    for (std::size_t index = 0; index < std::min(lines.size(), late_lines.size()); ++index) {
        if (lines[index] != late_lines[index]) {
            return fmt::format("puntuale: {}\nin ritardo: {}", lines[index], late_lines[index]);
        }
    }
    return lines.size() == late_lines.size()
               ? ""
               : fmt::format("righe: {} puntuale, {} in ritardo", lines.size(), late_lines.size());
}

std::string report_failure(const Walk& walk, const WalkResult& result, const std::string& what) {
    std::ostringstream text;
    text << what << ", seme " << walk.parts.seed << ", passo " << result.steps.size() << ": "
         << result.problem << '\n';
    const auto few = shrink(walk, result.steps);
    const WalkResult again = replay(walk, few);
    text << "Passi che bastano (" << few.size() << "): " << again.problem << '\n';
    for (std::size_t index = 0; index < few.size(); ++index) {
        text << fmt::format("{:4}  {}\n", index + 1, describe(few[index]));
    }
    const std::string file =
        fmt::format("{}/build/simulation-failure-{}.txt", source_dir(), walk.parts.seed);
    std::ofstream(file) << text.str();
    text << "Scritto anche in " << file << '\n';
    return text.str();
}

}  // namespace tests::simulation
