// SPDX-License-Identifier: EUPL-1.2
// Mistakes that the schema cannot see: each broken definition gives the one finding it must.
#include "engine/definition/lint.h"

#include <gtest/gtest.h>

#include "engine/proof/prove.h"
#include "tests/support/toy_workflow.h"

namespace tests {
namespace {

using engine::definition::Catalog;
using engine::definition::LintContext;
using engine::definition::LintFinding;
using engine::definition::LintSeverity;

/// The toy `pratica` without the message that it never sends.
std::string clean_pratica() {
    return replaced(toy_pratica(),
                    R"(,
    "ricevuta": { "title": "Ricevuta", "template": "comunicazione", )"
                    R"("to": "party", "channel": "pec" })",
                    "");
}

Catalog catalog_of(const std::string& pratica, const std::string& parere) {
    Catalog catalog;
    const auto first = parsed(pratica);
    const auto second = parsed(parere);
    if (first && second) {
        EXPECT_TRUE(catalog.add(first).has_value());
        EXPECT_TRUE(catalog.add(second).has_value());
    }
    return catalog;
}

LintContext toy_context(const Catalog& catalog) {
    return {.catalog = catalog,
            .has_check = [](const std::string& name,
                            int version) { return name == "completa" && version == 1; },
            .has_computation = [](const std::string&, int) { return false; },
            .has_template = [](const std::string& name) { return name == "comunicazione"; }};
}

std::vector<LintFinding> lint_of(const std::string& pratica, const std::string& parere,
                                 const char* machine) {
    const Catalog catalog = catalog_of(pratica, parere);
    const auto definition = catalog.find("toy", machine, 1);
    return definition ? lint(*definition, toy_context(catalog)) : std::vector<LintFinding>{};
}

/// What the proof says of the pit.
std::vector<LintFinding> proof_of_pit(const std::string& pratica, const std::string& parere) {
    const Catalog catalog = catalog_of(pratica, parere);
    std::vector<LintFinding> findings;
    for (const auto& one : engine::proof::examine(toy_context(catalog))) {
        if (one.finding.path == "states/buco") {
            findings.push_back(one.finding);
        }
    }
    return findings;
}

std::string describe(const std::vector<LintFinding>& findings) {
    std::string text;
    for (const LintFinding& finding : findings) {
        text += finding.code + " " + finding.path + "\n";
        EXPECT_FALSE(finding.message_it.empty());
    }
    return text;
}

/// One change of `pratica`, with the one finding it must give: "code path".
struct Row {
    const char* from;
    const char* to;
    const char* finding;
};

template <std::size_t kSize>
void expect_findings(const Row (&rows)[kSize], const char* machine = "pratica") {
    for (const Row& row : rows) {
        SCOPED_TRACE(row.to);
        const bool is_parent = machine == std::string("pratica");
        const auto findings =
            is_parent ? lint_of(replaced(clean_pratica(), row.from, row.to), toy_parere(), machine)
                      : lint_of(clean_pratica(), replaced(toy_parere(), row.from, row.to), machine);
        EXPECT_EQ(describe(findings), std::string(row.finding) + "\n");
    }
}

TEST(Lint, FindsNothingInTheToyDefinitions) {
    EXPECT_EQ(describe(lint_of(clean_pratica(), toy_parere(), "pratica")), "");
    EXPECT_EQ(describe(lint_of(clean_pratica(), toy_parere(), "parere")), "");
}

TEST(Lint, FindsASuspensionThatTheLawLimitsWithoutItsLimit) {
    const Row rows[] = {
        {R"("after": { "payload": "ricevuta_il" }, "days": 30 })",
         R"("after": { "payload": "ricevuta_il" } })",
         "suspension_without_limit states/istruttoria/on/sospendi"},
    };

    expect_findings(rows);
}

TEST(Lint, FindsASaturdayThatRollsWhereHolidaysDoNot) {
    const Row rows[] = {
        {R"("due": { "days": 30, "after": "now" })",
         R"("due": { "days": 30, "after": "now", "roll_saturday": true, "roll_holiday": false })",
         "contradictory_roll deadlines/conclusione"},
        {R"("due": { "days": 20, "after": "now" })",
         R"("due": { "days": 20, "after": "now", "roll_saturday": true, "roll_holiday": false })",
         "contradictory_roll tasks/istruisci"},
    };

    expect_findings(rows);
    const auto both = replaced(
        clean_pratica(), R"("due": { "days": 30, "after": "now" })",
        R"("due": { "days": 30, "after": "now", "roll_saturday": true, "roll_holiday": true })");
    EXPECT_EQ(describe(lint_of(both, toy_parere(), "pratica")), "");
}

TEST(Lint, FindsAReturnFromWhereOneBegan) {
    const Row rows[] = {
        {R"("title": "Aperta",)",
         R"("title": "Aperta", "automatic": [ { "target": "@previous",
            "guard": { "document_present": "atto" } } ],)",
         "no_previous_state states/aperta"},
        {R"("shared": {)",
         R"("after": { "trasmissione": [ { "target": "@previous" } ] }, "shared": {)",
         "no_previous_state states/aperta"},
    };

    expect_findings(rows);
}

