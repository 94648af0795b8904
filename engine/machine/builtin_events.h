// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>

#include "engine/base/result.h"
#include "engine/machine/decide.h"

namespace engine::machine {

/// Whether the event is one that every machine knows (kEventRecordDocument and its like).
bool is_builtin_event(std::string_view event);

/// Decides an event that every machine knows.
/// - record_document: `documento` (name), `sha256` (64 hexadecimal digits), `firmato_da` (role,
///   optional): adds a version. A signature is recorded as declared, by whoever adds the document:
///   its status is "non_verificata" until it is verified.
/// - erase: see decide_erasure.
/// - take_task, hand_over_task (`assegnatario`), return_task (by who has it, so that whoever of the
///   role takes it), complete_task: `compito` (task id). One that an act ends is not completed by
///   hand: task_needs_act names the acts (definition::find_task_acts).
/// Errors: event_not_available (unknown document or task, or the instance has ended), forbidden,
/// invalid_input, task_needs_act.
base::Result<Plan> decide_builtin_event(const DecideContext& context, const Command& command);

}  // namespace engine::machine
