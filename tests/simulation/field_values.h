// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/calendar/legal_date.h"
#include "engine/definition/definition.h"
#include "tests/simulation/dice.h"

namespace tests::simulation {

/// JSON texts that were good for a field once, by its name.
using ValuePool = std::map<std::string, std::vector<std::string>>;

/// JSON text for a field: mostly one its schema wants (from the pool, where there is one), days
/// around `today`; now and then one it does not.
std::string make_value(Dice& dice, const engine::definition::FieldDefinition& field,
                       const std::string& name, const ValuePool& pool,
                       engine::calendar::LegalDate today);

}  // namespace tests::simulation
