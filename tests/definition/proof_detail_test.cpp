// SPDX-License-Identifier: EUPL-1.2
// What the proof does when there are too many cases to look at all of them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/proof/prove.h"
#include "tests/support/proof_run.h"
#include "tests/support/toy_workflow.h"

namespace tests {
namespace {

using engine::definition::Catalog;
using engine::definition::LintContext;

Catalog catalog_of(const std::vector<std::string>& texts) {
    Catalog catalog;
    for (const std::string& text : texts) {
        EXPECT_TRUE(catalog.add(parsed(text)).has_value());
    }
    return catalog;
}

LintContext context_of(const Catalog& catalog, std::size_t max_cases = 45'000) {
    return {.catalog = catalog,
            .has_check = [](const std::string&, int) { return false; },
            .has_computation = [](const std::string&, int) { return false; },
            .has_template = [](const std::string&) { return false; },
            .max_cases = max_cases};
}

std::string findings_of(const std::vector<std::string>& texts, std::size_t max_cases = 45'000) {
    const Catalog catalog = catalog_of(texts);
    return describe(engine::proof::examine(context_of(catalog, max_cases)));
}

/// Eighteen values, each asked about: three to the eighteenth configurations. With another act of
/// the first state, and other states.
std::string with_many_values(const std::string& act, const std::string& states) {
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
      "documents": {{ "atto": {{ "title": "Atto", "by": ["rdp"], "signed_by": "rdp" }} }},
      "data": {{ "type": "object", "properties": {{ {} }} }},
      "states": {{
        "aperta": {{ "title": "Aperta", "on": {{ {} {} }} }},
        {},
        "fine": {{ "title": "Fine", "final": true }} }} }})",
                       fields, events, act, states);
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
    EXPECT_EQ(
        findings_of({with_many_values(
            R"("cadi": { "title": "Cadi", "by": ["rdp"], "guard": { "document_signed": "atto" },
                         "target": "buco" })",
            R"("buco": { "title": "Buco" })")}),
        "tanti/valori@1 dead_end states/buco\n");
}

/// Who approves must and must not be who has verified, among values too many to follow.
TEST(ProofDetail, LooksAtEachActByItselfWhereAllTogetherAreTooMany) {
    EXPECT_EQ(findings_of({with_many_values(
                  R"("verifica": { "title": "Verifica", "by": ["rdp"], "target": "verificata" })",
                  R"("verificata": { "title": "Verificata", "on": {
                 "approva": { "title": "Approva", "by": ["rdp"], "target": "fine", "guard": {
                   "all": [ { "actor_performed": { "events": ["verifica"] } },
                            { "document_signed": "atto" },
                            { "actor_not_performed": { "events": ["verifica"] } } ] } },
                 "lascia": { "title": "Lascia", "by": ["rdp"], "target": "fine" } } })")}),
              "tanti/valori@1 two_person_rule states/verificata/on/approva\n");
}

/// The same of a machine that only others open: it is brought there from its parent.
TEST(ProofDetail, ShowsAnImpossibleActOfAChildThatIsTooLargeToFollowWithItsParent) {
    std::string child = with_many_values(
        R"("verifica": { "title": "Verifica", "by": ["rdp"], "target": "verificata" })",
        R"("verificata": { "title": "Verificata", "on": {
             "approva": { "title": "Approva", "by": ["rdp"], "target": "fine", "guard": {
               "all": [ { "actor_performed": { "events": ["verifica"] } },
                        { "actor_not_performed": { "events": ["verifica"] } } ] } },
             "lascia": { "title": "Lascia", "by": ["rdp"], "target": "fine" } } })");
    child = replaced(child, R"("root": true, )", "");
    child = replaced(child, R"("opening": { "by": ["rdp"] },)", "");
    const Catalog catalog = catalog_of({R"({ "id": "tanti", "machine": "padre", "version": 1,
      "title": "Padre", "legal_basis": ["Esempio"], "root": true, "initial": "aperto",
      "opening": { "by": ["rdp"] }, "roles": { "rdp": { "title": "Responsabile" } },
      "children": { "voci": { "title": "Voci", "id": "tanti", "machine": "valori", "version": 1 } },
      "states": {
        "aperto": { "title": "Aperto", "on": {
          "apri": { "title": "Apri", "by": ["rdp"], "do": [ { "open_child": "voci" } ] },
          "chiudi": { "title": "Chiudi", "by": ["rdp"], "target": "fine" } } },
        "fine": { "title": "Fine", "final": true } } })",
                                        child});

    const auto findings = engine::proof::examine(context_of(catalog, 45'000));

    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().finding.code, "two_person_rule");
    const std::string& copione = findings.front().copione;
    EXPECT_NE(copione.find("apri su P come F1"), std::string::npos) << copione;
    EXPECT_NE(copione.find("sistema -> stato verificata di F1"), std::string::npos) << copione;
}

