// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/definition/action.h"
#include "engine/definition/guard.h"
#include "engine/definition/source.h"

// Parts of a definition, read from JSON that has already passed workflow.schema.json: a shape that
// does not fit throws nlohmann's exception, which `parse_definition` turns into one error.

namespace engine::definition {

using Json = nlohmann::ordered_json;

/// What is wrong with a part in a way that its JSON Schema does not see, in Italian.
class PartError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

std::vector<std::string> parse_names(const Json& json);
/// A text or an array of texts under `key`; empty when the key is absent.
std::vector<std::string> parse_names_at(const Json& json, const char* key);
ValueSource parse_source(const Json& json);
Reference parse_reference(const Json& json);
Children parse_children(const Json& json);
Guard parse_guard(const Json& json);
Action parse_action(const Json& json);
std::vector<Action> parse_actions_at(const Json& json, const char* key);

}  // namespace engine::definition
