// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "engine/definition/lint.h"
#include "engine/definition/parse.h"
#include "engine/documents/message_renderer.h"
#include "tests/simulation/definition_maker.h"

namespace tests::simulation {

namespace definition = engine::definition;
namespace machine = engine::machine;

namespace {

void add_texts(GeneratedCatalog& generated) {
    const definition::FileReader no_files =
        [](std::string_view) -> engine::base::Result<std::string> {
        return engine::base::fail(engine::base::ErrorCode::not_found, "nessun file");
    };
    for (const std::string& text : generated.texts) {
        auto parsed = definition::parse_definition(text, no_files);
        if (!parsed) {
            const auto& error = parsed.error();
            generated.problems.push_back(
                "parser: " + error.message_it +
                (error.details.empty() ? "" : " " + error.details.front().pointer));
            continue;
        }
        if (auto added = generated.catalog.add(*parsed); !added) {
            generated.problems.push_back(added.error().message_it);
        }
    }
}

void lint_all(GeneratedCatalog& generated) {
    const auto& checks = simulation_checks();
    const definition::LintContext context{
        generated.catalog,
        [&](const std::string& name, int version) { return checks.find(name, version) != nullptr; },
        [&](const std::string& name, int version) {
            return checks.find_computation(name, version) != nullptr;
        },
        [](const std::string& name) { return engine::documents::has_message_template(name); }};
    for (const auto& one : generated.catalog.definitions()) {
        for (const auto& finding : definition::lint(*one, context)) {
            if (finding.severity == definition::LintSeverity::error) {
                generated.problems.push_back(
                    fmt::format("{}: {} {}", one->machine, finding.code, finding.path));
            }
        }
    }
}

}  // namespace

GeneratedCatalog make_catalog(std::uint64_t seed) {
    GeneratedCatalog generated;
    generated.texts = make_definitions(seed);
    add_texts(generated);
    auto initiative = definition::parse_initiative(
        R"({"id": "prova-2025", "title": "Prova",
            "parameters": {"termine_finale": "2025-06-30"}})");
    if (!initiative || !generated.catalog.add(*initiative)) {
        generated.problems.emplace_back("iniziativa");
    }
    lint_all(generated);
    return generated;
}

const machine::CheckLibrary& simulation_checks() {
    static const machine::CheckLibrary kChecks = [] {
        machine::CheckLibrary checks;
        checks.add("numero_pari", 1,
                   {"il numero è pari", [](const machine::CheckContext& context) {
                        const auto found = context.facts.own.values.find("numero");
                        const bool is_even =
                            found != context.facts.own.values.end() &&
                            engine::base::read_integer(found->second).value_or(1) % 2 == 0;
                        return is_even ? std::vector<machine::CheckFinding>{}
                                       : std::vector<machine::CheckFinding>{
                                             {"numero", "Il numero non è pari.", {}}};
                    }});
        checks.add_computation("riassunto", 1, [](const machine::CheckContext& context) {
            return fmt::format(R"({{"stato":"{}"}})", context.facts.own.record.instance.state);
        });
        return checks;
    }();
    return kChecks;
}

}  // namespace tests::simulation
