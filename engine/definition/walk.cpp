// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/walk.h"

#include <fmt/format.h>

namespace engine::definition {
namespace {

using VisitPredicate = std::function<void(const std::string& path, const Predicate&)>;

void add_branches(std::vector<BranchPlace>& places, const BranchPlace& place,
                  const std::vector<Branch>& branches) {
    for (std::size_t index = 0; index < branches.size(); ++index) {
        BranchPlace one = place;
        one.path += branches.size() > 1 ? fmt::format("/branches/{}", index) : "";
        one.branch = &branches[index];
        places.push_back(std::move(one));
    }
}

void visit_guard(const std::string& path, const Guard& guard, const VisitPredicate& visit) {
    if (guard.predicate) {
        visit(path, *guard.predicate);
    }
    for (const Guard& part : guard.parts) {
        visit_guard(path, part, visit);
    }
}

}  // namespace

std::vector<BranchPlace> find_branches(const WorkflowDefinition& definition) {
    std::vector<BranchPlace> places;
    for (const auto& [name, state] : definition.states) {
        for (const auto& [event, transition] : state.on) {
            add_branches(
                places,
                {fmt::format("states/{}/on/{}", name, event), name, event, nullptr, &transition},
                transition.branches);
        }
        for (const auto& [deadline, branches] : state.after) {
            add_branches(
                places,
                {fmt::format("states/{}/after/{}", name, deadline), name, "", nullptr, nullptr},
                branches);
        }
        add_branches(places, {fmt::format("states/{}/automatic", name), name, "", nullptr, nullptr},
                     state.automatic);
    }
    for (const auto& [deadline, branches] : definition.after) {
        add_branches(places, {fmt::format("after/{}", deadline), "", "", nullptr, nullptr},
                     branches);
    }
    for (const auto& [event, shared] : definition.shared) {
        add_branches(places,
                     {fmt::format("shared/{}", event), "", event, nullptr, &shared.transition},
                     shared.transition.branches);
    }
    return places;
}

void for_each_action(const WorkflowDefinition& definition,
                     const std::function<void(const std::string& path, const Action&)>& visit) {
    for (const auto& [name, state] : definition.states) {
        for (const Action& action : state.entry) {
            visit(fmt::format("states/{}/entry", name), action);
        }
    }
    for (const BranchPlace& place : find_branches(definition)) {
        for (const Action& action : place.branch->actions) {
            visit(place.path + "/do", action);
        }
    }
    for (const auto& [name, role] : definition.roles) {
        for (const Action& action : role.on_other) {
            visit(fmt::format("roles/{}/on_other", name), action);
        }
    }
    if (definition.migration) {
        for (const Action& action : definition.migration->actions) {
            visit("migration/do", action);
        }
    }
    for (const auto& [name, deadline] : definition.deadlines) {
        for (const Action& action : deadline.on_due) {
            visit(fmt::format("deadlines/{}/on_due", name), action);
        }
    }
}

void for_each_predicate(const WorkflowDefinition& definition, const VisitPredicate& visit) {
    for (const BranchPlace& place : find_branches(definition)) {
        if (place.branch->guard) {
            visit_guard(place.path + "/guard", *place.branch->guard, visit);
        }
    }
    for_each_action(definition, [&](const std::string& path, const Action& action) {
        if (action.when) {
            visit_guard(path + "/when", *action.when, visit);
        }
    });
}

std::vector<CheckPassed> find_checks(const WorkflowDefinition& definition) {
    std::vector<CheckPassed> checks;
    for_each_predicate(definition, [&](const std::string&, const Predicate& predicate) {
        if (const auto* check = std::get_if<CheckPassed>(&predicate)) {
            checks.push_back(*check);
        }
    });
    return checks;
}

std::vector<ComputeValue> find_computations(const WorkflowDefinition& definition) {
    std::vector<ComputeValue> computations;
    for_each_action(definition, [&](const std::string&, const Action& action) {
        if (const auto* computation = std::get_if<ComputeValue>(&action.verb)) {
            computations.push_back(*computation);
        }
    });
    return computations;
}

}  // namespace engine::definition