/// The obligation cannot be met because one is stuck: that is told, once.
TEST(ProofDetail, WhatIsStuckIsNotToldAgainForItsObligation) {
    EXPECT_EQ(findings_of({R"({ "id": "una", "machine": "sola", "version": 1, "title": "Sola",
      "legal_basis": ["Esempio"], "root": true, "initial": "aperta",
      "opening": { "by": ["rdp"] }, "roles": { "rdp": { "title": "Responsabile" } },
      "deadlines": { "decisione": { "title": "Decisione", "kind": "obligation",
        "due": { "days": 30, "after": "now" }, "met_by": ["decidi"],
        "legal_basis": ["Esempio"] } },
      "states": {
        "aperta": { "title": "Aperta", "on": {
          "proponi": { "title": "Proponi", "by": ["rdp"], "target": "proposta" } } },
        "proposta": { "title": "Proposta", "entry": [ { "start_deadline": "decisione" } ],
          "on": { "decidi": { "title": "Decidi", "by": ["rdp"], "target": "fine", "guard": {
            "all": [ { "actor_performed": { "events": ["proponi"] } },
                     { "actor_not_performed": { "events": ["proponi"] } } ] } } } },
        "fine": { "title": "Fine", "final": true } } })"}),
              "una/sola@1 two_person_rule states/proposta\n");
}

/// An office may enter late what had arrived in time, but not against the two-person rule.
TEST(ProofDetail, LatenessIsNoExcuseForARuleThatNobodyCanKeep) {
    const std::string deadlines = R"("deadlines": { "memorie": { "title": "Memorie",
        "kind": "closing", "due": { "days": 10, "after": "now" }, "legal_basis": ["Esempio"] } },)";
    const auto machine = [&](const std::string& rule) {
        return R"({ "id": "tanti", "machine": "tardi", "version": 1, "title": "Tardi",
          "legal_basis": ["Esempio"], "root": true, "initial": "aperta",
          "opening": { "by": ["rdp"] }, "roles": { "rdp": { "title": "Responsabile" } },)" +
               deadlines + R"("states": {
            "aperta": { "title": "Aperta", "entry": [ { "start_deadline": "memorie" } ],
              "on": { "avanti": { "title": "Avanti", "by": ["rdp"], "target": "attesa",
                "guard": { "deadline_passed": "memorie" } } } },
            "attesa": { "title": "Attesa", "on": {
              "registra": { "title": "Registra", "by": ["rdp"], "target": "fine",
                "guard": { "all": [ { "deadline_open": "memorie" } )" +
               rule + R"( ] } },
              "lascia": { "title": "Lascia", "by": ["rdp"], "target": "fine" } } },
            "fine": { "title": "Fine", "final": true } } })";
    };

    EXPECT_EQ(findings_of({machine("")}), "");
    EXPECT_EQ(findings_of({machine(R"( ] } }, "decidi": { "title": "Decidi", "by": ["rdp"],
                "target": "fine", "guard": { "all": [ { "deadline_passed": "memorie" } )")}),
              "")
        << "what follows a term elsewhere takes nothing away";
    EXPECT_EQ(findings_of({machine(R"(, { "actor_performed": { "events": ["registra"] } })")}),
              "tanti/tardi@1 two_person_rule states/attesa/on/registra\n");
}

/// A late entry is possible also where another branch of the act looks at the end of the term.
TEST(ProofDetail, ALateEntryIsPossibleBesideABranchThatWaitsForTheEnd) {
    EXPECT_EQ(findings_of({R"({ "id": "tanti", "machine": "tardi", "version": 1,
      "title": "Tardi", "legal_basis": ["Esempio"], "root": true, "initial": "aperta",
      "opening": { "by": ["rdp"] }, "roles": { "rdp": { "title": "Responsabile" } },
      "deadlines": { "memorie": { "title": "Memorie", "kind": "closing",
        "due": { "days": 10, "after": "now" }, "legal_basis": ["Esempio"] } },
      "states": {
        "aperta": { "title": "Aperta", "entry": [ { "start_deadline": "memorie" } ],
          "on": { "avanti": { "title": "Avanti", "by": ["rdp"], "target": "attesa",
            "guard": { "deadline_passed": "memorie" } } } },
        "attesa": { "title": "Attesa", "on": { "registra": { "title": "Registra", "by": ["rdp"],
          "branches": [
            { "title": "In tempo", "guard": { "deadline_open": "memorie" }, "target": "fine" },
            { "title": "Tardi", "guard": { "deadline_passed": "memorie" }, "target": "fine" }
          ] } } },
        "fine": { "title": "Fine", "final": true } } })"}),
              "");
}

/// What a term publishes when it passes counts, also where the term is not asked about.
TEST(ProofDetail, WhatATermDoesWhenItPassesIsNotForgotten) {
    EXPECT_EQ(findings_of({R"({ "id": "tanti", "machine": "avviso", "version": 1,
      "title": "Avviso", "legal_basis": ["Esempio"], "root": true, "initial": "aperta",
      "opening": { "by": ["rdp"] }, "roles": { "rdp": { "title": "Responsabile" } },
      "documents": { "atto": { "title": "Atto", "by": ["rdp"] } },
      "deadlines": { "attesa": { "title": "Attesa", "kind": "closing",
        "due": { "days": 10, "after": "now" }, "on_due": [ { "publish": "atto" } ],
        "legal_basis": ["Esempio"] } },
      "states": {
        "aperta": { "title": "Aperta", "entry": [ { "start_deadline": "attesa" } ],
          "on": { "chiudi": { "title": "Chiudi", "by": ["rdp"], "target": "fine",
                    "guard": { "document_published": "atto" } },
                  "lascia": { "title": "Lascia", "by": ["rdp"], "target": "fine" } } },
        "fine": { "title": "Fine", "final": true } } })"}),
              "");
}

/// What only a relative gives at the opening counts, also for a machine that people open.
TEST(ProofDetail, WhatAParentGivesAtTheOpeningIsNotForgotten) {
    const std::string parent = R"({ "id": "tanti", "machine": "madre", "version": 1,
      "title": "Madre", "legal_basis": ["Esempio"], "root": true, "initial": "aperta",
      "opening": { "by": ["rdp"] }, "roles": { "rdp": { "title": "Responsabile" } },
      "children": { "figlie": { "title": "Figlie", "id": "tanti", "machine": "figlia",
        "version": 1 } },
      "states": { "aperta": { "title": "Aperta", "on": {
          "apri": { "title": "Apri", "by": ["rdp"],
            "do": [ { "open_child": { "child": "figlie", "with": { "nota": "sì" } } } ] },
          "chiudi": { "title": "Chiudi", "by": ["rdp"], "target": "fine" } } },
        "fine": { "title": "Fine", "final": true } } })";
    const std::string child = R"({ "id": "tanti", "machine": "figlia", "version": 1,
      "title": "Figlia", "legal_basis": ["Esempio"], "initial": "aperta",
      "opening": { "by": ["rdp"] }, "roles": { "rdp": { "title": "Responsabile" } },
      "data": { "type": "object", "properties": {
        "nota": { "title": "Nota", "type": "string", "maxLength": 10 } } },
      "states": { "aperta": { "title": "Aperta", "on": {
          "usa": { "title": "Usa", "by": ["rdp"], "target": "fine",
            "guard": { "value_present": { "own": "nota" } } },
          "chiudi": { "title": "Chiudi", "by": ["rdp"], "target": "fine" } } },
        "fine": { "title": "Fine", "final": true } } })";

    EXPECT_EQ(findings_of({parent, child}), "");
}

