// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/toy_workflow.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "engine/definition/parse.h"
#include "tests/support/source_dir.h"

namespace tests {
namespace {

std::string read_toy(const std::string& name) {
    std::ifstream file(source_dir() + "/tests/support/toy/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_FALSE(text.str().empty()) << name;
    return text.str();
}

}  // namespace

std::string toy_pratica() {
    return read_toy("pratica.json");
}

std::string toy_parere() {
    return read_toy("parere.json");
}

engine::definition::DefinitionPointer parsed(const std::string& text) {
    auto definition = engine::definition::parse_definition(
        text, [](std::string_view) -> engine::base::Result<std::string> {
            return engine::base::fail(engine::base::ErrorCode::not_found, "nessun file");
        });
    if (!definition) {
        ADD_FAILURE() << definition.error().message_it << " "
                      << (definition.error().details.empty()
                              ? ""
                              : definition.error().details.front().pointer);
        return nullptr;
    }
    return *definition;
}

engine::definition::Catalog toy_catalog() {
    engine::definition::Catalog catalog;
    EXPECT_TRUE(catalog.add(parsed(toy_pratica())).has_value());
    EXPECT_TRUE(catalog.add(parsed(toy_parere())).has_value());
    auto initiative = engine::definition::parse_initiative(
        R"({"id": "prova-2025", "title": "Prova",
            "parameters": {"termine_finale": "2025-06-30"}})");
    EXPECT_TRUE(initiative.has_value() && catalog.add(*initiative).has_value());
    return catalog;
}

const engine::machine::CheckLibrary& toy_checks() {
    static const engine::machine::CheckLibrary kChecks = [] {
        engine::machine::CheckLibrary checks;
        checks.add("completa", 1,
                   {"la pratica è completa", [](const engine::machine::CheckContext& context) {
                        const auto& values = context.facts.own.values;
                        const auto found = values.find("oggetto");
                        const bool passes =
                            found != values.end() && found->second == "\"completo\"";
                        return passes ? std::vector<engine::machine::CheckFinding>{}
                                      : std::vector<engine::machine::CheckFinding>{
                                            {"oggetto", "L'oggetto non è completo.", {}}};
                    }});
        return checks;
    }();
    return kChecks;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t found = text.find(from);
    if (found == std::string::npos) {
        ADD_FAILURE() << "the text does not hold: " << from;
        return text;
    }
    return text.replace(found, from.size(), to);
}

}  // namespace tests
