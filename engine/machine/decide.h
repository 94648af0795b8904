// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/machine/check.h"
#include "engine/machine/command.h"
#include "engine/machine/effect.h"
#include "engine/machine/facts.h"

namespace engine::machine {

/// A child to open, once the plan is applied.
struct ChildOpening {
    std::string list;   ///< the child list of the definition
    std::string event;  ///< a signal for it, maybe empty
    std::string party;
    std::string office;
    base::Fields payload;  ///< the fields the child knows are kept by it
};

/// An event for a relative.
struct Signalling {
    base::InstanceId target;
    std::string event;
    base::Fields payload;
};

/// What will be true, and what follows. Ids, salts and registration numbers are still empty: only
/// the transaction can give them.
struct Plan {
    std::vector<Effect> effects;
    std::vector<ChildOpening> openings;
    std::vector<Signalling> signals;
    std::string title;  ///< of the branch taken, for people
};

/// All that a decision needs besides the command.
struct DecideContext {
    const definition::WorkflowDefinition& definition;
    const Facts& facts;
    const CheckLibrary& checks;
};

/// Decides an actor's event: does this state know it, may this role, is the payload valid, does a
/// branch's guard hold. Pure.
/// Errors, in this order: forbidden when the actor of a body states when its own act took place;
/// event_not_available (details: what the actor may do here, each with why not now), forbidden,
/// invalid_input (pointers into the payload), guard_failed (each refused condition with its legal
/// basis).
base::Result<Plan> decide_event(const DecideContext& context, const Command& command);

/// The branch that an actor's event of the definition takes: what decide_event would do, before it
/// is done. The definition outlives it. Errors: those of decide_event.
base::Result<const definition::Branch*> foresee_branch(const DecideContext& context,
                                                       const Command& command);

/// Decides the opening of an instance: its first state, its first values.
/// Errors: forbidden, invalid_input. `by_person` is false for children.
base::Result<Plan> decide_opening(const DecideContext& context, const Command& command,
                                  bool by_person);

/// Decides what a due deadline does: ends it, and takes the first `after` branch that holds, if the
/// present state waits for it. Errors: none that a user can cause.
base::Result<Plan> decide_deadline(const DecideContext& context, const DeadlineKey& key);

/// The plan of an event that a relative sends; absent when the state does not know it or refuses.
base::Result<std::optional<Plan>> decide_signal(const DecideContext& context,
                                                const std::string& event,
                                                const base::Fields& payload, const Actor& actor);

/// The first automatic transition whose guard holds; absent without one.
base::Result<std::optional<Plan>> decide_automatic(const DecideContext& context);

/// An event of the present state, and why the actor cannot cause it now (empty: can).
struct AvailableEvent {
    std::string event;
    std::string title;
    std::vector<base::ErrorDetail> refusals;
};

/// The events of the present state that the actor's role may cause, each with what still stands in
/// its way. Conditions on the payload cannot be judged before there is one: they are left out.
std::vector<AvailableEvent> available_events(const DecideContext& context, const Actor& actor);

}  // namespace engine::machine
