// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/check.h"
#include "workflows/coprogrammazione/check_parts.h"

// What the checks of tables and those of approval share.

namespace workflows::coprogrammazione {

using Relatives = std::vector<engine::machine::Relative>;

/// Whether some relative of the list belongs to the body and is in one of the states.
bool has_relative(const Relatives& relatives, std::string_view path, const std::string& party,
                  const Texts& states);
/// Whether some relative of the list belongs to the body, in any state.
bool is_listed(const Relatives& relatives, std::string_view path, const std::string& party);
/// Whether the body is admitted, by itself or as a member of a network, and nothing has taken that
/// away yet. `relatives` are those of the procedure. Legal: L. 241/1990 art. 21-bis.
bool is_entitled(const Relatives& relatives, const std::string& party);
/// A parameter of the check; empty when it is absent.
std::string param_of(const CheckContext& context, const char* name);

/// Adds the checks and the computation of approval rounds. Errors: BugError when a name is taken.
void add_approval_checks(engine::machine::CheckLibrary& library);

}  // namespace workflows::coprogrammazione
