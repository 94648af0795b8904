// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/walker.h"

#include <fmt/format.h>

#include <algorithm>

namespace tests::simulation {

using engine::base::Instant;
using engine::machine::Actor;
namespace machine = engine::machine;
namespace definition = engine::definition;

namespace {

constexpr int kDayMs = 24 * 60 * 60 * 1000;

/// Most tries to find an instance that has not ended.
constexpr int kTargetTries = 4;

bool all_ended(const Shadow& shadow) {
    return std::all_of(shadow.instances().begin(), shadow.instances().end(),
                       [&](const auto& id) { return shadow.find(id)->instance.is_final; });
}

CourierMood choose_mood(Dice& dice) {
    switch (dice.below(7)) {
        case 0: return CourierMood::busy;
        case 1: return CourierMood::refusing;
        case 2: return CourierMood::throwing;
        case 3: return CourierMood::crashing;
        default: return CourierMood::good;
    }
}

}  // namespace

Step Walker::next(SimulatedWorld& world, const Shadow& shadow) {
    if (settled_at_ == Instant{}) {
        settled_at_ = world.now();
    }
    const int roll = dice_.between(1, 100);
    if (roll <= 25 && !shadow.instances().empty()) {
        return move_clock(world);
    }
    Step step;
    if (rules_.has_crashes && roll <= 42) {
        step.kind = roll <= 29   ? StepKind::run_due
                    : roll <= 34 ? StepKind::run_outbox
                    : roll <= 38 ? StepKind::reopen
                                 : StepKind::crash;
        step.mood = choose_mood(dice_);
    } else {
        step = make_commands(world, shadow);
    }
    settled_at_ = world.now();
    return step;
}

std::size_t Walker::choose_target(const Shadow& shadow) {
    std::size_t target = 0;
    for (int tries = 0; tries < kTargetTries; ++tries) {
        target = dice_.below(shadow.instances().size());
        if (!shadow.find(shadow.instances()[target])->instance.is_final) {
            break;
        }
    }
    return target;
}

Step Walker::make_commands(SimulatedWorld& world, const Shadow& shadow) {
    Step step;
    step.kind = StepKind::commands;
    const int count = dice_.chance(12) ? dice_.between(2, 5) : 1;
    for (int index = 0; index < count; ++index) {
        const bool is_dull = rules_.has_crashes && all_ended(shadow) && dice_.chance(60);
        const bool opens = is_dull || shadow.instances().empty() ||
                           (roots_ < rules_.max_roots && dice_.chance(7)) ||
                           (rules_.has_crashes && dice_.chance(1));
        const std::size_t target = opens ? 0 : choose_target(shadow);
        Command command = opens ? make_opening(world.now())
                                : make_command(world, *shadow.find(shadow.instances()[target]));
        step.targets.push_back(target);
        add_key(step, command);
    }
    // A queue hands over what was received since it was last emptied, oldest first.
    if (count > 1 && rules_.has_crashes && world.now() > settled_at_) {
        const auto waited = static_cast<std::size_t>(world.now().utc_ms - settled_at_.utc_ms) + 1;
        std::vector<Instant> received;
        for (int index = 0; index < count; ++index) {
            received.push_back(
                {settled_at_.utc_ms + static_cast<std::int64_t>(dice_.below(waited))});
        }
        std::sort(received.begin(), received.end());
        for (std::size_t index = 0; index < step.commands.size(); ++index) {
            step.commands[index].received_at = received[index];
        }
    }
    return step;
}

/// Keys: mostly none; some new, some used before, for the same request or for another.
void Walker::add_key(Step& step, const Command& command) {
    if (!keyed_.empty() && dice_.chance(4)) {
        const std::size_t known = dice_.below(keyed_.size());
        Command again = keyed_[known];
        again.received_at = command.received_at;
        if (dice_.chance(30)) {
            again.event = "atto_b";
        }
        step.targets.back() = keyed_targets_[known];
        step.commands.push_back(std::move(again));
        return;
    }
    step.commands.push_back(command);
    if (dice_.chance(12)) {
        step.commands.back().idempotency_key = fmt::format("k{}", keyed_.size());
        keyed_.push_back(step.commands.back());
        keyed_targets_.push_back(step.targets.back());
    }
}

Walker::Command Walker::make_opening(Instant now) {
    ++roots_;
    Command command;
    command.opening = rules_.opening;
    command.opening->office = dice_.pick(rules_.offices);
    if (dice_.chance(30)) {
        command.opening->initiative.clear();
    }
    if (dice_.chance(4)) {
        command.opening->machine = "inesistente";
    }
    const bool is_body = dice_.chance(15);
    command.actor = {fmt::format("p{}", dice_.between(1, 3)), is_body ? "ente" : "funzionario",
                     is_body ? "" : command.opening->office,
                     is_body ? dice_.pick(rules_.parties) : ""};
    command.received_at = now;
    command.payload["giorno"] = engine::base::render_text(engine::calendar::render_legal_date(
        engine::calendar::legal_date_of(now).plus_days(dice_.between(1, 40))));
    command.payload["numero"] = engine::base::render_integer(dice_.between(0, 9));
    return command;
}

Walker::Command Walker::make_command(SimulatedWorld& world, const Record& record) {
    const auto one = world.catalog().find_by_hash(record.instance.definition_sha256);
    Command command;
    command.instance = record.instance.id;
    command.received_at = world.now();
    add_event(*one, record, command);
    add_times(record, command);
    if (dice_.chance(15)) {
        command.expected_version = record.instance.version - (dice_.chance(30) ? 1 : 0);
    }
    return command;
}

void Walker::add_times(const Record& record, Command& command) {
    if (!dice_.chance(12)) {
        return;
    }
    const Instant now = command.received_at;
    switch (dice_.below(5)) {
        case 0: command.occurred_at = Instant{now.utc_ms + 1}; break;
        case 1: command.occurred_at = now; break;
        case 2: command.occurred_at = Instant{now.utc_ms - dice_.between(1, kDayMs)}; break;
        case 3: command.occurred_at = Instant{0}; break;
        default:
            for (const auto& [key, deadline] : record.deadlines) {
                if (deadline.bound && *deadline.bound <= now) {
                    command.occurred_at = Instant{deadline.bound->utc_ms - dice_.between(0, 1)};
                }
            }
    }
}

}  // namespace tests::simulation
