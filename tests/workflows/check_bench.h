// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "api/cli/workflow_files.h"
#include "tests/support/source_dir.h"
#include "tests/support/world.h"

namespace tests {

/// The workflows room as it is on disk.
inline const engine::definition::Catalog& workflows_catalog() {
    static const auto kCatalog = api::cli::load_workflows(source_dir() + "/workflows");
    return kCatalog.value();
}

/// A machine of the co-programmazione with facts made by hand.
class CheckBench {
  public:
    explicit CheckBench(const std::string& machine)
        : definition(workflows_catalog().find("coprogrammazione", machine, 1)) {
        facts.parent.emplace();
        facts.times =
            engine::machine::ActTimes::of_act(at("2025-05-05T09:00"), at("2025-05-05T09:00"));
    }

    void add_document(const std::string& name, const std::string& signed_by = "") {
        facts.own.record.documents[{name, 1}] = {name, 1, "", signed_by, "", {}, {}, false};
    }
    void end_term_on(engine::machine::Snapshot& snapshot, const std::string& date,
                     const std::string& bound) const {
        engine::machine::Deadline deadline;
        deadline.name = "termine_istanze";
        deadline.due_date = date;
        deadline.bound = at(bound);
        snapshot.record.deadlines[{deadline.name, 1}] = deadline;
    }
    engine::machine::CheckContext context() const {
        return {*definition, facts, actor, payload, params};
    }
    std::vector<engine::machine::CheckFinding> run(const std::string& name) const {
        return api::cli::workflow_checks().find(name, 1)->run(context());
    }
    /// The fields that a check complains of, in order; "-" for one that is not about a field.
    std::vector<std::string> fields(const std::string& name) const {
        std::vector<std::string> found;
        for (const auto& finding : run(name)) {
            found.push_back(finding.field.empty() ? "-" : finding.field);
        }
        return found;
    }
    std::string compute(const std::string& name) const {
        return (*api::cli::workflow_checks().find_computation(name, 1))(context());
    }

    engine::definition::DefinitionPointer definition;
    engine::machine::Facts facts;
    engine::machine::Actor actor{"p1", "rdp", "326", ""};
    engine::base::Fields payload;
    engine::base::Fields params;
};

}  // namespace tests
