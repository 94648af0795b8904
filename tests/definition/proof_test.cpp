// SPDX-License-Identifier: EUPL-1.2
// The proof: each broken definition gives the one finding it must, and the script that comes with
// it is played by the real engine down to the point that is wrong.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "engine/definition/parse.h"
#include "tests/support/definition_case.h"
#include "tests/support/proof_run.h"
#include "tests/support/source_dir.h"

namespace tests {
namespace {

using engine::definition::Catalog;
using engine::proof::ProofFinding;

const std::filesystem::path kFolder = source_dir() + "/tests/definition";

/// State of a named instance at the end of a play; empty when the script names none.
std::string state_in(const std::string& summary, const std::string& alias) {
    const auto at = ("\n" + summary).find("\n" + alias + ": ");
    if (at == std::string::npos) {
        return "";
    }
    const std::size_t start = at + alias.size() + 2;
    return summary.substr(start, summary.find(' ', start) - start);
}

/// Everything that a new officer can try on an instance, and then a long time: twice.
std::string attempts(const engine::definition::WorkflowDefinition& machine,
                     const std::string& state, const std::string& alias) {
    std::string text;
    for (const auto& [name, document] : machine.documents) {
        for (const std::string& role : document.by) {
            if (machine.roles.find(role)->scope == engine::definition::RoleScope::office) {
                text += fmt::format("{}:zoe allega {} su {}\n", role, name, alias);
            }
        }
    }
    for (const std::string& event : machine.events_of(state)) {
        const auto* transition = machine.find_transition(state, event);
        for (const std::string& role : transition->by) {
            const bool is_office =
                machine.roles.find(role)->scope == engine::definition::RoleScope::office;
            if (is_office && transition->takes.empty()) {
                text += fmt::format("{}:zoe {} su {}\n", role, event, alias);
            }
        }
    }
    return text + "passa 800 giorni\n";
}

/// One definition (file or folder of tests/definition/broken) and "machine code path".
struct Broken {
    const char* name;
    const char* finding;
};

const std::vector<Broken>& broken_cases() {
    static const std::vector<Broken> kCases{
        {"state_without_way_out", "rotti/caso@1 dead_end states/buco"},
        {"round_without_end", "rotti/caso@1 dead_end states/a"},
        {"previous_hides_a_dead_end", "rotti/caso@1 dead_end states/attesa"},
        {"previous_after_two_steps", "rotti/caso@1 dead_end states/a"},
        {"only_a_body_can_leave", "rotti/caso@1 waits_for_party states/attesa"},
        {"closing_term_keeps_the_body_waiting", "rotti/caso@1 dead_end states/attesa"},
        {"term_starts_on_one_path_only", "rotti/caso@1 term_not_running states/attesa"},
        {"cancelled_term_is_waited_for", "rotti/caso@1 term_not_running states/attesa"},
        {"suspended_for_ever", "rotti/caso@1 term_not_running states/attesa"},
        {"resumed_on_another_ground", "rotti/caso@1 term_not_running states/attesa"},
        {"passed_term_is_waited_for_again", "rotti/caso@1 term_not_running states/attesa"},
        {"term_already_closed", "rotti/caso@1 dead_end states/decisione"},
        {"obligation_must_be_met_first", "rotti/caso@1 dead_end states/aperto"},
        {"document_only_a_body_adds", "rotti/caso@1 waits_for_party states/aperto"},
        {"document_nobody_adds", "rotti/caso@1 dead_end states/aperto"},
        {"signature_of_a_body", "rotti/caso@1 waits_for_party states/aperto"},
        {"published_by_nothing", "rotti/caso@1 dead_end states/aperto"},
        {"new_version_undoes_publication", "rotti/caso@1 dead_end states/pubblicato"},
        {"document_must_not_be_there", "rotti/caso@1 dead_end states/aperto"},
        {"option_not_in_the_enum", "rotti/caso@1 dead_end states/aperto"},
        {"payload_option_not_in_the_enum",
         "rotti/caso@1 never_possible states/aperto/on/chiudi/branches/1"},
        {"value_never_set", "rotti/caso@1 dead_end states/aperto"},
        {"value_set_to_another_constant", "rotti/caso@1 dead_end states/pronto"},
        {"one_value_has_no_branch", "rotti/caso@1 dead_end states/scelto"},
        {"same_person_must_and_must_not", "rotti/caso@1 two_person_rule states/aperto"},
        {"who_may_approve_has_verified", "rotti/caso@1 two_person_rule states/verificato"},
        {"side_act_of_two_persons", "rotti/caso@1 two_person_rule states/aperto/on/annota"},
        {"deed_that_cannot_be_done_yet", "rotti/caso@1 dead_end states/aperto"},
        {"met_only_before_it_starts", "rotti/caso@1 obligation_never_met deadlines/esito"},
        {"recurring_met_by_nothing_here", "rotti/caso@1 obligation_never_met deadlines/scheda"},
        {"ping_pong", "rotti/caso@1 automatic_loop states/a"},
        {"loop_of_three", "rotti/caso@1 automatic_loop states/a"},
        {"ping_pong_of_parent_and_child", "rotti/caso@1 automatic_loop states/attesa"},
        {"child_only_a_body_settles", "rotti/figlio@1 waits_for_party states/chiesta"},
        {"parent_and_child_wait_for_each_other", "rotti/figlio@1 dead_end states/pronto"},
        {"child_state_that_is_not_counted", "rotti/caso@1 dead_end states/aperto"},
        {"no_child_ever_comes", "rotti/caso@1 waits_for_party states/aperto"},
        {"child_forgotten_by_its_parent", "rotti/figlio@1 dead_end states/in_corso"},
        {"signal_that_does_not_fit", "rotti/figlio@1 dead_end states/in_corso"},
        {"machine_that_nobody_opens", "rotti/caso@1 nobody_opens opening"},
        {"task_nobody_starts", "rotti/caso@1 dead_end states/aperto"},
        {"two_must_have_asked", "rotti/caso@1 dead_end states/approvato"},
        {"who_was_admitted_may_speak", "rotti/nota@1 dead_end states/presentata"},
        {"a_term_or_a_reason", "rotti/caso@1 dead_end states/deciso"},
        {"after_a_named_check", "rotti/caso@1 dead_end states/buco"},
        {"impossible_side_act", "rotti/caso@1 never_possible states/aperto/on/proroga"},
    };
    return kCases;
}

class BrokenDefinition : public testing::TestWithParam<Broken> {};

TEST_P(BrokenDefinition, GivesItsOneFinding) {
    const Catalog catalog = load_case(kFolder / "broken" / GetParam().name);

    EXPECT_EQ(describe(examine(catalog)), std::string(GetParam().finding) + "\n");
}

TEST_P(BrokenDefinition, IsShownByAScriptThatTheEnginePlays) {
    const Catalog catalog = load_case(kFolder / "broken" / GetParam().name);
    const auto findings = examine(catalog);
    ASSERT_EQ(findings.size(), 1U);
    const ProofFinding& found = findings.front();
    if (found.finding.code == "nobody_opens") {
        EXPECT_EQ(found.copione, "");
        return;
    }

    const Played played = play(found.copione, catalog);

    EXPECT_EQ(played.failures, std::vector<std::string>{}) << found.copione;
    EXPECT_NE(state_in(played.summary, "P"), "") << found.copione;
}

/// The machine that is stuck and the name that the script gives it.
std::pair<engine::definition::DefinitionPointer, std::string> find_stuck(const ProofFinding& found,
                                                                         const Catalog& catalog) {
    for (const auto& machine : catalog.definitions()) {
        if (definition_name(*machine) == found.machine) {
            const auto at = found.copione.rfind(" di ") + 4;  // «sistema -> stato x di F1»
            return {machine, found.copione.substr(at, found.copione.find('\n', at) - at)};
        }
    }
    return {};
}

TEST_P(BrokenDefinition, StaysStuckWhateverAnOfficerTries) {
    const Catalog catalog = load_case(kFolder / "broken" / GetParam().name);
    const auto findings = examine(catalog);
    ASSERT_EQ(findings.size(), 1U);
    const ProofFinding& found = findings.front();
    static const std::set<std::string> kStuck{"dead_end", "waits_for_party", "term_not_running",
                                              "two_person_rule"};
    const bool is_of_a_state =
        std::count(found.finding.path.begin(), found.finding.path.end(), '/') == 1;
    if (!kStuck.contains(found.finding.code) || !is_of_a_state) {
        return;  // not about a state that has no end
    }
    const auto [machine, alias] = find_stuck(found, catalog);
    const std::string state = state_in(play(found.copione, catalog).summary, alias);
    ASSERT_EQ("states/" + state, found.finding.path) << found.copione;
    ASSERT_FALSE(machine->states.find(state)->is_final);

    const std::string tried = attempts(*machine, state, alias);
    const Played after = play(found.copione + tried + tried, catalog);

    const auto* last = machine->states.find(state_in(after.summary, alias));
    ASSERT_NE(last, nullptr) << after.summary;
    EXPECT_FALSE(last->is_final) << found.copione << tried;
}

std::string case_name(const testing::TestParamInfo<Broken>& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Proof, BrokenDefinition, testing::ValuesIn(broken_cases()), case_name);

TEST(ProofCases, AreAllInTheTable) {
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator(kFolder / "broken")) {
        ++files;
    }

