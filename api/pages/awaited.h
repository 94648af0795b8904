// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "api/pages/page.h"
#include "engine/waiting.h"

// What a body is waited for: which act, by when, and what was asked. All of it is read from the
// definition (engine/waiting.h) and from what was typed in the act that asked.

namespace api::pages {

/// The terms of an act, here or above: `{"ha_termini", "termini": [deadline_json], "conto",
/// "urgenza", "entro", "non_decorre": [title]}`, where `conto`, `urgenza` and `entro` are of the
/// one that ends first, and `non_decorre` are those that have not begun yet. Errors: the store's.
engine::base::Result<nlohmann::json> act_terms_json(const PageCall& page,
                                                    const engine::InstanceView& view,
                                                    const engine::AwaitedAct& act);

/// What an act answers: `{"titolo_richiesta", "richiesta_il", "richiesta": [{"nome", "valore"}]}`
/// of the latest act of others that made it possible; null when there is none.
/// Errors: the store's.
engine::base::Result<nlohmann::json> asked_json(const PageCall& page,
                                                const access::SeenInstance& seen,
                                                const engine::AwaitedAct& act);

/// What the body of the one who looks is waited for, in all that is its own: `[{"atti",
/// "procedura", "nome_procedura", "chi", "nota", …act_terms_json}]`, the most urgent first. Empty
/// for who is of no body. Errors: the store's.
engine::base::Result<nlohmann::json> awaited_of_body(const PageCall& page);

}  // namespace api::pages
