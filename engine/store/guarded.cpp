// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/guarded.h"

#include <fmt/format.h>

namespace engine::store {

base::Error bug(const std::exception& exception) {
    return {base::ErrorCode::internal,
            fmt::format("Errore interno, nulla è stato scritto: {}.", exception.what()),
            {}};
}

}  // namespace engine::store