    EXPECT_EQ(files, broken_cases().size());
    EXPECT_GE(files, 30U);
}

TEST(Proof, FindsNothingInDefinitionsThatOnlyLookSuspicious) {
    std::size_t cases = 0;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder / "sound")) {
        SCOPED_TRACE(entry.path());
        const auto path = entry.path();
        const bool is_folder = std::filesystem::is_directory(path);

        EXPECT_EQ(describe(examine(load_case(is_folder ? path : path.parent_path() / path.stem()))),
                  "");
        ++cases;
    }
    EXPECT_GE(cases, 10U);
}

TEST(Proof, FindsNothingInTheHardCases) {
    EXPECT_EQ(describe(examine(load_case(kFolder / "hard_cases"))), "");
}

/// A machine whose obligation is due with the initiative and preceded by 30 and 60 days.
std::vector<ProofFinding> examine_sum(
    const std::string& due, const std::string& rule = R"({"on": {"initiative": "termine"}})",
    const std::string& from = R"({"initiative": "avvio"})") {
    Catalog catalog;
    const auto machine = engine::definition::parse_definition(
        R"({"id": "rotti", "machine": "somma", "version": 1, "title": "Somma",
            "legal_basis": ["Esempio"], "initial": "aperto", "opening": {"by": ["rdp"]},
            "roles": {"rdp": {"title": "Responsabile"}},
            "deadlines": {
              "avviso": {"title": "Avviso", "kind": "advisory",
                "due": {"days": 30, "after": "now"}, "legal_basis": ["Esempio"]},
              "esiti": {"title": "Esiti", "kind": "obligation",
              "due": )" +
            rule + R"(, "met_by": ["trasmetti"],
              "preceded_by": {"from": )" +
            from + R"(, "steps": [
                {"title": "Avviso", "days": 30}, {"title": "Istruttoria", "days": 60}]},
              "legal_basis": ["Esempio"]}},
            "states": {"aperto": {"title": "Aperto",
              "entry": [{"start_deadline": "avviso"}, {"start_deadline": "esiti"}],
              "on": {"trasmetti": {"title": "Trasmetti", "by": ["rdp"], "target": "fine"}}},
              "fine": {"title": "Fine", "final": true}}})",
        [](std::string_view) -> engine::base::Result<std::string> {
            return engine::base::fail(engine::base::ErrorCode::not_found, "");
        });
    const auto initiative =
        engine::definition::parse_initiative(fmt::format(R"({{"id": "prova", "title": "Prova",
            "parameters": {{"avvio": "2025-04-01", "termine": "{}"}}}})",
                                                         due));
    EXPECT_TRUE(machine && initiative && catalog.add(*machine) && catalog.add(*initiative));
    return examine(catalog);
}

