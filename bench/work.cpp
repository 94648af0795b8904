// SPDX-License-Identifier: EUPL-1.2
#include "bench/work.h"

#include <fmt/format.h>

#include <algorithm>

#include "bench/site.h"
#include "engine/base/json.h"

namespace bench {
namespace {

using engine::base::render_text;
using engine::machine::Command;

/// As many as the server's writer takes at once.
constexpr std::size_t kBatch = 64;

Command command_of(engine::base::Instant now, std::size_t number, const std::string& what) {
    Command command;
    command.actor = officer();
    command.received_at = now;
    command.idempotency_key = fmt::format("misura-{}-{}", what, number);
    return command;
}

/// Carries out commands by batches; each must be done.
std::vector<engine::base::InstanceId> carry_out(engine::Engine& engine,
                                                const std::vector<Command>& commands) {
    std::vector<engine::base::InstanceId> done;
    for (std::size_t at = 0; at < commands.size(); at += kBatch) {
        const std::size_t size = std::min(kBatch, commands.size() - at);
        for (auto& outcome : engine.execute_all({commands.data() + at, size})) {
            done.push_back(need(std::move(outcome)).instance);
        }
    }
    return done;
}

}  // namespace

std::vector<engine::base::InstanceId> open_instances(engine::Engine& engine,
                                                     engine::base::Instant now,
                                                     const std::string& machine,
                                                     std::size_t count) {
    std::vector<Command> commands;
    for (std::size_t i = 0; i < count; ++i) {
        Command command = command_of(now, i, "apri");
        command.opening = engine::machine::Opening{kFamily, machine, 0, kOffice, ""};
        if (machine == "fascicolo") {
            command.payload["oggetto"] = render_text(fmt::format("Richiesta numero {}", i));
        }
        commands.push_back(std::move(command));
    }
    return carry_out(engine, commands);
}

std::vector<engine::base::InstanceId> finish_procedures(engine::Engine& engine,
                                                        engine::base::Instant now,
                                                        std::size_t count) {
    const auto opened = open_instances(engine, now, "fascicolo", count);
    for (const char* event : {"concludi_istruttoria", "decidi", "comunica"}) {
        std::vector<Command> commands;
        for (std::size_t i = 0; i < count; ++i) {
            Command command = command_of(now, i, event);
            command.instance = opened[i];
            command.event = event;
            command.payload["nota"] = render_text("Visti gli atti, si procede.");
            commands.push_back(std::move(command));
        }
        carry_out(engine, commands);
    }
    return opened;
}

void send_all(engine::Engine& engine) {
    Nobody nobody;
    while (need(engine.run_outbox(nobody)).sent > 0) {
    }
}

}  // namespace bench
