// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/machine/check.h"
#include "engine/machine/command.h"
#include "engine/machine/facts.h"

namespace engine::machine {

/// What a condition is judged on.
struct GuardContext {
    const definition::WorkflowDefinition& definition;
    const Facts& facts;
    const CheckLibrary& checks;
    const Actor& actor;
    const base::Fields& payload;
    /// Norms of the transition, for conditions that name none of their own.
    const std::vector<std::string>& legal_basis;
    /// Before there is a payload its conditions cannot be judged: they are taken to hold.
    bool is_payload_known = true;
};

/// Why a guard does not hold: one detail for each refused condition, its `code` the predicate's
/// name, its sentence in Italian, its legal basis; empty when it holds. Pure.
std::vector<base::ErrorDetail> refuse(const definition::Guard& guard, const GuardContext& context);

}  // namespace engine::machine