TEST(Lint, FindsAPayloadWhereNobodyActs) {
    const Row rows[] = {
        {R"("guard": { "children_count": { "path": "pareri", "not_in": ["ritirato"], )"
         R"("at_least": 1 } } },)",
         R"("guard": { "value_present": { "payload": "posti" } } },)",
         "payload_not_taken states/raccolta/after/chiusura/branches/0/guard"},
        {R"("on_due": [ { "start_task": "giustifica" },)",
         R"("on_due": [ { "start_task": "giustifica", )"
         R"("when": { "value_present": { "payload": "posti" } } },)",
         "payload_not_taken deadlines/trasmissione/on_due/when"},
    };

    expect_findings(rows);
}

TEST(Lint, FindsNamesThatNothingDefinesInTheHeadAndTheSections) {
    const Row rows[] = {
        {R"("initial": "aperta")", R"("initial": "chiusa")", "unknown_state initial"},
        {R"("by": ["funzionario"], "takes": ["oggetto"])",
         R"("by": ["sindaco"], "takes": ["oggetto"])", "unknown_role opening"},
        {R"("takes": ["oggetto"])", R"("takes": ["soggetto"])", "unknown_field opening"},
        {R"("may_take": ["termine"])", R"("may_take": ["fine"])", "unknown_field opening"},
        {R"("machine": "parere", "version": 1)", R"("machine": "parere", "version": 2)",
         "unknown_definition children/pareri"},
        {R"({ "on": { "own": "termine" } })", R"({ "on": { "own": "fine" } })",
         "unknown_field deadlines/chiusura"},
        {R"({ "on": { "own": "termine" } })",
         R"({ "on": { "own": "termine" }, "time": { "root": "ora" } })",
         "unknown_field deadlines/chiusura"},
        {R"("met_by": ["trasmetti"])", R"("met_by": ["trasmetti", "spedisci"])",
         "unknown_event deadlines/trasmissione"},
        {R"("met_by": ["concludi"],)", R"("met_by": ["concludi"], "reminder": "ignoto",)",
         "unknown_message deadlines/conclusione"},
        {R"("title": "Motivare il ritardo", "role": "funzionario")",
         R"("title": "Motivare il ritardo", "role": "sindaco")", "unknown_role tasks/giustifica"},
        {R"({ "days": 20, "after": "now" })", R"({ "days": { "own": "giorni" }, "after": "now" })",
         "unknown_field tasks/istruisci"},
        {R"("title": "Verbale", "by": ["funzionario"])", R"("title": "Verbale", "by": ["sindaco"])",
         "unknown_role documents/verbale"},
        {R"("signed_by": "dirigente")", R"("signed_by": "sindaco")", "unknown_role documents/atto"},
        {R"("template": "comunicazione", "to": "dirigente")",
         R"("template": "comunicazione", "to": "sindaco")", "unknown_role messages/ritardo"},
        {R"("template": "comunicazione", "to": "dirigente")",
         R"("template": "altra", "to": "dirigente")", "unknown_template messages/ritardo"},
    };

    expect_findings(rows);
}

