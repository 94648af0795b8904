// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "engine/proof/model.h"
#include "engine/proof/tracking.h"

namespace engine::proof {

/// Turns the guards of one place into conditions on bytes: one overload for each predicate. What
/// the scene does not follow becomes `maybe`; what can never be becomes `no`.
class GuardCompiler {
  public:
    GuardCompiler(const Scene& scene, const Tracking& tracking, const Model& model,
                  std::size_t place)
        : scene_(scene),
          tracking_(tracking),
          model_(model),
          place_(place),
          machine_(*scene.places[place].definition) {}

    /// `slots`: of the act that has the guard; null where nothing arrives.
    Condition compile(const Guard& guard, const std::vector<Slot>* slots);

    Condition operator()(const DeadlineOpen& p) const;
    Condition operator()(const DeadlinePassed& p) const;
    Condition operator()(const WithinTerm&) const { return fixed(Truth::maybe); }
    Condition operator()(const DeadlineMet& p) const;
    Condition operator()(const SuspensionUnused& p) const;
    Condition operator()(const DocumentPresent& p) const { return paper(p.document, present); }
    Condition operator()(const DocumentSigned& p) const { return paper(p.document, is_signed); }
    Condition operator()(const DocumentPublished& p) const { return paper(p.document, published); }
    Condition operator()(const DocumentVersionIs& p) const;
    Condition operator()(const ValuePresent& p) const;
    Condition operator()(const ValueIn& p) const;
    Condition operator()(const DateAtLeast& p) const;
    Condition operator()(const ChildrenCount& p) const;
    Condition operator()(const ChildrenAll& p) const;
    Condition operator()(const PartyAmong& p) const;
    Condition operator()(const PartyNotAmong& p) const;
    Condition operator()(const ParentIn& p) const;
    Condition operator()(const ActorPerformed& p) const;
    Condition operator()(const EventPerformed& p) const;
    Condition operator()(const ActorNotPerformed& p) const;
    Condition operator()(const TaskDone& p) const;
    Condition operator()(const LaterThan& p) const;
    Condition operator()(const ActorIs& p) const { return fixed(is_available(p.person)); }
    Condition operator()(const CheckPassed&) const { return fixed(Truth::maybe); }

    /// Whether a value can be read at all: `no` when nothing ever writes it.
    Truth is_available(const ValueSource& source) const;
    /// The byte that holds a source's value; kNowhere when it is not followed.
    std::size_t find_byte(const ValueSource& source) const;

  private:
    static Condition fixed(Truth truth);
    static Condition look(std::size_t at, std::vector<Truth> table);
    Condition deadline(const Reference& reference, std::vector<Truth> table) const;
    Condition paper(const Reference& reference, unsigned char bit) const;
    Condition compare(const ValueSource& source, const std::vector<std::string>* options) const;
    Condition children(const Children& children, Condition::Ask ask) const;
    Condition deeds(const std::vector<Deed>& asked, bool wants_deed) const;

    const Scene& scene_;
    const Tracking& tracking_;
    const Model& model_;
    std::size_t place_;
    const WorkflowDefinition& machine_;
    const std::vector<Slot>* slots_ = nullptr;
};

}  // namespace engine::proof
