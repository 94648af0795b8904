// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/step.h"

#include <fmt/format.h>

#include "engine/calendar/local_time.h"

namespace tests::simulation {
namespace {

std::string describe_command(const engine::machine::Command& command, std::size_t target) {
    std::string text = fmt::format("{}:{}", command.actor.role, command.actor.person);
    if (command.opening) {
        text += fmt::format(" apre {} ufficio {} iniziativa «{}»", command.opening->machine,
                            command.opening->office, command.opening->initiative);
    } else {
        text += fmt::format(" {} su #{}", command.event, target);
    }
    text += fmt::format(" (ufficio «{}», ente «{}») {} ricevuto {}", command.actor.office,
                        command.actor.party, engine::base::render_fields(command.payload),
                        engine::calendar::render_instant(command.received_at));
    if (command.occurred_at) {
        text += " avvenuto " + engine::calendar::render_instant(*command.occurred_at);
    }
    if (command.expected_version) {
        text += fmt::format(" versione {}", *command.expected_version);
    }
    if (!command.idempotency_key.empty()) {
        text += " chiave " + command.idempotency_key;
    }
    return text;
}

}  // namespace

std::string describe(const Step& step) {
    switch (step.kind) {
        case StepKind::move_clock: return "ore " + engine::calendar::render_instant(step.until);
        case StepKind::run_due: return "scadenze";
        case StepKind::run_outbox:
            return fmt::format("messaggi, corriere {}", static_cast<int>(step.mood));
        case StepKind::reopen: return "riapre";
        case StepKind::crash: return "si ferma di colpo e riparte dai file";
        case StepKind::commands: break;
    }
    std::string text;
    for (std::size_t index = 0; index < step.commands.size(); ++index) {
        text += (index == 0 ? "" : "\n      e ") +
                describe_command(step.commands[index], step.targets[index]);
    }
    return text;
}

}  // namespace tests::simulation
