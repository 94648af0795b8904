// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/guard.h"

#include "engine/base/names.h"

namespace engine::definition {

bool Children::includes(std::string_view state, bool is_final) const {
    return (!settled || is_final) && (in.empty() || base::has_name(in, state)) &&
           !base::has_name(not_in, state);
}

}  // namespace engine::definition
