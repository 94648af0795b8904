// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>

#include "engine/base/clock.h"
#include "engine/store/account_store.h"
#include "engine/store/sqlite_connection.h"

namespace engine::store {

/// The accounts in a store's file, on a connection of their own.
/// Threads: one at a time. Errors: StoreFailure, as open_sqlite_store.
std::unique_ptr<AccountStore> open_sqlite_accounts(const SqliteOptions& options,
                                                   const base::Clock& clock);

/// The same on a connection that somebody else owns, and uses between two calls.
std::unique_ptr<AccountStore> accounts_on(Connection& connection);

}  // namespace engine::store
