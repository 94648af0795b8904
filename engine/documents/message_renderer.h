// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/definition/definition.h"
#include "engine/machine/facts.h"

namespace engine::documents {

/// Fills a message's template (templates/messages/<name>.txt, carried in the binary) from the
/// instance it is about. Variables: `titolo`, `procedimento`, `ente`, `registro_numero`,
/// `registro_anno`, `data` (of the message), `dati.<campo>` (fields as plain text; "[dato
/// cancellato]" for one that was erased),
/// `termine.<nome>` (last useful day of a deadline, as people read it), `impronta` (head of the
/// journal's chain).
/// Errors: not_found (no such template), internal (a template that does not parse).
base::Result<std::string> render_message(const definition::WorkflowDefinition& definition,
                                         const machine::Snapshot& snapshot,
                                         const machine::Message& message, base::Instant now,
                                         std::string_view chain_head);

/// Whether the binary carries that template.
bool has_message_template(std::string_view template_name);

}  // namespace engine::documents
