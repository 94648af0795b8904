// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/definition.h"
#include "engine/definition/kin.h"

// Italian wording of a definition's parts, shared by the scheda and by refusals. What belongs to
// another machine is called by its title there when that machine is known (`Kin`), else by its name
// without underscores.

namespace engine::definition {

/// The Italian condition of a named check ("la domanda è completa"), by name and version.
using CheckTitle = std::function<std::string(std::string_view name, int version)>;

/// A name without its underscores: what is shown of a thing another machine defines.
std::string readable_name(std::string_view name);
std::string describe_ground(calendar::SuspensionGround ground);
/// "di" + "la data" → "della data"; "a" + "l'ultimo giorno" → "all'ultimo giorno".
std::string with_preposition(std::string_view preposition, const std::string& text);

/// `«Chiudi il termine»`: the title of an event of that relation's machine, wherever it knows it.
std::string quote_event(const Kin& kin, std::string_view event, Relation of = Relation::own);
/// `«Termine per le domande»`, and of another machine which: `«Termine …» (procedimento)`.
std::string quote_deadline(const Kin& kin, const Reference& reference);
/// The same after an article: `termine «Chiusura»`, but `«Termine per le domande»`.
std::string name_deadline(const Kin& kin, const Reference& reference);
std::string quote_document(const Kin& kin, const Reference& reference);
std::string quote_state(const Kin& kin, std::string_view state);
/// `«Domande»`; of a path, `«Riunioni» di «Gruppi»`.
std::string quote_list(const Kin& kin, std::string_view path, Relation of = Relation::own);
/// `«Accolta» o «Respinta»`, by the titles that one of the machines gives them.
std::string quote_states(const std::vector<const WorkflowDefinition*>& machines,
                         const std::vector<std::string>& states);
/// `«a», «b» o «c»`
std::string join_quoted(const std::vector<std::string>& quoted, std::string_view last_joint);

/// `«Domande» in stato «Accolta»`
std::string describe_children(const Kin& kin, const Children& children);

/// A constant as people say it: `«testo»`, `«sì»`, `12`.
std::string describe_constant(const std::string& json);
/// Whether it is the value kept before of a field that some act gives anew (`kept_and_given`).
bool is_kept(const WorkflowDefinition& machine, const ValueSource& source);
/// A source as people say it: "«Nuovo termine»", "10", "la data dell'atto".
std::string describe_source(const Kin& kin, const ValueSource& source);

/// A condition as people say it: "non è scaduto il «Termine per le domande»".
std::string describe_predicate(const Kin& kin, const Predicate& predicate,
                               const CheckTitle& check_title);

/// A whole guard: conditions joined by "; ", "oppure", "non è vero che".
std::string describe_guard(const Kin& kin, const Guard& guard, const CheckTitle& check_title);

/// An action as people say it: "decorre il «Termine …»".
std::string describe_action(const Kin& kin, const Action& action, const CheckTitle& check_title);

/// Where branches lead, each place once: "passa a «Chiusa» o resta dov'è".
std::string describe_targets(const WorkflowDefinition& machine,
                             const std::vector<const Branch*>& branches);

/// How a deadline's end is computed: "30 giorni dopo la data dell'atto".
std::string describe_due(const Kin& kin, const DueRule& due);

}  // namespace engine::definition
