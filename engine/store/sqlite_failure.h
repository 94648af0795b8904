// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <SQLiteCpp/Exception.h>

#include "engine/store/store.h"

namespace engine::store {

/// What SQLite's error means to us: storage_full, storage_corrupt, busy or internal, with an
/// Italian sentence that says what to do.
StoreFailure translate_failure(const SQLite::Exception& exception);

}  // namespace engine::store
