// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>

#include "engine/accounts.h"
#include "engine/queries.h"

namespace api::service {

/// What a working thread reads with: connections of its own, or that of the store it writes.
/// Threads: one, the owner's.
struct Desk {
    std::unique_ptr<engine::Queries> queries;
    std::unique_ptr<engine::Accounts> accounts;
};

}  // namespace api::service
