// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/base/result.h"
#include "engine/machine/decide.h"

namespace engine::machine {

/// Decides the erasure of values and of messages' texts, on an act. Payload: `atto` and `motivo`
/// (texts, required), `campi` (names) or `personali` (true: every field marked personal), and
/// `messaggi` (true: the texts that were sent too). It may come at any time after the end of the
/// instance, or of the one above it; before, only fields named one by one that the machine's own
/// conditions and terms do not read, and no texts. What is under it and still runs keeps the fields
/// that it reads from above.
/// Errors: forbidden (another role or office), invalid_input, guard_failed (the procedure needs
/// them still), not_found (nothing to erase).
/// Legal: Reg. UE 2016/679 art. 17 c. 1, c. 3 lett. b) and e).
base::Result<Plan> decide_erasure(const DecideContext& context, const Command& command);

}  // namespace engine::machine
