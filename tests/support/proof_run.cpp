// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/proof_run.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>

#include "api/cli/workflow_files.h"
#include "api/scenario/player.h"
#include "tests/support/temporary_folder.h"

namespace tests {

using engine::definition::Catalog;
using engine::definition::LintContext;
using engine::proof::ProofFinding;

LintContext proof_context(const Catalog& catalog) {
    return {
        .catalog = catalog,
        .has_check = [](const std::string&, int) { return true; },
        .has_computation = [](const std::string&, int) { return true; },
        .has_template = [](const std::string&) { return true; },
    };
}

std::vector<ProofFinding> examine(const Catalog& catalog) {
    return engine::proof::examine(proof_context(catalog));
}

std::string describe(const std::vector<ProofFinding>& findings) {
    std::string text;
    for (const ProofFinding& one : findings) {
        EXPECT_FALSE(one.finding.message_it.empty());
        text += fmt::format("{} {} {}\n", one.machine, one.finding.code, one.finding.path);
    }
    return text;
}

Played play(const std::string& copione, const Catalog& catalog) {
    const auto lines = api::scenario::parse_copione(copione);
    if (!lines) {
        return {{lines.error().message_it}, ""};
    }
    const TemporaryFolder folder;
    std::ostringstream narration;
    const auto report = api::scenario::play(*lines, catalog, api::cli::workflow_checks(),
                                            {folder.path(), false, false, 3}, narration);
    return report ? Played{report->failures, report->summary}
                  : Played{{report.error().message_it}, ""};
}

}  // namespace tests
