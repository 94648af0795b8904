// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <vector>

#include "engine/engine.h"

// Work given to the engine itself, in this process.

namespace bench {

/// Opens `count` instances of a machine of the measures, at the clock's now.
std::vector<engine::base::InstanceId> open_instances(engine::Engine& engine,
                                                     engine::base::Instant now,
                                                     const std::string& machine, std::size_t count);

/// Opens three-task procedures and carries them to the end, with idempotency keys.
std::vector<engine::base::InstanceId> finish_procedures(engine::Engine& engine,
                                                        engine::base::Instant now,
                                                        std::size_t count);

/// Takes every message and does nothing with it.
class Nobody final : public engine::documents::Courier {
  public:
    engine::base::Result<void> deliver(const engine::documents::Envelope&) override { return {}; }
};

/// Sends every message that waits, to nobody.
void send_all(engine::Engine& engine);

}  // namespace bench
