// SPDX-License-Identifier: EUPL-1.2
// What the proof does when there are too many cases to look at all of them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/proof/prove.h"
#include "tests/support/toy_workflow.h"

namespace tests {
namespace {

using engine::definition::Catalog;
using engine::definition::LintContext;

std::string findings_of(const std::vector<std::string>& texts, std::size_t max_cases = 45'000) {
    Catalog catalog;
    for (const std::string& text : texts) {
        EXPECT_TRUE(catalog.add(parsed(text)).has_value());
    }
    const LintContext context{.catalog = catalog,
                              .has_check = [](const std::string&, int) { return false; },
                              .has_computation = [](const std::string&, int) { return false; },
                              .has_template = [](const std::string&) { return false; },
                              .max_cases = max_cases};
    std::string all;
    for (const auto& one : engine::proof::examine(context)) {
        all += fmt::format("{} {} {}\n", one.machine, one.finding.code, one.finding.path);
    }
    return all;
}

/// Eighteen values, each asked about: three to the eighteenth configurations.
std::string with_many_values() {
    std::string fields;
    std::string events;
    for (int index = 0; index < 18; ++index) {
        fields += fmt::format(R"({}"v{}": {{ "title": "V", "type": "boolean" }})",
                              index == 0 ? "" : ", ", index);
        events += fmt::format(
            R"("segna{0}": {{ "title": "Segna", "by": ["rdp"], "takes": ["v{0}"] }},
               "chiudi{0}": {{ "title": "Chiudi", "by": ["rdp"], "target": "fine",
                 "guard": {{ "value_in": {{ "value": {{ "own": "v{0}" }},
                   "options": [true] }} }} }},)",
            index);
    }
    return fmt::format(R"({{ "id": "tanti", "machine": "valori", "version": 1, "title": "Valori",
      "legal_basis": ["Esempio"], "root": true, "initial": "aperta", "opening": {{ "by": ["rdp"] }},
      "roles": {{ "rdp": {{ "title": "Responsabile" }} }},
      "data": {{ "type": "object", "properties": {{ {} }} }},
      "states": {{
        "aperta": {{ "title": "Aperta", "on": {{ {}
          "cadi": {{ "title": "Cadi", "by": ["rdp"], "target": "buco" }} }} }},
        "buco": {{ "title": "Buco" }},
        "fine": {{ "title": "Fine", "final": true }} }} }})",
                       fields, events);
}

/// A line of twenty states; the first opens a child when there is one below. `last` is what must
/// hold for its last step.
std::string long_line(const std::string& name, const std::string& child, bool is_root,
                      const std::string& last = "") {
    constexpr int kLength = 20;
    std::string states;
    for (int index = 0; index < kLength; ++index) {
        const std::string opens =
            child.empty() || index != 0 ? "" : R"(, "apri": { "title": "Apri", "by": ["rdp"],
                                             "do": [ { "open_child": "sotto" } ] })";
        states += fmt::format(
            R"("s{0}": {{ "title": "S", "on": {{ "avanti": {{ "title": "Avanti", "by": ["rdp"],
                 "target": "{1}"{3} }}{2} }} }},)",
            index, index + 1 == kLength ? "fine" : fmt::format("s{}", index + 1), opens,
            index + 1 == kLength ? last : "");
    }
    const std::string children =
        child.empty() ? ""
                      : fmt::format(R"("children": {{ "sotto": {{ "title": "Sotto", "id": "tanti",
                                       "machine": "{}", "version": 1 }} }},)",
                                    child);
    return fmt::format(R"({{ "id": "tanti", "machine": "{}", "version": 1, "title": "Fila",
      "legal_basis": ["Esempio"], {} "initial": "s0", "roles": {{ "rdp": {{ "title": "R" }} }}, {}
      "states": {{ {} "fine": {{ "title": "Fine", "final": true }} }} }})",
                       name, is_root ? R"("root": true, "opening": { "by": ["rdp"] },)" : "",
                       children, states);
}

TEST(ProofDetail, FindsThePitAlsoWhereTheValuesAreTooManyToFollow) {
    EXPECT_EQ(findings_of({with_many_values()}), "tanti/valori@1 dead_end states/buco\n");
}

constexpr std::size_t kFewCases = 2'000;  // three lines together make eight thousand

TEST(ProofDetail, ProvesAloneWhatDoesNotNeedItsRelatives) {
    EXPECT_EQ(findings_of({long_line("prima", "seconda", true),
                           long_line("seconda", "terza", false), long_line("terza", "", false)},
                          kFewCases),
              "");
}

TEST(ProofDetail, SaysWhatItCouldNotProve) {
    const std::string waits = R"(, "guard": { "parent_in": ["s9"] })";

    EXPECT_EQ(
        findings_of({long_line("prima", "seconda", true), long_line("seconda", "terza", false),
                     long_line("terza", "", false, waits)},
                    kFewCases),
        "tanti/terza@1 proved_in_part states\n");
}

}  // namespace
}  // namespace tests
