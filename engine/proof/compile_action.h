// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "engine/proof/compile_guard.h"

namespace engine::proof {

/// Turns the actions of one place into steps on bytes: one overload for each action. What changes
/// nothing that is followed leaves no step.
class ActionCompiler {
  public:
    ActionCompiler(const Scene& scene, const Tracking& tracking, const Model& model,
                   std::size_t place)
        : scene_(scene),
          tracking_(tracking),
          model_(model),
          place_(place),
          machine_(*scene.places[place].definition),
          guards_(scene, tracking, model, place) {}

    /// `transition`: what brings fields with it; null where nothing arrives.
    std::vector<Step> compile(const std::vector<Action>& actions,
                              const TransitionDefinition* transition,
                              const std::vector<Slot>* slots);

    void operator()(const StartDeadline& a);
    void operator()(const MoveDeadline& a) { add_term(Step::Verb::move, a.deadline); }
    void operator()(const ReopenDeadline& a) { add_term(Step::Verb::reopen, a.deadline); }
    void operator()(const CancelDeadline& a) { add_term(Step::Verb::cancel, a.deadline); }
    void operator()(const SuspendDeadline& a);
    void operator()(const EndSuspension& a);
    void operator()(const StartTask& a) { add_task(a.task, Step::Verb::add_bits, open_duty); }
    void operator()(const CompleteTask& a) { add_task(a.task, Step::Verb::end_task, done_duty); }
    void operator()(const CancelTask& a) { add_task(a.task, Step::Verb::end_task, 0); }
    void operator()(const OpenChild& a);
    void operator()(const Signal& a);
    void operator()(const SendMessage&) {}
    void operator()(const PublishDocument& a) { add_paper(a.document, Step::Verb::publish); }
    void operator()(const FreezeDocument& a) { add_paper(a.document, Step::Verb::need_paper); }
    void operator()(const AssignNumber&) {}
    void operator()(const SetValue& a);
    void operator()(const AppendValue& a) { put_other(a.field); }
    void operator()(const ComputeValue& a) { put_other(a.field); }
    void operator()(const RecordSilence&) {}

  private:
    void add(Step step) { steps_.push_back(std::move(step)); }
    void add_term(Step::Verb verb, const std::string& deadline);
    void add_task(const std::string& task, Step::Verb verb, unsigned char value);
    void add_paper(const std::string& document, Step::Verb verb);
    void put_other(const std::string& field);
    void require(const ValueSource& source);
    std::vector<unsigned char> codes_given(const std::string& name, const FieldDefinition& field,
                                           std::size_t at, const Carried& with) const;
    unsigned char code_of(std::size_t at, const std::string& json) const;
    std::vector<unsigned char> every_code(std::size_t at) const;
    std::vector<unsigned char> translate(const std::vector<std::string>& from,
                                         std::size_t at) const;
    Truth reaches(const MachineModel& target, std::size_t event, const Carried& with) const;

    const Scene& scene_;
    const Tracking& tracking_;
    const Model& model_;
    std::size_t place_;
    const WorkflowDefinition& machine_;
    GuardCompiler guards_;
    const TransitionDefinition* transition_ = nullptr;
    const std::vector<Slot>* slots_ = nullptr;
    std::vector<Step> steps_;
};

}  // namespace engine::proof
