// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "engine/base/json.h"
#include "tests/support/command_line_run.h"

// `coprog codice-fiscale` and `coprog territory`: reference answers that need no database.

namespace {

using tests::CommandLineRun;
using tests::run;
using tests::run_arguments;

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void expect_bad_input(const CommandLineRun& run_once) {
    EXPECT_EQ(run_once.exit_code, 2);
    EXPECT_EQ(run_once.out, "");
    EXPECT_EQ(std::count(run_once.err.begin(), run_once.err.end(), '\n'), 1) << run_once.err;
}

TEST(CodiceFiscaleCommand, RefusesAMissingOrEmptyOrEndlessCode) {
    expect_bad_input(run("codice-fiscale"));
    expect_bad_input(run_arguments({"codice-fiscale", ""}));
    expect_bad_input(run_arguments({"codice-fiscale", "   "}));
    expect_bad_input(run_arguments({"codice-fiscale", std::string(65, '1')}));
    expect_bad_input(run("codice-fiscale --altro"));
}

TEST(CodiceFiscaleCommand, SaysWhatIsWrongWithoutTheCodeNorTheRightCharacter) {
    const auto answer = run("codice-fiscale VRDLGI70B55F205X");

    EXPECT_EQ(answer.exit_code, 1);
    EXPECT_EQ(answer.err, "");
    EXPECT_EQ(answer.out,
              "La lettera di controllo non corrisponde: c'è un errore di battitura, va riletto "
              "tutto il codice.\n");
}

TEST(CodiceFiscaleCommand, SaysWhatAValidCodeIs) {
    EXPECT_EQ(run("codice-fiscale it02613260187").out, "02613260187: valido, ente o partita IVA\n");
    EXPECT_EQ(run("codice-fiscale rss mra 80a01 h501u").out,
              "RSSMRA80A01H501U: valido, persona fisica\n");
    EXPECT_EQ(run("codice-fiscale 80035790585").exit_code, 0);
}

TEST(TerritoryCommand, RefusesBadQuestions) {
    expect_bad_input(run("territory --ats"));
    expect_bad_input(run("territory --ats lodi"));
    expect_bad_input(run("territory --ats 321 --asst 701"));
    expect_bad_input(run("territory lodi --ambito 50066"));
    expect_bad_input(run("territory --ats 321 --ats 322"));
    expect_bad_input(run("territory --at 15/04/2024"));
    expect_bad_input(run("territory --at 2024-02-30 lodi"));
    expect_bad_input(run("territory --altro"));
    expect_bad_input(run_arguments({"territory", ""}));
    expect_bad_input(run_arguments({"territory", "--ats", ""}));
    expect_bad_input(run_arguments({"territory", "\xff"}));
}

TEST(TerritoryCommand, SaysWhenThereIsNothing) {
    const auto text = run("territory torino");
    const auto code = run("territory --ambito 59999");
    const auto day = run("territory --at 2024-04-14");

    EXPECT_EQ(text.exit_code, 1);
    EXPECT_EQ(text.out, "Nessun ente o territorio ha nel nome, o come codice, «torino».\n");
    EXPECT_EQ(code.exit_code, 1);
    EXPECT_EQ(code.out, "Nessun ambito ha il codice 59999.\n");
    EXPECT_EQ(day.exit_code, 1);
    EXPECT_EQ(day.out, "Nessuna edizione del territorio è in vigore domenica 14/04/2024.\n");
    EXPECT_EQ(text.err + code.err + day.err, "");
}

TEST(TerritoryCommand, AnswersProgramsWithJsonEvenWhenThereIsNothing) {
    const auto nothing = run("territory --json torino");
    const auto no_edition = run("territory --json --at 2024-04-14");

    EXPECT_EQ(nothing.exit_code, 1);
    EXPECT_EQ(engine::base::parse_fields(nothing.out)->at("units"), "[]");
    EXPECT_EQ(no_edition.exit_code, 1);
    EXPECT_EQ(engine::base::parse_fields(no_edition.out)->at("edition"), "null");
}

TEST(TerritoryCommand, SumsUpEachAts) {
    const auto answer = run("territory");

    EXPECT_EQ(answer.exit_code, 0);
    EXPECT_TRUE(holds(answer.out, "322    ATS DELL'INSUBRIA"));
    EXPECT_TRUE(holds(answer.out, "  91         86    25\n")) << answer.out;
    EXPECT_TRUE(holds(answer.out, "DGR XII/2167 del 15/04/2024, Allegato C"));
    EXPECT_TRUE(holds(answer.out, "In vigore da lunedì 15/04/2024"));
    EXPECT_TRUE(holds(answer.out, "È l'edizione più recente"));
    EXPECT_FALSE(holds(run("territory --at 2024-04-15").out, "È l'edizione più recente"));
}

TEST(TerritoryCommand, ShowsWhatAnAmbitoBelongsTo) {
    const auto answer = run("territory --ambito 50097");

    EXPECT_EQ(answer.exit_code, 0);
    EXPECT_TRUE(
        answer.out.starts_with("ambito 50097 Oglio Po [SIOSS lom_48]\n"
                               "  ATS: 327 ATS DELLA VAL PADANA\n"
                               "  ASST: 724 ASST DI CREMONA; 725 ASST DI MANTOVA\n"
                               "  distretti: 22070 CASALASCO - VIADANESE OGLIO PO\n"))
        << answer.out;
    EXPECT_TRUE(holds(run("territory oglio po").out, "ambito 50097 Oglio Po"));
}

TEST(TerritoryCommand, ListsTheAmbitiOfAnAtsAndOfAnAsst) {
    const auto ats = run("territory --ats 328");
    const auto asst = run("territory --asst 726");

    EXPECT_TRUE(holds(ats.out, "328 ATS DI PAVIA\n  ASST: 1\n  ambiti: 5\n  distretti: 5\n"));
    EXPECT_TRUE(holds(ats.out, "ambito 50031 Lomellina [SIOSS lom_75]\n"));
    EXPECT_TRUE(holds(asst.out, "ambito 50002 Crema [SIOSS lom_37]\n"));
}

TEST(TerritoryCommand, ShowsTheSpellingOfTheActBesideTheRightOne) {
    EXPECT_TRUE(holds(run("territory sacco").out,
                      "ASST FATEBENEFRATELLI SACCO (nell'atto: «ASST FATEBENEFRAPELLI SACCO»)"));
    EXPECT_TRUE(holds(run("territory --distretto 22054").out,
                      "SERIATE E GRUMELLO (nell'atto: «SERiate E GRUMELLO»)"));
}

TEST(TerritoryCommand, AnswersProgramsWithCodes) {
    const auto answer = run("territory --json --ambito 50097");

    const auto fields = engine::base::parse_fields(answer.out);
    ASSERT_TRUE(fields) << fields.error().message_it;
    EXPECT_EQ(fields->at("units"),
              R"([{"asst":["724","725"],"ats":["327"],"code":"50097","distretti":["22070"],)"
              R"("kind":"ambito","name":"Oglio Po","sioss_code":"lom_48"}])");
}

}  // namespace
