// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/base/result.h"
#include "engine/documents/courier.h"
#include "engine/store/store.h"

namespace engine::runtime {

/// A message on its way out of the program.
struct Parcel {
    store::LeasedMessage leased;
    base::Result<documents::Envelope> envelope;  ///< or why it could not be rendered
    base::Result<void> delivered = {};           ///< once it was tried
};

}  // namespace engine::runtime
