// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/task_acts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/toy_workflow.h"

namespace tests {
namespace {

using engine::definition::describe_task_acts;
using engine::definition::find_task_acts;

/// `verifica` ends with an act of state `uno`, with entering `due` and by itself in `tre`;
/// `esamina` when another procedure says so; nothing ends `telefona`. Nobody comes back from
/// `quattro`.
engine::definition::DefinitionPointer machine() {
    return parsed(R"({
  "id": "banco", "machine": "prova", "version": 1, "title": "Prova", "legal_basis": ["Legge"],
  "root": true, "initial": "zero", "opening": { "by": ["funzionario"] },
  "roles": { "funzionario": { "title": "Funzionario" } },
  "data": { "type": "object", "properties": {} },
  "tasks": {
    "verifica": { "title": "Verificare", "role": "funzionario" },
    "esamina": { "title": "Esaminare", "role": "funzionario" },
    "telefona": { "title": "Telefonare", "role": "funzionario" } },
  "states": {
    "zero": { "title": "Zero", "entry": [ { "start_task": "verifica" }, { "start_task": "esamina" },
        { "start_task": "telefona" } ], "on": {
      "comincia": { "title": "Comincia", "by": ["funzionario"], "target": "uno" } } },
    "uno": { "title": "Uno", "on": {
      "ammetti": { "title": "Ammetti", "by": ["funzionario"], "legal_basis": ["Art. 2"],
        "do": [ { "complete_task": "verifica" } ] },
      "chiedi": { "title": "Chiedi", "by": ["funzionario"], "target": "due" },
      "arriva": { "title": "Arriva la risposta", "do": [ { "complete_task": "esamina" } ] },
      "salta": { "title": "Salta", "by": ["funzionario"], "target": "quattro" } } },
    "due": { "title": "Due", "entry": [ { "complete_task": "verifica" } ], "on": {
      "passa": { "title": "Passa", "by": ["funzionario"], "target": "tre" } } },
    "tre": { "title": "Tre", "automatic": [ { "title": "Chiusura", "target": "quattro",
        "do": [ { "complete_task": "verifica" } ] } ] },
    "quattro": { "title": "Quattro", "on": {
      "chiudi": { "title": "Chiudi", "by": ["funzionario"], "target": "fine",
        "do": [ { "cancel_task": "telefona" } ] } } },
    "fine": { "title": "Fine", "final": true } } })");
}

std::vector<std::string> events(const std::string& state, const std::string& task) {
    std::vector<std::string> names;
    for (const auto& act : find_task_acts(*machine(), state, task)) {
        names.push_back(act.event.empty() ? "(" + act.title + ")" : act.event);
    }
    return names;
}

TEST(TaskActs, AreThoseOfTheStateByActionOrByTheStateTheyLeadTo) {
    EXPECT_THAT(events("uno", "verifica"), testing::ElementsAre("ammetti", "chiedi"));
    const auto acts = find_task_acts(*machine(), "uno", "verifica");
    EXPECT_TRUE(acts.front().is_here && acts.front().is_by_person);
    EXPECT_THAT(acts.front().legal_basis, testing::ElementsAre("Art. 2"));
    EXPECT_EQ(describe_task_acts(acts), "con l'atto «Ammetti» o «Chiedi»");
}

TEST(TaskActs, ElseAreThoseOfTheStatesThatMayFollow) {
    EXPECT_THAT(events("zero", "verifica"),
                testing::ElementsAre("ammetti", "chiedi", "(Chiusura)"));
    EXPECT_FALSE(find_task_acts(*machine(), "zero", "verifica").front().is_here);
}

TEST(TaskActs, MayBeOfAnotherProcedureOrComeByThemselves) {
    EXPECT_EQ(describe_task_acts(find_task_acts(*machine(), "uno", "esamina")),
              "da sé, quando «Arriva la risposta»");
    EXPECT_EQ(describe_task_acts(find_task_acts(*machine(), "tre", "verifica")),
              "da sé, quando «Chiusura»");
}

TEST(TaskActs, AreNoneWhereNothingEndsTheTaskAnyMore) {
    EXPECT_THAT(events("uno", "telefona"), testing::IsEmpty()) << "cancelled is not completed";
    EXPECT_THAT(events("quattro", "verifica"), testing::IsEmpty());
    EXPECT_EQ(describe_task_acts({}), "");
}

}  // namespace
}  // namespace tests