TEST(Lint, FindsNamesThatNothingDefinesInTransitions) {
    const Row rows[] = {
        {R"("target": "archiviata")", R"("target": "sparita")",
         "unknown_state states/aperta/on/archivia"},
        {R"("except": ["sospesa"])", R"("except": ["sospesa", "persa"])",
         "unknown_state shared/sospendi_tutto"},
        {R"("path": "pareri", "event": "esamina")",
         R"("path": "pareri", "event": "esamina", "in": ["bozze"])",
         "unknown_state states/istruttoria/entry"},
        {R"("except": ["sospesa"])", R"("in": ["aperta", "persa"])",
         "unknown_state shared/sospendi_tutto"},
        {R"("riprendi": { "title": "Riprendi", "by": ["dirigente"])",
         R"("riprendi": { "title": "Riprendi", "by": ["sindaco"])",
         "unknown_role states/sospesa/on/riprendi"},
        {R"("title": "Archivia",)", R"("title": "Archivia", "takes": ["ignoto"],)",
         "unknown_field states/aperta/on/archivia"},
        {R"("title": "Archivia",)", R"("title": "Archivia", "may_take": ["ignoto"],)",
         "unknown_field states/aperta/on/archivia"},
        {R"("after": {
        "chiusura": [)",
         R"("after": { "ignota": [ { "target": "deserta" } ],
        "chiusura": [)",
         "unknown_deadline states/raccolta/after/ignota"},
        {R"("root": true,)", R"("root": true, "after": { "ignota": [ { "target": "deserta" } ] },)",
         "unknown_deadline after/ignota"},
    };

    expect_findings(rows);
}

TEST(Lint, FindsNamesThatNothingDefinesInActions) {
    const Row rows[] = {
        {R"({ "publish": "atto" })", R"({ "start_deadline": "ignoto" })",
         "unknown_deadline states/aperta/on/avvia"},
        {R"({ "publish": "atto" })", R"({ "cancel_deadline": "ignoto" })",
         "unknown_deadline states/aperta/on/avvia"},
        {R"({ "publish": "atto" })", R"({ "publish": "ignoto" })",
         "unknown_document states/aperta/on/avvia"},
        {R"({ "publish": "atto" })", R"({ "freeze": "ignoto" })",
         "unknown_document states/aperta/on/avvia"},
        {R"({ "publish": "atto" })", R"({ "assign_number": "uscita" })",
         "unknown_register states/aperta/on/avvia"},
        {R"({ "publish": "atto" })", R"({ "set": { "field": "ignoto", "value": 1 } })",
         "unknown_field states/aperta/on/avvia"},
        {R"({ "publish": "atto" })", R"({ "compute": { "name": "ignoto", "into": "oggetto" } })",
         "unknown_computation states/aperta/on/avvia"},
        {R"({ "publish": "atto" })",
         R"({ "record_silence": { "deadline": "ignoto", "counts_as": "assenso" } })",
         "unknown_deadline states/aperta/on/avvia"},
        {R"({ "publish": "atto" })", R"({ "signal": { "to": "parent", "event": "vola" } })",
         "unknown_event states/aperta/on/avvia"},
        {R"({ "publish": "atto" })", R"({ "signal": { "to": "siblings", "event": "vola" } })",
         "unknown_event states/aperta/on/avvia"},
        {R"({ "start_task": "giustifica" })",
         R"({ "start_task": "giustifica" }, { "complete_task": "ignoto" })",
         "unknown_task deadlines/trasmissione/on_due"},
        {R"({ "send": "ritardo" })", R"({ "send": "ritardo" }, { "send": "ignoto" })",
         "unknown_message deadlines/trasmissione/on_due"},
        {R"({ "open_child": "pareri" })",
         R"({ "open_child": "pareri" }, { "open_child": "ignoti" })",
         "unknown_child states/raccolta/on/chiedi_parere"},
        {R"({ "open_child": "pareri" })",
         R"({ "open_child": { "child": "pareri", "event": "vola" } })",
         "unknown_event states/raccolta/on/chiedi_parere"},
        {R"("event": "esamina")", R"("event": "vola")", "unknown_event states/istruttoria/entry"},
        {R"("path": "pareri", "event": "esamina")", R"("path": "altri", "event": "esamina")",
         "unknown_child states/istruttoria/entry"},
        {R"({ "payload": "nuovo_termine" })", R"({ "payload": "ricevuta_il" })",
         "payload_not_taken states/raccolta/on/proroga"},
        {R"({ "payload": "nuovo_termine" })", R"({ "deadline": "ignoto" })",
         "unknown_deadline states/raccolta/on/proroga"},
    };

    expect_findings(rows);
}

