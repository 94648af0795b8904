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
        BadScript{"dati a\n  x = 1", "Riga 3: il blocco di dati non finisce: manca «fine»."},
        BadScript{"-> stato aperta", "Riga 1: manca chi agisce."},
        BadScript{"rdp:anna", "Riga 1: non si capisce quale atto si compie."},
        BadScript{"rdp:anna allega", "Riga 1: manca che cosa."},
        BadScript{"rdp:anna avvia P", "Riga 1: non si capisce «P»."},
        BadScript{"rdp:anna avvia su", "Riga 1: non si capisce «su»."},
        BadScript{"rdp:anna avvia con x",
                  "Riga 1: dopo «con» serve «dati nome» o «campo = valore»."},
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
        WrongExpectation{"funzionario:f archivia su P -> nessun effetto",
                         "Riga 5: atteso nessun effetto, ma ci sono 1 righe nel registro"},
        WrongExpectation{"sistema -> qualcosa di strano",
                         "Riga 5: «strano» non è il nome di niente"},
        WrongExpectation{"sistema -> qualcosa", "Riga 5: non si capisce l'attesa «qualcosa»"}));

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
