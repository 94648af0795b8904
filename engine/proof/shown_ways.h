// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <set>
#include <string>

#include "engine/proof/explore.h"

namespace engine::proof {

/// Which acts of a machine can ever be done, from all of its scenes.
class ShownWays {
  public:
    explicit ShownWays(const WorkflowDefinition& machine) : machine_(machine) {}

    /// What one scene, explored to its end, has shown.
    void note(const CompiledScene& compiled, const Graph& graph);

    /// What a closer look at some branches (`Scene::asked`) of the machine by itself has shown:
    /// with relatives they are no more possible than there.
    void narrow(const CompiledScene& compiled, const Graph& graph);

    /// Whether a closer look has shown that nothing lets the branch be, not even that an office
    /// enters late what had arrived in time.
    bool is_ruled_out(const Branch* branch) const { return ruled_out_.contains(branch); }

    bool empty() const { return by_ancestors_.empty(); }
    bool is_reached(const std::set<std::string>& states) const;
    /// Whether the branch can be taken at all, or if only who does it were another: for an instance
    /// that came to be in one way at least, in each of its scenes.
    bool is_possible(const Branch* branch) const;
    bool is_possible_for_somebody(const Branch* branch) const;

  private:
    /// An act is possible when any path of children lets it be.
    struct Shown {
        std::set<const Branch*> possible;
        std::set<const Branch*> possible_for_somebody;
    };

    static Shown read_shown(const CompiledScene& compiled, const Graph& graph);

    const WorkflowDefinition& machine_;
    std::map<std::string, Shown> by_ancestors_;
    std::map<const Branch*, bool> ruled_out_;  ///< whether only by who acts
    std::set<std::string> reached_;
};

/// The name of a state by its place in the file.
const std::string& name_of_state(const WorkflowDefinition& machine, std::size_t index);

}  // namespace engine::proof