TEST(ProofSum, WarnsWithTheSumWhenMinimumTimesEndAfterTheObligation) {
    const auto findings = examine_sum("2025-06-29");

    ASSERT_EQ(describe(findings), "rotti/somma@1 terms_do_not_fit deadlines/esiti\n");
    EXPECT_EQ(findings.front().finding.severity, engine::definition::LintSeverity::warning);
    EXPECT_NE(findings.front().finding.message_it.find("Istruttoria (60 giorni)"),
              std::string::npos);
}

TEST(ProofSum, SaysNothingWhenTheyEndOnTheDay) {
    EXPECT_EQ(describe(examine_sum("2025-06-30")), "");
}

TEST(ProofSum, AddsUpDaysAlsoWhereNobodyKnowsTheDayYet) {
    const std::string now = R"("now")";

    const auto short_of_one = examine_sum("2025-06-30", R"({"days": 89, "after": "now"})", now);
    const auto enough = examine_sum("2025-06-30", R"({"days": 90, "after": "now"})", now);
    const auto of_a_chain =
        examine_sum("2025-06-30", R"({"days": 59, "after": {"deadline": "avviso"}})", now);
    const auto of_its_rest =
        examine_sum("2025-06-30", R"({"days": 90, "after": {"deadline": "avviso"}})",
                    R"({"deadline": "avviso"})");
    const auto of_another_day = examine_sum("2025-06-30", R"({"days": 9, "after": "now"})");

    ASSERT_EQ(describe(short_of_one), "rotti/somma@1 terms_do_not_fit deadlines/esiti\n");
    EXPECT_NE(short_of_one.front().finding.message_it.find("scade 89 giorni dopo"),
              std::string::npos);
    EXPECT_NE(short_of_one.front().finding.message_it.find("ne chiedono 90"), std::string::npos);
    EXPECT_EQ(describe(enough), "");
    EXPECT_EQ(describe(of_a_chain), "rotti/somma@1 terms_do_not_fit deadlines/esiti\n");
    EXPECT_EQ(describe(of_its_rest), "");
    EXPECT_EQ(describe(of_another_day), "");
}

