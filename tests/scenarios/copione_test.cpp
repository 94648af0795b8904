// SPDX-License-Identifier: EUPL-1.2
#include "api/scenario/copione.h"

#include <gtest/gtest.h>

#include <sstream>

#include "api/scenario/player.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/toy_workflow.h"

namespace tests {
namespace {

namespace scenario = api::scenario;

struct BadScript {
    const char* text;
    const char* message;
};

class CopioneRefuses : public testing::TestWithParam<BadScript> {};

TEST_P(CopioneRefuses, WithTheNumberOfTheLine) {
    const auto lines = scenario::parse_copione(GetParam().text);

    ASSERT_FALSE(lines.has_value());
    EXPECT_EQ(lines.error().code, engine::base::ErrorCode::malformed);
    EXPECT_EQ(lines.error().message_it, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Table, CopioneRefuses,
    testing::Values(
        BadScript{"ente alfa", "Riga 1: serve «ente nome codice»."},
        BadScript{"\nats 326 iniziativa", "Riga 2: serve «ats codice iniziativa nome»."},
        BadScript{"ore", "Riga 1: serve «ore AAAA-MM-GG HH:MM»."},
        BadScript{"passa molti giorni", "Riga 1: serve «passa N giorni», ore o minuti."},
        BadScript{"passa -3 giorni", "Riga 1: serve «passa N giorni», ore o minuti."},
        BadScript{"dati", "Riga 1: serve «dati nome»."},
        BadScript{"dati a\n  x", "Riga 2: serve «campo = valore», oppure «fine»."},
        BadScript{"dati a\n  x = 1", "Riga 1: il blocco di dati non finisce: manca «fine»."},
        BadScript{"-> stato aperta", "Riga 1: manca chi agisce."},
        BadScript{"rdp:anna", "Riga 1: non si capisce quale atto si compie."},
        BadScript{"rdp:anna allega", "Riga 1: manca che cosa."},
        BadScript{"rdp:anna avvia P", "Riga 1: non si capisce «P»."},
        BadScript{"rdp:anna avvia su", "Riga 1: non si capisce «su»."},
        BadScript{"rdp:anna avvia con x",
                  "Riga 1: dopo «con» serve «dati nome» o «campo = valore»."},
        BadScript{"persona rdp:anna", "Riga 1: serve «persona ruolo:nome altro_ruolo:nome»."},
        BadScript{"persona anna dora", "Riga 1: serve «persona ruolo:nome altro_ruolo:nome»."},
        BadScript{"controllo completa",
                  "Riga 1: serve «controllo nome passa» oppure «controllo nome non passa»."},
        BadScript{"controllo completa mai passa",
                  "Riga 1: serve «controllo nome passa» oppure «controllo nome non passa»."},
        BadScript{"rdp:anna avvia chiave", "Riga 1: non si capisce «chiave»."},
        BadScript{"rdp:anna avvia ->", "Riga 1: un'attesa è vuota."}));

/// Plays on the toy workflow; gives the failures joined, or the error.
std::string play_toy(const std::string& text) {
    const TemporaryFolder folder;
    const auto lines = scenario::parse_copione(text);
    if (!lines) {
        return lines.error().message_it;
    }
    std::ostringstream narration;
    const auto report = scenario::play(*lines, toy_catalog(), toy_checks(),
                                       {folder.path(), false, false, 1}, narration);
    if (!report) {
        return report.error().message_it;
    }
    std::string failures;
    for (const std::string& failure : report->failures) {
        failures += failure + "\n";
    }
    return failures;
}

const std::string kStart =
    "ente alfa A\nats 326 iniziativa prova-2025\nore 2025-02-03 09:00\n"
    "funzionario:f apre pratica come P con oggetto = completo, termine = 2025-05-16\n";

TEST(Copione, HoldsWhenItsExpectationsDo) {
    EXPECT_EQ(play_toy(kStart + "sistema -> stato aperta, scadenza trasmissione 2025-06-30"), "");
}

struct WrongExpectation {
    const char* line;
    const char* failure;
};

class CopioneTells : public testing::TestWithParam<WrongExpectation> {};

TEST_P(CopioneTells, WhichExpectationFailed) {
    EXPECT_EQ(play_toy(kStart + GetParam().line), std::string(GetParam().failure) + "\n");
}

INSTANTIATE_TEST_SUITE_P(
    Table, CopioneTells,
    testing::Values(
        WrongExpectation{"sistema -> stato chiusa",
                         "Riga 5: stato: atteso «chiusa», trovato «aperta»"},
        WrongExpectation{"sistema -> stato aperta di Q", "Riga 5: «Q» non è il nome di niente"},
        WrongExpectation{"sistema -> compito istruisci aperto",
                         "Riga 5: compito istruisci: atteso «aperto», trovato «nessuno»"},
        WrongExpectation{"sistema -> compiti 2", "Riga 5: compiti aperti: atteso «2», trovato «0»"},
        WrongExpectation{"sistema -> registrazione 1/2025",
                         "Riga 5: registrazione: atteso «1/2025», trovato «nessuna»"},
        WrongExpectation{
            "sistema -> scadenza trasmissione 2025-07-01",
            "Riga 5: scadenza trasmissione: atteso «2025-07-01», trovato «2025-06-30»"},
        WrongExpectation{"sistema -> adempimento trasmissione mancato",
                         "Riga 5: adempimento trasmissione: atteso «mancato», trovato «running»"},
        WrongExpectation{"sistema -> messaggio ricevuta",
                         "Riga 5: il messaggio «ricevuta» non è partito"},
        WrongExpectation{"funzionario:f archivia su P -> rifiuto forbidden",
                         "Riga 5: atteso il rifiuto «forbidden», ma l'atto è stato accettato"},
        WrongExpectation{
            "dirigente:d avvia su P -> rifiuto forbidden",
            "Riga 5: rifiuto: atteso «forbidden», trovato «guard_failed document_signed»"},
        WrongExpectation{"sistema -> messaggio ricevuta a alfa",
                         "Riga 5: il messaggio «ricevuta» a alfa non è partito"},
        WrongExpectation{"dirigente:d avvia su P -> rifiuto solo check_passed",
                         "Riga 5: rifiuto solo: atteso «check_passed», trovato «document_signed»"},
        WrongExpectation{"funzionario:f archivia su P -> stessa risposta",
                         "Riga 5: non c'è una prima risposta con cui confrontare: serve «chiave»"},
        WrongExpectation{"funzionario:f archivia su P -> accaduto 2025-02-03T09:00",
                         "Riga 5: accaduto: atteso «2025-02-03T08:00:00.000Z», trovato «nessun "
                         "altro momento»"},
        WrongExpectation{"funzionario:f archivia su P -> ricevuto 2025-02-03T09:01",
                         "Riga 5: ricevuto: atteso «2025-02-03T08:01:00.000Z», trovato "
                         "«2025-02-03T08:00:00.000Z»"},
        WrongExpectation{"sistema -> ricevuto 2025-02-03T09:01",
                         "Riga 5: l'atto non è nel registro"},
        WrongExpectation{"funzionario:f guarda su P -> possibile avvia",
                         "Riga 5: avvia: atteso «possibile», trovato «impossibile»"},
        WrongExpectation{"funzionario:f guarda su P -> impossibile archivia",
                         "Riga 5: archivia: atteso «impossibile», trovato «possibile»"},
        WrongExpectation{"funzionario:f guarda su P -> versione 2",
                         "Riga 5: versione: atteso «2», trovato «1»"},
        WrongExpectation{"funzionario:f guarda su P -> differenza uno",
                         "Riga 5: differenza «uno»: non c'è fra «»"},
        WrongExpectation{"sistema -> passaggio 2 Decreto n. 1",
                         "Riga 5: passaggio: atteso «2 Decreto n. 1», trovato «nessuno»"},
        WrongExpectation{"funzionario:f archivia su P -> nessun effetto",
                         "Riga 5: atteso nessun effetto, ma ci sono 1 righe nel registro"},
        WrongExpectation{"sistema -> qualcosa di strano",
                         "Riga 5: «strano» non è il nome di niente"},
        WrongExpectation{"sistema -> qualcosa", "Riga 5: non si capisce l'attesa «qualcosa»"}));

TEST(Copione, SendsTheSameRequestTwiceUnderItsKey) {
    EXPECT_EQ(play_toy(kStart +
                       "funzionario:f archivia su P chiave k -> stato archiviata\n"
                       "funzionario:f archivia su P chiave k -> nessun effetto, stessa risposta\n"
                       "funzionario:f trasmetti su P chiave k -> rifiuto invalid_input"),
              "");
}

/// Without the line `persona` they are two persons, and the second act is accepted.
TEST(Copione, KnowsOnePersonInTwoRoles) {
    const std::string body = kStart +
                             "funzionario:f allega atto firmato da dirigente su P\n"
                             "dirigente:d avvia su P\n"
                             "ente:alfa chiedi_parere su P come A\n"
                             "ente:alfa presenta su A con testo = bene\n"
                             "ore 2025-05-17 09:00\n"
                             "funzionario:x valuta su A\n";

    EXPECT_EQ(play_toy(body + "dirigente:x concludi su P -> stato conclusa"), "");
    EXPECT_EQ(play_toy("persona funzionario:x dirigente:x\n" + body +
                       "dirigente:x concludi su P -> rifiuto solo actor_not_performed"),
              "");
}

const std::string kIncomplete =
    "ente alfa A\nats 326 iniziativa prova-2025\nore 2025-02-03 09:00\n"
    "funzionario:f apre pratica come P con oggetto = parziale, termine = 2025-05-16\n"
    "funzionario:f allega atto firmato da dirigente su P\n";

TEST(Copione, TakesACheckToAnswerAsItSays) {
    EXPECT_EQ(play_toy(kIncomplete + "dirigente:d avvia su P -> rifiuto completa"), "");
    EXPECT_EQ(play_toy(kIncomplete + "controllo completa passa\n"
                                     "dirigente:d avvia su P -> stato raccolta"),
              "");
    EXPECT_EQ(play_toy(kIncomplete + "controllo completa passa\n"
                                     "controllo completa non passa\n"
                                     "dirigente:d avvia su P -> rifiuto completa"),
              "");
    EXPECT_EQ(play_toy(kIncomplete + "controllo inventato passa"),
              "Riga 6: il controllo «inventato» non esiste.");
}

TEST(Copione, TakesNoAnswerForGrantedThroughAServer) {
    const TemporaryFolder folder;
    const auto lines = scenario::parse_copione("controllo completa passa");
    ASSERT_TRUE(lines.has_value());
    scenario::PlayOptions options{folder.path(), 0, false, 1};
    options.door = [](const engine::machine::Command&) -> engine::base::Result<engine::Outcome> {
        return engine::base::fail(engine::base::ErrorCode::internal, "mai");
    };
    std::ostringstream narration;

    const auto report = scenario::play(*lines, toy_catalog(), toy_checks(), options, narration);

    ASSERT_FALSE(report.has_value());
    EXPECT_EQ(report.error().message_it,
              "Riga 1: attraverso un server i controlli non si danno per fatti.");
}

TEST(Copione, TellsTheRefusalBecauseOfWhichANameIsOfNothing) {
    const std::string told =
        play_toy(kStart + "dirigente:d avvia su P\nente:alfa chiedi_parere su P come A\n"
                          "ente:alfa presenta su A con testo = bene");

    EXPECT_EQ(told.find("Riga 7: «A» non è il nome di niente. Prima, Riga 5: atto rifiutato"), 0U)
        << told;
}

TEST(Copione, ARefusalNobodyExpectedIsAFailure) {
    EXPECT_NE(
        play_toy(kStart + "dirigente:d avvia su P").find("senza che il copione se lo aspetti"),
        std::string::npos);
}

TEST(Copione, TheClockDoesNotGoBack) {
    EXPECT_EQ(play_toy(kStart + "ore 2025-02-02 09:00"), "Riga 5: l'orologio non torna indietro.");
}

}  // namespace
}  // namespace tests
