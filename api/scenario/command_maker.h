// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "api/scenario/copione.h"
#include "api/scenario/stage.h"

namespace api::scenario {

/// Who acts on a line, with the body or the office he acts for.
engine::machine::Actor make_actor(const Stage& stage, const Act& act);

/// The command that a line says, received now. `line`: its number, from which a document that the
/// line adds takes its content. `target`: the alias of the instance it is about.
/// Errors: malformed (a block, a name or a moment that is not there), and the engine's.
engine::base::Result<engine::machine::Command> make_command(Stage& stage, const Act& act, int line,
                                                            const std::string& target);

}  // namespace api::scenario
