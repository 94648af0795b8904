// SPDX-License-Identifier: EUPL-1.2
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <chrono>
#include <map>
#include <stdexcept>

#include "api/cli/workflow_files.h"
#include "bench/measures.h"
#include "engine/base/json.h"

// The pure core, by Google Benchmark: `decide_event` on the largest definition of the product, with
// the event to which many children add most.

namespace bench {
namespace {

using engine::definition::WorkflowDefinition;
using engine::machine::Command;
using engine::machine::Facts;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kMany = 300;

engine::definition::DefinitionPointer largest(const engine::definition::Catalog& catalog) {
    engine::definition::DefinitionPointer largest;
    for (const auto& definition : catalog.definitions()) {
        if (!largest || definition->text.size() > largest->text.size()) {
            largest = definition;
        }
    }
    return largest;
}

/// An instance in `state` with so many children, spread over its lists, of as many bodies.
Facts facts_with(const WorkflowDefinition& definition, const std::string& state,
                 std::size_t children) {
    Facts facts;
    auto& own = facts.own.record.instance;
    own.id = engine::base::InstanceId{"radice"};
    own.root = own.id;
    own.family = definition.family;
    own.machine = definition.machine;
    own.definition_sha256 = definition.sha256;
    own.office = kOffice;
    own.state = state;
    std::vector<std::string> lists;
    for (const auto& [list, child] : definition.children) {
        lists.push_back(list);
    }
    for (std::size_t i = 0; i < children; ++i) {
        engine::machine::Relative relative;
        relative.id = engine::base::InstanceId{fmt::format("figlio-{}", i)};
        relative.parent = own.id;
        relative.list = lists[i % lists.size()];
        relative.path = relative.list;
        relative.state = i % 2 == 0 ? "presentata" : "ammessa";
        relative.party = fmt::format("{:011}", i);
        relative.is_final = i % 2 == 1;
        relative.office = kOffice;
        facts.descendants.push_back(std::move(relative));
    }
    const auto now = engine::base::SystemClock().now();
    facts.times = engine::machine::ActTimes::of_act(now, now);
    return facts;
}

/// A text for every field that the event needs: some are refused before the guard is asked, and
/// those cost less.
Command command_for(const engine::definition::TransitionDefinition& transition,
                    const std::string& event) {
    Command command;
    command.event = event;
    command.actor = {"p-misura", transition.by.empty() ? "" : transition.by.front(), kOffice, ""};
    for (const std::string& field : transition.takes) {
        command.payload[field] = engine::base::render_text("Visti gli atti, si procede.");
    }
    command.received_at = engine::base::SystemClock().now();
    return command;
}

struct Case {
    std::string state;
    std::string event;
    Command command;
};

/// The shortest of some tries: what the machine does besides only ever adds.
double seconds_of(const WorkflowDefinition& definition, const Case& one, const Facts& facts) {
    constexpr int kTries = 5;
    double shortest = 1;
    for (int i = 0; i < kTries; ++i) {
        const auto begin = SteadyClock::now();
        benchmark::DoNotOptimize(engine::machine::decide_event(
            {definition, facts, api::cli::workflow_checks()}, one.command));
        shortest =
            std::min(shortest, std::chrono::duration<double>(SteadyClock::now() - begin).count());
    }
    return shortest;
}

/// The event of any state to which many children add most.
Case slowest(const WorkflowDefinition& definition) {
    Case worst;
    double longest = -1;
    for (const auto& [state, about] : definition.states) {
        const Facts none = facts_with(definition, state, 0);
        const Facts many = facts_with(definition, state, kMany);
        for (const std::string& event : definition.events_of(state)) {
            const Case one{state, event,
                           command_for(*definition.find_transition(state, event), event)};
            const double added =
                seconds_of(definition, one, many) - seconds_of(definition, one, none);
            if (added > longest) {
                longest = added;
                worst = one;
            }
        }
    }
    return worst;
}

/// Keeps the figures and prints nothing: standard output is the table's.
class Keeper final : public benchmark::BenchmarkReporter {
  public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            microseconds[run.benchmark_name()] = run.GetAdjustedCPUTime() / 1000;
        }
    }
    std::map<std::string, double> microseconds;
};

}  // namespace

std::vector<Figure> measure_decide(Site& site, const Sizes& sizes) {
    const auto catalog = site.catalog();
    const auto definition = largest(catalog);
    const Case one = slowest(*definition);
    for (const std::size_t children : {std::size_t{0}, kMany / 10, kMany}) {
        benchmark::RegisterBenchmark(
            std::to_string(children).c_str(),
            [&, children](benchmark::State& state) {
                const Facts facts = facts_with(*definition, one.state, children);
                for (const auto& round : state) {
                    benchmark::DoNotOptimize(&round);
                    benchmark::DoNotOptimize(engine::machine::decide_event(
                        {*definition, facts, api::cli::workflow_checks()}, one.command));
                }
            })
            ->MinTime(sizes.rounds > 1 ? 1 : 0.01);
    }
    Keeper keeper;
    benchmark::RunSpecifiedBenchmarks(&keeper);
    const auto at = [&](std::size_t children) {
        return keeper.microseconds.at(
            fmt::format("{}/min_time:{:.3f}", children, sizes.rounds > 1 ? 1.0 : 0.01));
    };
    const std::string name = fmt::format("decide {}/{}, «{}» in «{}», ", definition->family,
                                         definition->machine, one.event, one.state);
    const std::string measured = fmt::format("0: {:.1f} µs, 30: {:.1f} µs", at(0), at(kMany / 10));
    // As long as it would take if each child added what the first thirty did.
    const double linear = at(0) + 10 * std::max(at(kMany / 10) - at(0), 0.0);
    return {{name + "300 children", measured, "", at(kMany), Goal::at_most, 50, "µs"},
            {"decide, 300 children ÷ linear growth from 0 and 30", "", "", at(kMany) / linear,
             Goal::at_most, 1.2, ""}};
}

}  // namespace bench
