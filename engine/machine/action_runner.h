// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/machine/plan_builder.h"

namespace engine::machine {

/// One overload for each action: adds its effects to the builder's plan.
class ActionRunner {
  public:
    explicit ActionRunner(PlanBuilder& builder) : builder_(builder) {}

    base::Result<void> operator()(const definition::StartDeadline& action);
    base::Result<void> operator()(const definition::MoveDeadline& action);
    base::Result<void> operator()(const definition::ReopenDeadline& action);
    base::Result<void> operator()(const definition::CancelDeadline& action);
    base::Result<void> operator()(const definition::SuspendDeadline& action);
    base::Result<void> operator()(const definition::EndSuspension& action);
    base::Result<void> operator()(const definition::StartTask& action);
    base::Result<void> operator()(const definition::CompleteTask& action);
    base::Result<void> operator()(const definition::CancelTask& action);
    base::Result<void> operator()(const definition::OpenChild& action);
    base::Result<void> operator()(const definition::Signal& action);
    base::Result<void> operator()(const definition::SendMessage& action);
    base::Result<void> operator()(const definition::PublishDocument& action);
    base::Result<void> operator()(const definition::FreezeDocument& action);
    base::Result<void> operator()(const definition::AssignNumber& action);
    base::Result<void> operator()(const definition::SetValue& action);
    base::Result<void> operator()(const definition::AppendValue& action);
    base::Result<void> operator()(const definition::ComputeValue& action);
    base::Result<void> operator()(const definition::RecordSilence& action);

  private:
    base::Fields carry(const definition::Carried& with) const;
    base::Result<std::vector<std::string>> find_parties(const definition::OpenChild& action) const;
    base::Result<void> end_tasks(const std::string& name, TaskStatus status);
    base::Result<DeadlineRule> fixed_rule(const definition::ValueSource& to,
                                          const Deadline& before);
    /// A guard_failed error with the norms of the transition.
    tl::unexpected<base::Error> refuse(std::string code, std::string sentence) const;
    const Deadline* find_deadline(const std::string& name) const;
    /// The latest version; guard_failed when the file has none.
    base::Result<const Document*> require_document(const std::string& name) const;

    PlanBuilder& builder_;
};

}  // namespace engine::machine
