// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>

#include "tests/support/served_folder.h"

namespace tests::kill {

/// Far more than a server needs for anything, on a busy machine.
inline constexpr std::chrono::seconds kSettleLimit{60};

/// Waits until the running server has carried out every deadline that is over by now; false when it
/// does not. The timer may stay a second behind.
bool wait_until_nothing_is_due(const ServedFolder& server);

}  // namespace tests::kill
