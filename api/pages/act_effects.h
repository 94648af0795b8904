// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "api/pages/act_form.h"

namespace api::pages {

/// What follows an act, for who confirms it: `{"esito", "effetti": [{"testo"}], "ha_altro",
/// "quando", "altro": [{"testo"}]}`. `esito` is the way it goes, where there are several. `effetti`
/// is what people notice (where the procedure goes, terms, tasks, letters, papers published);
/// `quando` (the condition that holds) and `altro` (what the program keeps for itself, and what
/// depends on the case) are to be folded. Titles only: what has none in the definition is not told.
/// `branch` null: an opening.
nlohmann::json outcome_json(const PageCall& page, const ActForm& form,
                            const engine::definition::Branch* branch);

}  // namespace api::pages
