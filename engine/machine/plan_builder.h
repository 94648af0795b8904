// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "engine/machine/deadline_rule.h"
#include "engine/machine/decide.h"
#include "engine/machine/predicates.h"

namespace engine::machine {

/// Turns the actions of one transition into effects, keeping a working copy of the record so that
/// each action sees what the ones before it have made true.
class PlanBuilder {
  public:
    /// `legal_basis` outlives the builder: the norms of the transition.
    PlanBuilder(const DecideContext& context, const Actor& actor, const base::Fields& payload,
                const std::vector<std::string>& legal_basis);

    /// Makes an effect part of the plan.
    base::Result<void> add(Effect effect);

    /// Keeps the payload's fields that this machine knows.
    base::Result<void> keep_payload();

    /// Errors: guard_failed (a deadline that cannot move any more, a second suspension),
    /// invalid_input (a date that is missing).
    base::Result<void> run(const std::vector<definition::Action>& actions);

    /// Enters a state: what its end closes, then its entry actions. Empty: stays.
    base::Result<void> enter(const std::string& target);

    /// Ends the obligations that this event meets, in time or late.
    base::Result<void> meet_obligations(const std::string& event);

    /// A new occurrence of a deadline of the definition, with its reminders.
    base::Result<void> start_deadline(const std::string& name);

    /// The next occurrence of a recurring deadline, counted from the last due date.
    base::Result<void> repeat_deadline(const std::string& name);

    const Facts& facts() const { return facts_; }
    Plan take() && { return std::move(plan_); }

  private:
    friend class ActionRunner;

    /// `explained` replaces the explanation of the rule by a longer one (an extension tells also
    /// what the term was before).
    base::Result<void> set_deadline(const std::string& change, Deadline deadline,
                                    const DeadlineRule& rule,
                                    const calendar::Term* explained = nullptr);
    base::Result<void> set_reminders(const Deadline& deadline);
    base::Result<void> end_reminders(const std::string& name);
    base::Result<void> close_everything();

    const DecideContext& context_;
    Facts facts_;
    const Actor& actor_;
    const base::Fields& payload_;
    const std::vector<std::string>& legal_basis_;
    Plan plan_;
};

}  // namespace engine::machine
