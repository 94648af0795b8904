// SPDX-License-Identifier: EUPL-1.2
// Scripts are played before they are told: what they must bring about for the engine to accept
// them, and what is said of those that do not play.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>

#include "tests/support/definition_case.h"
#include "tests/support/proof_run.h"
#include "tests/support/source_dir.h"

namespace tests {
namespace {

using engine::definition::Catalog;
using engine::definition::LintContext;

const std::filesystem::path kFolder = source_dir() + "/tests/definition/rehearsed";

using Plays = std::function<bool(const std::string&, const Catalog&)>;

bool plays_for_real(const std::string& copione, const Catalog& catalog) {
    return play(copione, catalog).failures.empty();
}

/// The script of the first finding.
struct Rehearsal {
    std::string findings;
    std::string copione;
    std::vector<std::string> copioni;  ///< of all the findings
    std::vector<std::string> tried;
    std::vector<std::string> failures;  ///< of all the scripts that are told, played by the engine
    bool is_whole = true;               ///< none of them ends before what it has to show
};

Rehearsal rehearse(const char* name, const Plays& plays = plays_for_real) {
    const Catalog catalog = load_case(kFolder / name);
    LintContext context = proof_context(catalog);
    Rehearsal rehearsal;
    context.plays = [&](const std::string& copione) {
        rehearsal.tried.push_back(copione);
        return plays(copione, catalog);
    };
    const auto findings = engine::proof::examine(context);
    rehearsal.findings = describe(findings);
    rehearsal.copione = findings.empty() ? "" : findings.front().copione;
    for (const auto& found : findings) {
        rehearsal.copioni.push_back(found.copione);
        const auto failures = play(found.copione, catalog).failures;
        rehearsal.failures.insert(rehearsal.failures.end(), failures.begin(), failures.end());
        rehearsal.is_whole &= found.copione.find("si recita") == std::string::npos;
    }
    return rehearsal;
}

/// The day of the meeting is told when it is past, and comes after the deed, whose day is given
/// too.
TEST(ProofRehearsal, WaitsForADayThatAnotherConditionPutsAhead) {
    const Rehearsal told = rehearse("day_put_ahead");

    ASSERT_EQ(told.findings, "recita/giorni@1 dead_end states/buco\n");
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << told.copione;
    EXPECT_TRUE(told.is_whole) << told.copione;
}

/// The parent ends well with another round: where that does not play, the way is told up to the
/// state that is not left any more.
TEST(ProofRehearsal, TellsTheWayIntoTheStateWhereTheWholeWayDoesNotPlay) {
    const Rehearsal told = rehearse("parent_goes_on", [](const auto& copione, const auto&) {
        return copione.find("\nrdp:anna concludi su P") == std::string::npos;
    });

    ASSERT_EQ(told.findings, "recita/giro@1 dead_end states/in_corso\n");
    const std::string& copione = told.copione;
    EXPECT_NE(told.tried.front().find("concludi su P"), std::string::npos) << told.tried.front();
    EXPECT_EQ(copione.find("concludi su P"), std::string::npos) << copione;
    EXPECT_NE(copione.find("sistema -> stato in_corso di F1"), std::string::npos) << copione;
    EXPECT_NE(copione.find("non si è potuta recitare"), std::string::npos) << copione;
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << copione;
    EXPECT_FALSE(told.is_whole);
}

/// Nobody can approve, so no other round ends the parent well: what is shown is the act.
TEST(ProofRehearsal, TellsTheActThatCannotBeWhereWhatFollowsFromItDoesNotPlay) {
    const Rehearsal told = rehearse("another_round_beside");

    ASSERT_EQ(told.findings, "recita/giro@1 two_person_rule states/in_corso/on/approva\n");
    EXPECT_NE(told.tried.front().find("concludi su P"), std::string::npos) << told.tried.front();
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << told.copione;
    EXPECT_TRUE(told.is_whole) << told.copione;
}

/// The body files while its procedure's term runs, and is asked before it is warned: only the
/// relatives' own conditions say so.
TEST(ProofRehearsal, FollowsTheTermsAndTheActsThatRelativesAskAbout) {
    const Rehearsal told = rehearse("act_of_a_relative");

    ASSERT_EQ(told.findings, "recita/membro@1 two_person_rule states/avvisato/on/correggi\n");
    const std::size_t published = told.copione.find("pubblica su P");
    const std::size_t filed = told.copione.find("presenta su F1");
    const std::size_t asked = told.copione.find("chiedi su F1");
    const std::size_t warned = told.copione.find("avvisa su F2");
    EXPECT_LT(published, filed) << told.copione;
    EXPECT_LT(filed, asked) << told.copione;
    EXPECT_LT(asked, warned) << told.copione;
    EXPECT_NE(warned, std::string::npos) << told.copione;
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << told.copione;
    EXPECT_TRUE(told.is_whole) << told.copione;
}

/// One beside the line comes late: the script waits for the term itself, which the proof follows
/// for those on the line only.
TEST(ProofRehearsal, WaitsForATermThatOneBesideTheLineMustMiss) {
    const Rehearsal told = rehearse("late_beside");

    ASSERT_EQ(told.findings, "recita/membro@1 two_person_rule states/avvisato/on/correggi\n");
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << told.copione;
    EXPECT_TRUE(told.is_whole) << told.copione;
    // The first that files another after the one on the line: without the wait it would be in time.
    const auto files_another = [](const std::string& copione) {
        const std::size_t first = copione.find("presenta su F2");
        return first != std::string::npos &&
               copione.find("presenta su F1", first) != std::string::npos;
    };
    const auto first = std::find_if(told.tried.begin(), told.tried.end(), files_another);
    ASSERT_NE(first, told.tried.end());
    EXPECT_TRUE(told.copione.starts_with(*first)) << *first;
}

/// What is corrected is not the version that was approved: a new one comes first. What is published
/// only where it is there is not added, least of all where it may not be any more.
TEST(ProofRehearsal, AddsAnotherVersionWhereItMustNotBeTheOneThatIsKept) {
    const Rehearsal told = rehearse("another_version");

    ASSERT_EQ(told.findings, "recita/versione@1 dead_end states/buco\n");
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << told.copione;
    EXPECT_TRUE(told.is_whole) << told.copione;
}

/// Two have been admitted, and each of them answers: what follows by itself when all have done so
/// is in a machine beside the line (the procedure's pit) or above one that the proof follows.
TEST(ProofRehearsal, BringsAllOfAListWhereSomethingFollowsFromThem) {
    const Rehearsal told = rehearse("everybody_answers");

    ASSERT_EQ(told.findings,
              "recita/caso@1 dead_end states/buco\n"
              "recita/giro@1 dead_end states/respinto\n"
              "recita/risposta@1 dead_end states/tolta\n");
    EXPECT_NE(told.copione.find("ets:ente2 non_approva su"), std::string::npos) << told.copione;
    EXPECT_NE(told.copione.find("ets:ente3 non_approva su"), std::string::npos) << told.copione;
    EXPECT_NE(told.copione.find("\nsistema -> stato buco di P"), std::string::npos) << told.copione;
    const std::string& second = told.copioni[1];
    EXPECT_NE(second.find("\nsistema -> stato respinto di F"), std::string::npos) << second;
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << told.copione;
    EXPECT_TRUE(told.is_whole) << told.copione;
}

/// What sets it off is the act of the one that the proof follows: nobody else is opened for it.
TEST(ProofRehearsal, BringsNobodyForWhatTheMoveItselfSetsOff) {
    const Rehearsal told = rehearse("set_off_by_the_one_followed");

    ASSERT_EQ(told.findings, "recita/caso@1 dead_end states/buco\n");
    const std::string& copione = told.copione;
    EXPECT_NE(copione.find("rdp:anna prepara su F1\nsistema -> stato buco di P"), std::string::npos)
        << copione;
    EXPECT_EQ(copione.find("servono"), std::string::npos) << copione;
    EXPECT_EQ(copione.find("come F2"), std::string::npos) << copione;
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << copione;
    EXPECT_TRUE(told.is_whole) << copione;
}

/// The proof does not see that it never happens; the script does not go round for it.
TEST(ProofRehearsal, EndsWhereOneBesideTheLineWaitsForItself) {
    const Rehearsal told = rehearse("waits_for_itself");

    ASSERT_EQ(told.findings, "recita/caso@1 dead_end states/buco\n");
    EXPECT_NE(told.copione.find("Fin qui il copione si recita."), std::string::npos)
        << told.copione;
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << told.copione;
    EXPECT_FALSE(told.is_whole);
}

/// What the child would tell it has from its parent: the script does not go round for it.
TEST(ProofRehearsal, EndsWhereAChildWaitsForWhatItWouldTell) {
    const Rehearsal told = rehearse("waits_for_its_parent");

    ASSERT_EQ(told.findings,
              "recita/seguito@1 dead_end states/buco\n"
              "recita/voce@1 never_possible states/aperta/automatic\n");
    EXPECT_NE(told.copione.find("Fin qui il copione si recita."), std::string::npos)
        << told.copione;
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << told.copione;
    EXPECT_FALSE(told.is_whole);
}

/// The act on the round names the body whose answer the proof follows, not just any.
TEST(ProofRehearsal, NamesTheBodyOfTheChildThatIsMeant) {
    const Rehearsal told = rehearse("everybody_answers");

    ASSERT_EQ(told.copioni.size(), 3U);
    const std::string& copione = told.copioni.back();
    EXPECT_NE(copione.find("\nsistema -> stato tolta di F"), std::string::npos) << copione;
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << copione;
    EXPECT_TRUE(told.is_whole) << copione;
}

/// Two below the machine that waits: one tells when its state is entered, one when its term ends.
TEST(ProofRehearsal, BringsAboutWhatChildrenOfChildrenTell) {
    const Rehearsal told = rehearse("told_from_below");

    ASSERT_EQ(told.findings, "recita/seguito@1 dead_end states/buco\n");
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << told.copione;
    EXPECT_TRUE(told.is_whole) << told.copione;
}

/// Each body that was admitted is asked: one must have been, before.
TEST(ProofRehearsal, AdmitsABodyBeforeOneOfThemIsWaitedFor) {
    const Rehearsal told = rehearse("told_by_the_bodies");

    ASSERT_EQ(told.findings, "recita/seguito@1 dead_end states/buco\n");
    EXPECT_LT(told.copione.find("ammetti su F1"), told.copione.find("avvia su P")) << told.copione;
    EXPECT_NE(told.copione.find("ets:ente2 aderisci su F2"), std::string::npos) << told.copione;
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << told.copione;
    EXPECT_TRUE(told.is_whole) << told.copione;
}

/// What the child has told is there: nobody sets it again, where it is too late for that.
TEST(ProofRehearsal, KnowsWhatAChildHasToldItsParent) {
    const Rehearsal told = rehearse("told_by_the_child");

    ASSERT_EQ(told.findings, "recita/voce@1 dead_end states/finita\n");
    EXPECT_EQ(told.copione.find("segna su P"), std::string::npos) << told.copione;
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << told.copione;
    EXPECT_TRUE(told.is_whole) << told.copione;
}

/// Nobody can bring two offices together here: the way told is the one by acts, though longer. What
/// the machine waits for at its beginning is opened there, where the proof follows another list.
TEST(ProofRehearsal, GoesAroundWhatNoScriptBringsTogether) {
    const Rehearsal told = rehearse("all_offices");

    ASSERT_EQ(told.findings,
              "recita/caso@1 dead_end states/buco\n"
              "recita/seguito@1 dead_end states/buco\n");
    const std::string& first = told.copioni.front();
    EXPECT_NE(first.find("rdp:anna concludi su P"), std::string::npos) << first;
    const std::string& second = told.copioni.back();
    EXPECT_NE(second.find("rdp:anna apri_pratiche su P come F1"), std::string::npos) << second;
    EXPECT_EQ(second.find("\nente ente2"), std::string::npos) << "nobody needs another body";
    EXPECT_EQ(told.tried.front(), first.substr(0, told.tried.front().size())) << "at once";
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << first << second;
    EXPECT_TRUE(told.is_whole) << first << second;
}

/// The parent goes on by itself once its synthesis is published where it must be, and delivered as
/// its outcomes are: acts set two of these values, what its children tell sets the others, each by
/// the one that has it to tell. The proof of the child below follows none of them.
TEST(ProofRehearsal, BringsAboutTheValuesThatAParentWaitsFor) {
    const Rehearsal told = rehearse("waits_for_values");

    ASSERT_EQ(told.findings, "recita/seguito@1 dead_end states/buco\n");
    const std::string& copione = told.copione;
    EXPECT_TRUE(copione.starts_with(told.tried.front())) << told.tried.front();
    EXPECT_NE(copione.find("metti_in_albo su P\nchiama F2 note:2 di P\n"), std::string::npos)
        << copione;
    EXPECT_NE(copione.find("invia su F2 con giorno = 2026-03-09\n"), std::string::npos)
        << "the day that will do is not put ahead\n"
        << copione;
    EXPECT_LT(copione.find("registra su F2"), copione.find("registra su F1")) << copione;
    EXPECT_NE(copione.find("\nsistema -> stato buco di F3\n"), std::string::npos) << copione;
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << copione;
    EXPECT_TRUE(told.is_whole) << copione;
}

TEST(ProofRehearsal, TellsTheShortestScriptThatPlays) {
    std::size_t count = 0;
    const Rehearsal second =
        rehearse("pit_with_a_value", [&](const auto&, const auto&) { return ++count == 2; });

    ASSERT_EQ(second.findings, "recita/buca@1 dead_end states/buca\n");
    ASSERT_EQ(second.tried.size(), 2U);
    EXPECT_EQ(second.tried[0].find("segna"), std::string::npos) << "the shortest comes first";
    EXPECT_NE(second.tried[1].find("segna"), std::string::npos) << second.tried[1];
    EXPECT_TRUE(second.copione.starts_with(second.tried[1]));
}

/// What is told always plays: the rest stands in remarks.
TEST(ProofRehearsal, EndsAScriptWhereItStopsPlaying) {
    const Rehearsal told = rehearse("pit_with_a_value", [](const auto& copione, const auto&) {
        return copione.find("\nrdp:anna cadi") == std::string::npos;
    });

    const std::string& copione = told.copione;
    EXPECT_NE(copione.find("\nrdp:anna apre buca come P\n# Fin qui il copione si recita."),
              std::string::npos)
        << copione;
    EXPECT_NE(copione.find("\n# rdp:anna cadi su P\n# sistema -> stato buca di P\n"),
              std::string::npos)
        << copione;
    EXPECT_NE(copione.find("\n# Dallo stato «Buca»"), std::string::npos) << copione;
    EXPECT_EQ(told.failures, std::vector<std::string>{}) << copione;
    EXPECT_FALSE(told.is_whole);
}

TEST(ProofRehearsal, SaysWhereNothingOfTheScriptPlays) {
    const Rehearsal told =
        rehearse("pit_with_a_value", [](const auto&, const auto&) { return false; });

    EXPECT_TRUE(told.copione.starts_with(told.tried.front())) << "nothing better was found";
    EXPECT_NE(told.copione.find("Questo copione non si recita: "), std::string::npos);
}

}  // namespace
}  // namespace tests
