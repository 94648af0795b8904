// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/definition/definition.h"

namespace engine::definition {

/// Gives the text of a file that a definition names ("domanda.schema.json"), by the name written
/// there. Errors: not_found.
using FileReader = std::function<base::Result<std::string>(std::string_view name)>;

/// Largest definition accepted: ours are under 60 kB with their schemas.
inline constexpr std::size_t kMaxDefinitionBytes = 512U * 1024U;

/// Parses a machine: strict JSON, then workflow.schema.json, then the structs. The files it names
/// (data schema, tables) are put inside its text, so that the text alone, and its SHA-256, pin all
/// that it depends on; a text that has been through here parses to the same hash again.
/// Errors: malformed, payload_too_large, invalid_input (pointers into the definition), not_found.
base::Result<DefinitionPointer> parse_definition(std::string_view text, const FileReader& files);

}  // namespace engine::definition
