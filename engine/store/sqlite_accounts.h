// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>

#include "engine/base/clock.h"
#include "engine/store/account_store.h"
#include "engine/store/sqlite_store.h"

namespace engine::store {

/// The accounts in a store's file, on a connection of their own.
/// Threads: one at a time. Errors: StoreFailure, as open_sqlite_store.
std::unique_ptr<AccountStore> open_sqlite_accounts(const SqliteOptions& options,
                                                   const base::Clock& clock);

}  // namespace engine::store
