// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/base/result.h"
#include "engine/store/store.h"

namespace engine::store {

/// What is told of an exception that nobody expected.
base::Error bug(const std::exception& exception);

/// Runs what talks to the store; what the machine or a bug throws becomes an error value.
template <class Work>
auto guarded(Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const StoreFailure& failure) {
        return base::fail(failure.error());
    } catch (const std::exception& exception) {
        return base::fail(bug(exception));
    }
}

}  // namespace engine::store
