// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/simulation.h"

#include <fmt/format.h>

#include "tests/simulation/finisher.h"
#include "tests/simulation/invariants.h"
#include "tests/support/store_reads.h"

namespace tests::simulation {

using engine::base::InstanceId;
using engine::machine::Command;

namespace {

/// `verify` folds everything: it runs once in so many steps, and at the end.
constexpr std::size_t kStepsBetweenVerify = 25;
/// A lease is over after this long.
constexpr std::int64_t kLeaseIsOverMs = 10 * 60 * 1000;

/// One walk under way.
class Run {
  public:
    explicit Run(const Walk& walk)
        : walk_(walk), world_(walk.parts), invariants_(world_, walk.repeats_refused) {}

    SimulatedWorld& world() { return world_; }
    const Shadow& shadow() const { return invariants_.shadow(); }
    std::string begin() { return invariants_.begin(); }

    /// Carries out a step and checks what can be checked now.
    std::string take(const Step& step) {
        if (walk_.reopens_each_step) {
            world_.reopen();
        }
        const auto foreseen = foresee(step);
        const auto answers = world_.perform(step);
        std::string problem = invariants_.check_step(step, answers);
        if (problem.empty() && foreseen && answers.front().has_value() != *foreseen) {
            problem = fmt::format("available diceva {}, l'atto è {}", *foreseen ? "sì" : "no",
                                  answers.front() ? "accolto" : "rifiutato");
        }
        if (problem.empty() && ++taken_ % kStepsBetweenVerify == 0) {
            problem = invariants_.check_all();
        }
        return problem;
    }

    /// What must hold at the end, then the way out of each instance.
    std::string finish(WalkResult& result) {
        std::string problem = drain();
        problem = problem.empty() ? invariants_.check_all() : problem;
        result.journal = read_journals();
        result.accepted = invariants_.accepted();
        result.refused = invariants_.refused();
        result.instances = shadow().instances().size();
        return problem.empty() ? find_stuck(world_, shadow(), walk_.rules, walk_.parts.seed)
                               : problem;
    }

    std::string read_journals() {
        std::string all;
        for (const InstanceId& root : roots_of(world_.store())) {
            for (const auto& entry : entries_of(world_.store(), root)) {
                all += entry.text + '\n';
            }
            all += head_of(world_.store(), root) + '\n';
        }
        return all;
    }

  private:
    /// With every lease over and a good courier, every message leaves.
    std::string drain() {
        std::string problem;
        for (int round = 0; round < 100 && problem.empty(); ++round) {
            Step clock;
            clock.until = {world_.now().utc_ms + kLeaseIsOverMs};
            world_.perform(clock);
            Step outbox;
            outbox.kind = StepKind::run_outbox;
            const std::size_t before = shadow().entries();
            world_.perform(outbox);
            problem = invariants_.check_step(outbox, {});
            if (shadow().entries() == before) {
                break;
            }
        }
        return problem.empty() ? invariants_.check_messages() : problem;
    }

    /// What `available` says of an act that needs nothing and finds nothing due; absent when the
    /// two cannot be compared.
    std::optional<bool> foresee(const Step& step) {
        if (!walk_.asks_available || step.commands.size() != 1) {
            return std::nullopt;
        }
        const Command& command = step.commands.front();
        const auto* record = shadow().find(command.instance);
        const auto next = world_.engine().queries().next_bound();
        const bool is_plain = record != nullptr && !command.occurred_at &&
                              !command.expected_version && command.idempotency_key.empty() &&
                              command.payload.empty() && !command.actor.person.empty() &&
                              (!*next || **next > world_.now());
        if (!is_plain || command.event.starts_with("engine:")) {
            return std::nullopt;
        }
        const auto machine = world_.catalog().find_by_hash(record->instance.definition_sha256);
        const auto* transition = machine->find_transition(record->instance.state, command.event);
        if (transition == nullptr || !transition->takes.empty() || !transition->may_take.empty()) {
            return std::nullopt;
        }
        return is_available(command);
    }

    /// A no is certain; a yes still leaves what the act does (a deadline that cannot be moved).
    std::optional<bool> is_available(const Command& command) {
        const auto events = world_.engine().queries().available(command.instance, command.actor);
        for (const auto& one : *events) {
            if (one.event == command.event && one.refusals.empty()) {
                return std::nullopt;
            }
        }
        return false;
    }

    const Walk& walk_;
    SimulatedWorld world_;
    Invariants invariants_;
    std::size_t taken_ = 0;
};

/// Exceptions are failures of the walk like any other.
template <class Work>
std::string guarded(Work work) {
    try {
        return work();
    } catch (const std::exception& exception) {
        return std::string("eccezione: ") + exception.what();
    }
}

}  // namespace

WalkResult run_walk(const Walk& walk) {
    WalkResult result;
    Run run(walk);
    Walker walker(walk.parts.seed, walk.rules);
    result.problem = guarded([&] {
        std::string problem = run.begin();
        while (problem.empty() && result.steps.size() < walk.steps) {
            result.steps.push_back(walker.next(run.world(), run.shadow()));
            problem = run.take(result.steps.back());
        }
        return problem.empty() ? run.finish(result) : problem;
    });
    return result;
}

WalkResult replay(const Walk& walk, const std::vector<Step>& steps) {
    WalkResult result;
    Run run(walk);
    result.problem = guarded([&] {
        std::string problem = run.begin();
        for (std::size_t index = 0; index < steps.size() && problem.empty(); ++index) {
            Step step = steps[index];
            const auto& instances = run.shadow().instances();
            for (std::size_t number = 0; number < step.commands.size(); ++number) {
                Command& command = step.commands[number];
                if (!command.opening && step.targets[number] < instances.size()) {
                    command.instance = instances[step.targets[number]];
                }
                command.received_at = std::min(command.received_at, run.world().now());
            }
            problem = run.take(step);
        }
        return problem.empty() ? run.finish(result) : problem;
    });
    return result;
}

}  // namespace tests::simulation
