// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/definition/catalog.h"
#include "engine/definition/definition.h"

namespace engine::definition {

enum class LintSeverity { error, warning };

/// A mistake in a definition that its JSON Schema cannot see.
struct LintFinding {
    LintSeverity severity = LintSeverity::error;
    std::string code;  ///< stable: "unknown_state", "dead_end", …
    std::string path;  ///< in the definition: "states/aperto/on/proroga"
    std::string message_it;

    bool operator==(const LintFinding&) const = default;
};

/// What lint asks of the rest of the program.
struct LintContext {
    const Catalog& catalog;
    std::function<bool(const std::string& name, int version)> has_check;
    std::function<bool(const std::string& name, int version)> has_computation;
    std::function<bool(const std::string& template_name)> has_template;
    /// Most configurations of one scene that the proof explores; beyond, it explores again in less
    /// detail, and says so. The preset takes seconds; a machine with many relatives may want more.
    std::size_t max_cases = 45'000;
    /// Whether a script plays to its end as it says. Empty: nobody tries, and each finding is told
    /// by the shortest way; else by the shortest of those tried that plays.
    std::function<bool(const std::string& copione)> plays = {};
};

/// Every mistake of one machine, errors and warnings, in file order: names that nothing defines,
/// states that nothing reaches or that lead nowhere, deadlines that never start, obligations that
/// nothing meets, texts without a limit, things defined and never used.
std::vector<LintFinding> lint(const WorkflowDefinition& definition, const LintContext& context);

}  // namespace engine::definition