TEST(Lint, FindsNamesThatNothingDefinesInConditions) {
    const char* const present = R"({ "document_present": "verbale" })";
    const Row rows[] = {
        {present, R"({ "document_present": "ignoto" })", "unknown_document shared/trasmetti/guard"},
        {present, R"({ "document_signed": "verbale" })",
         "unsignable_document shared/trasmetti/guard"},
        {present, R"({ "task_done": "ignoto" })", "unknown_task shared/trasmetti/guard"},
        {present, R"({ "value_present": { "parent": "oggetto" } })",
         "unknown_field shared/trasmetti/guard"},
        {present, R"({ "value_present": { "payload": "ignoto" } })",
         "unknown_field shared/trasmetti/guard"},
        {present, R"({ "parent_in": ["aperta"] })", "unknown_state shared/trasmetti/guard"},
        {present, R"({ "actor_performed": { "events": ["vola"] } })",
         "unknown_event shared/trasmetti/guard"},
        {present, R"({ "children_all": { "path": "ignoti", "settled": true } })",
         "unknown_child shared/trasmetti/guard"},
        {present, R"({ "document_present": { "name": "verbale", "of": "parent" } })",
         "unknown_document shared/trasmetti/guard"},
        {R"("guard": { "deadline_open": "chiusura" })", R"("guard": { "deadline_open": "ignoto" })",
         "unknown_deadline states/raccolta/on/proroga/guard"},
        {R"("not_in": ["ritirato"], "at_least": 1)", R"("not_in": ["perso"], "at_least": 1)",
         "unknown_state states/raccolta/after/chiusura/branches/0/guard"},
        {R"("events": ["valuta"])", R"("events": ["vola"])",
         "unknown_event states/istruttoria/on/concludi/guard"},
        {R"({ "check_passed": "completa" })", R"({ "check_passed": "perfetta" })",
         "unknown_check states/aperta/on/avvia/guard"},
        {R"({ "check_passed": "completa" })",
         R"({ "check_passed": { "name": "completa", "version": 2 } })",
         "unknown_check states/aperta/on/avvia/guard"},
        {R"({ "value_present": { "initiative": "termine_finale" } })",
         R"({ "not": { "task_done": "ignoto" } })", "unknown_task states/aperta/entry/when"},
    };

    expect_findings(rows);
}

TEST(Lint, FindsTermsThatCannotWork) {
    const Row rows[] = {
        {R"("met_by": ["trasmetti"],)", "", "obligation_without_act deadlines/trasmissione"},
        {R"("met_by": ["concludi"],)", R"("met_by": ["concludi"], "remind_days": [5],)",
         "reminder_without_message deadlines/conclusione"},
        {R"("kind": "closing")", R"("kind": "recurring")",
         "recurring_without_period deadlines/chiusura"},
        {R"(, { "start_deadline": "chiusura" })", "", "deadline_never_starts deadlines/chiusura"},
    };

    expect_findings(rows);
}

