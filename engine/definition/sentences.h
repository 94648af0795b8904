// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/definition.h"

// Italian wording of a definition's parts, shared by the scheda and by refusals.

namespace engine::definition {

/// The Italian condition of a named check ("la domanda è completa"), by name and version.
using CheckTitle = std::function<std::string(std::string_view name, int version)>;

/// A name without its underscores: what is shown of a thing another machine defines.
std::string readable_name(std::string_view name);
std::string describe_ground(calendar::SuspensionGround ground);
std::string quote_event(const WorkflowDefinition& definition, std::string_view event);

/// `«Termine per le domande»`; the bare name in «» when it belongs to another machine.
std::string quote_deadline(const WorkflowDefinition& definition, const Reference& reference);
std::string quote_document(const WorkflowDefinition& definition, const Reference& reference);
std::string quote_state(const WorkflowDefinition& definition, std::string_view state);
std::string quote_list(const WorkflowDefinition& definition, std::string_view path);
/// `«a», «b» o «c»`
std::string join_quoted(const std::vector<std::string>& quoted, std::string_view last_joint);

/// `«Domande» in stato accolta`
std::string describe_children(const WorkflowDefinition& definition, const Children& children);

/// A source as people say it: "il valore di «Nuovo termine»", "10", "la data dell'atto".
std::string describe_source(const WorkflowDefinition& definition, const ValueSource& source);

/// A condition as people say it: "non è scaduto il «Termine per le domande»".
std::string describe_predicate(const WorkflowDefinition& definition, const Predicate& predicate,
                               const CheckTitle& check_title);

/// A whole guard: conditions joined by "; e", "oppure", "non è vero che".
std::string describe_guard(const WorkflowDefinition& definition, const Guard& guard,
                           const CheckTitle& check_title);

/// An action as people say it: "si apre il «Termine …»".
std::string describe_action(const WorkflowDefinition& definition, const Action& action,
                            const CheckTitle& check_title);

/// How a deadline's end is computed: "30 giorni dopo la data dell'atto".
std::string describe_due(const WorkflowDefinition& definition, const DueRule& due);

}  // namespace engine::definition