/// When the term before began, nobody can say; that days are clear at both ends gives one more.
TEST(ProofSum, SaysNothingWhereItCannotKnow) {
    const auto after_an_earlier_term =
        examine_sum("2025-06-30", R"({"days": 60, "after": "now"})", R"({"deadline": "avviso"})");
    const auto clear =
        examine_sum("2025-06-30", R"({"days": 89, "after": "now", "clear": true})", R"("now")");

    EXPECT_EQ(describe(after_an_earlier_term), "");
    EXPECT_EQ(describe(clear), "");
}

TEST(Proof, EndsTheScriptOfACircleWithTheActThatIsRefused) {
    for (const char* name : {"ping_pong", "ping_pong_of_parent_and_child", "loop_of_three"}) {
        SCOPED_TRACE(name);
        const Catalog catalog = load_case(kFolder / "broken" / name);
        const auto loop = examine(catalog);
        ASSERT_EQ(loop.size(), 1U);
        std::string script = loop.front().copione;
        const std::string expected = " -> rifiuto internal\n";
        const std::size_t at = script.find(expected);
        ASSERT_NE(at, std::string::npos) << script;

        EXPECT_EQ(play(script, catalog).failures, std::vector<std::string>{});

        script.replace(at, expected.size(), "\n");
        const Played surprised = play(script, catalog);
        ASSERT_EQ(surprised.failures.size(), 1U);
        EXPECT_NE(surprised.failures.front().find("senza fine"), std::string::npos);
    }
}

}  // namespace
}  // namespace tests
