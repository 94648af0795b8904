// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "engine/definition/definition.h"
#include "engine/definition/kin.h"

// How the constants of a field are called: `"x-titles": {"a1": "Prima scelta"}` beside its
// schema. What has none is called by its name, without underscores.

namespace engine::definition {

/// "a1" → "Prima scelta"; of a list, of one of its items. Empty when the schema names none.
std::string find_value_title(const FieldDefinition& field, std::string_view value);
/// The same, else the name without underscores.
std::string title_of_value(const FieldDefinition& field, std::string_view value);

/// `«Prima scelta»`: a constant that a source is compared with, as JSON, by the titles of the
/// field that the source reads.
std::string quote_option(const Kin& kin, const ValueSource& source, const std::string& json);

}  // namespace engine::definition