/// What other acts ask of the same document is not forgotten: it must be signed to be published.
TEST(ProofDetail, AnActLookedAtByItselfIsNoLessPossible) {
    EXPECT_EQ(findings_of({with_many_values(
                  R"("pubblica": { "title": "Pubblica", "by": ["rdp"], "target": "pubblicata",
                 "guard": { "document_signed": "atto" }, "do": [ { "publish": "atto" } ] })",
                  R"("pubblicata": { "title": "Pubblicata", "on": {
                 "chiudi": { "title": "Chiudi", "by": ["rdp"], "target": "fine",
                   "guard": { "document_published": "atto" } },
                 "lascia": { "title": "Lascia", "by": ["rdp"], "target": "fine" } } })")}),
              "");
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

/// An act that asks that none of the eighteen values be given is too much by itself, too: it is
/// said, not passed over.
TEST(ProofDetail, SaysWhichActsItCouldNotLookAt) {
    std::string all;
    for (int index = 0; index < 18; ++index) {
        all += fmt::format(
            R"({}{{ "not": {{ "value_in": {{ "value": {{ "own": "v{}" }},
                                             "options": [true] }} }} }})",
            index == 0 ? "" : ", ", index);
    }
    const std::string act = fmt::format(
        R"("nessuno": {{ "title": "Nessuno", "by": ["rdp"], "target": "altra",
             "guard": {{ "all": [ {} ] }} }})",
        all);
    const Catalog catalog =
        catalog_of({with_many_values(act, R"("altra": { "title": "Altra", "on": {
            "lascia": { "title": "Lascia", "by": ["rdp"], "target": "fine" } } })")});

    const auto findings = engine::proof::examine(context_of(catalog, 45'000));

    const auto told = std::find_if(findings.begin(), findings.end(), [](const auto& one) {
        return one.finding.code == "acts_proved_in_part";
    });
    ASSERT_NE(told, findings.end());
    EXPECT_EQ(told->finding.severity, engine::definition::LintSeverity::warning);
    EXPECT_NE(told->finding.message_it.find("troppi casi"), std::string::npos);
    EXPECT_NE(told->finding.message_it.find("«Nessuno»"), std::string::npos);
}

}  // namespace
}  // namespace tests