TEST(Lint, FindsFieldsWithoutATypeOrALimit) {
    const Row rows[] = {
        {R"("minLength": 1, "maxLength": 50)", R"("minLength": 1)",
         "unbounded_text data/properties/oggetto"},
        {R"("title": "Posti", "type": "integer",)", R"("title": "Posti",)",
         "untyped_field data/properties/posti"},
    };

    expect_findings(rows);
}

TEST(Lint, FindsBranchesAndStatesThatLeadNowhere) {
    const Row rows[] = {
        {R"({ "title": "Nessun parere", "target": "deserta" })",
         R"({ "title": "Nessun parere", "target": "deserta" }, { "title": "Mai" })",
         "unreachable_branch states/raccolta/after/chiusura/branches/2"},
        // A suspension leads back to where one was, no more.
        {R"("deserta": { "title": "Deserta", "final": true },)",
         R"("deserta": { "title": "Deserta", "final": true }, "isola": { "title": "Isola",
            "on": { "va": { "title": "Va", "by": ["dirigente"], "target": "deserta" } } },)",
         "unreachable_state states/isola"},
        {R"("conclusa": { "title": "Conclusa", "final": true },)",
         R"("conclusa": { "title": "Conclusa", "final": true,
            "automatic": [ { "target": "deserta" } ] },)",
         "final_state_waits states/conclusa"},
        {R"("except": ["sospesa"])", R"("in": ["aperta", "conclusa"])",
         "final_state_waits states/conclusa"},
    };

    expect_findings(rows);
}

std::string with_pit() {
    const std::string pit =
        replaced(clean_pratica(), R"("deserta": { "title": "Deserta", "final": true },)",
                 R"("deserta": { "title": "Deserta", "final": true },
                    "buco": { "title": "Buco" },)");
    const std::string way = replaced(pit, R"("target": "archiviata" })",
                                     R"("branches": [
        { "guard": { "document_present": "atto" }, "target": "archiviata" },
        { "target": "buco" } ] })");
    return replaced(way, R"("except": ["sospesa"])", R"("except": ["sospesa", "buco"])");
}

TEST(Lint, FindsAStateFromWhichNoEndCanBeReached) {
    EXPECT_EQ(describe(proof_of_pit(with_pit(), toy_parere())), "dead_end states/buco\n");
}

TEST(Lint, AcceptsAMachineThatNeedNotEnd) {
    const std::string lasting =
        replaced(with_pit(), R"("root": true)", R"("root": true, "lasting": true)");

    EXPECT_EQ(describe(proof_of_pit(lasting, toy_parere())), "");
}

TEST(Lint, WarnsOfWhatNothingUses) {
    const Row rows[] = {
        {R"("tasks": {)", R"("tasks": { "inutile": { "title": "Inutile", "role": "ente" },)",
         "unused tasks/inutile"},
        {R"("messages": {)",
         R"("messages": { "inutile": { "title": "Inutile", "template": "comunicazione",
            "to": "party" },)",
         "unused messages/inutile"},
        {R"({ "open_child": "pareri" })", R"({ "send": "ritardo" })", "unused children/pareri"},
    };

    expect_findings(rows);
    const auto findings =
        lint_of(replaced(clean_pratica(), rows[0].from, rows[0].to), toy_parere(), "pratica");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().severity, LintSeverity::warning);
}

TEST(Lint, FindsWhatAChildAsksOfItsParentInVain) {
    const Row rows[] = {
        {R"({ "name": "chiusura", "of": "parent" })", R"({ "name": "ignoto", "of": "parent" })",
         "unknown_deadline states/bozza/on/presenta/guard"},
        {R"("in": ["in_esame"])", R"("in": ["perso"])",
         "unknown_state states/bozza/on/presenta/guard"},
        {R"("event": "sostituisci")", R"("event": "vola")",
         "unknown_event states/bozza/on/presenta"},
    };

    expect_findings(rows, "parere");
}

}  // namespace
}  // namespace tests
