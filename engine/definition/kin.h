// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>
#include <vector>

#include "engine/definition/catalog.h"

namespace engine::definition {

/// The machines that open this one, and those that open them: nearest first, each once.
std::vector<DefinitionPointer> find_ancestors(const Catalog& catalog,
                                              const WorkflowDefinition& definition);

/// The machine at the end of a path of child lists ("gruppi/riunioni"); null when there is none.
DefinitionPointer follow_path(const Catalog& catalog, const WorkflowDefinition& from,
                              std::string_view path);

/// A machine with those around it, as far as they are known: for sentences, which call what belongs
/// to another machine by its title there.
class Kin {
  public:
    /// Alone: what belongs to others is called by its name. Implicit, so that who knows no others
    /// passes the machine itself.
    Kin(const WorkflowDefinition& own) : own_(own) {}  // NOLINT(google-explicit-constructor)
    Kin(const WorkflowDefinition& own, const Catalog& catalog);

    const WorkflowDefinition& own() const { return own_; }
    /// Those that may stand in that relation: itself, the machines that open it, the roots above.
    std::vector<const WorkflowDefinition*> find(Relation relation) const;
    /// The machines at the end of a path that starts from a relation.
    std::vector<DefinitionPointer> find_list(Relation relation, std::string_view path) const;

  private:
    const WorkflowDefinition& own_;
    const Catalog* catalog_ = nullptr;
    std::vector<DefinitionPointer> parents_;
    std::vector<DefinitionPointer> roots_;
};

}  // namespace engine::definition
