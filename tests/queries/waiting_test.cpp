// SPDX-License-Identifier: EUPL-1.2
// For what a body is waited for, by the definitions themselves.
#include "engine/waiting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/definition/catalog.h"

namespace tests {
namespace {

using engine::AwaitedAct;

const engine::definition::WorkflowDefinition& machine(const std::string& name) {
    static const auto kCatalog =
        engine::definition::load_catalog(engine::definition::embedded_workflow_files()).value();
    const auto found = kCatalog.find("coprogrammazione", name, 1);
    if (found == nullptr) {
        throw std::runtime_error(name);
    }
    return *found;
}

/// "integra < chiedi_integrazione: termine_soccorso (dopo)"
std::vector<std::string> awaited(const std::string& name, const std::string& state) {
    std::vector<std::string> lines;
    for (const AwaitedAct& act : engine::find_awaited_acts(machine(name), state)) {
        std::string line = act.event;
        for (const std::string& event : act.asked_by) {
            line += " < " + event;
        }
        for (const auto& term : act.terms) {
            line += ": " + term.deadline.name + (term.is_later ? " (dopo)" : "");
        }
        lines.push_back(line);
    }
    return lines;
}

TEST(AwaitedActs, AnswerWhoAskedFromTheRequestOnAlsoBeforeTheTermBegins) {
    EXPECT_THAT(awaited("istanza", "richiesta_inviata"),
                testing::ElementsAre("integra < chiedi_integrazione: termine_soccorso (dopo)"));
    EXPECT_THAT(awaited("istanza", "soccorso"),
                testing::ElementsAre("integra < chiedi_integrazione: termine_soccorso"));
}

TEST(AwaitedActs, AreNotThoseThatABodyMayDoAtAnyTime) {
    EXPECT_THAT(awaited("istanza", "presentata"), testing::IsEmpty()) << "who may withdraw";
    EXPECT_THAT(awaited("istanza", "ammessa"), testing::IsEmpty());
}

TEST(AwaitedActs, HaveTheTermThatOthersMustLetPass) {
    EXPECT_THAT(awaited("istanza", "in_decadenza"),
                testing::Contains(testing::HasSubstr("presenta_memorie")));
    EXPECT_THAT(awaited("istanza", "in_decadenza"),
                testing::Contains(testing::HasSubstr(": termine_memorie")));
}

TEST(AwaitedActs, OfADraftHaveTheTermOfTheProcedureAbove) {
    const auto acts = engine::find_awaited_acts(machine("istanza"), "bozza");

    ASSERT_EQ(acts.size(), 1U);
    EXPECT_EQ(acts.front().event, "presenta");
    EXPECT_EQ(acts.front().terms.front().deadline.name, "termine_istanze");
    EXPECT_EQ(acts.front().terms.front().deadline.of, engine::definition::Relation::parent);
}

}  // namespace
}  // namespace tests
