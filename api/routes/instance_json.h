// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "api/access/caller.h"
#include "engine/engine.h"

// How a procedure is written in answers: the one place that names its properties.

namespace api::routes {

/// A line of a list.
nlohmann::ordered_json render_row(const engine::InstanceRow& row);

/// An instance as far as `sight` goes; without what may be done, which depends on who asks. Of its
/// documents, only those in `contents` have an address.
nlohmann::ordered_json render_instance(const engine::InstanceView& view, access::Sight sight,
                                       const engine::documents::ContentStore& contents);

/// The same of the past, with acts that were entered later.
nlohmann::ordered_json render_past_instance(const engine::PastInstance& past, access::Sight sight,
                                            const engine::documents::ContentStore& contents);

/// What an actor may do: each event with its title, what stands in the way (reason and sources) and
/// the JSON Schema of what it takes.
nlohmann::ordered_json render_events(const engine::definition::WorkflowDefinition& definition,
                                     const std::string& state,
                                     const std::vector<engine::machine::AvailableEvent>& events);

/// `{"type": "object", "properties", "required", "additionalProperties": false}` of fields.
nlohmann::ordered_json render_fields_schema(
    const engine::definition::WorkflowDefinition& definition, const std::vector<std::string>& takes,
    const std::vector<std::string>& may_take);

/// What an act led to, and what the same actor can do next.
nlohmann::ordered_json render_outcome(const engine::Outcome& outcome,
                                      const engine::definition::WorkflowDefinition& definition);

/// `famiglia.macchina.versione`: the id of a definition in paths.
std::string definition_id(const engine::definition::WorkflowDefinition& definition);

}  // namespace api::routes
