// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/names.h"
#include "engine/definition/definition.h"

// What the proof asks of definitions in more than one place.

namespace engine::proof {

using namespace definition;
using base::has_name;

/// Every predicate of a guard, with whether it stands under an odd number of `not`.
void for_each_literal(const Guard& guard, bool is_negated,
                      const std::function<void(const Predicate&, bool is_negated)>& visit);

/// Whether one of the roles is of an administration (or of a body).
bool has_office_role(const WorkflowDefinition& definition, const std::vector<std::string>& roles);
bool has_party_role(const WorkflowDefinition& definition, const std::vector<std::string>& roles);

/// Whether the schema of the field accepts the JSON text.
bool accepts(const FieldDefinition& field, const std::string& json);
/// Whether it accepts a value that is none of these and not empty.
bool accepts_another(const FieldDefinition& field, const std::vector<std::string>& options);
/// The values the schema lists, as JSON texts; empty when it lists none.
std::vector<std::string> listed_values(const FieldDefinition& field);

/// Whether any act, opening or action of the machine gives the field a value.
bool is_ever_written(const WorkflowDefinition& definition, const std::string& field);
/// Whether any act of the machine brings the field with it.
bool is_ever_brought(const WorkflowDefinition& definition, const std::string& field);

/// Every signal of the machine, with the act that sends it (null: something that happens by
/// itself).
void for_each_signal(
    const WorkflowDefinition& definition,
    const std::function<void(const Signal&, const TransitionDefinition* transition)>& visit);

/// Whether it looks at the lists of something above, which a scene does not follow.
bool is_beside(const ActorNotPerformed& rule);

/// Whether the guard looks at what the person who acts has done.
bool asks_who_acts(const Guard& guard);

/// Whether the JSON text is what `value_present` calls nothing.
bool is_empty_json(std::string_view json);

}  // namespace engine::proof
