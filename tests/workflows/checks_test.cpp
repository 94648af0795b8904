// SPDX-License-Identifier: EUPL-1.2
// The named checks of the notice and of how an application is received: each finding they can make
// before the case they let through. The others are in application_checks_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/workflows/check_bench.h"

namespace tests {
namespace {

using engine::base::render_flag;
using engine::base::render_integer;
using engine::base::render_text;
using engine::base::render_texts;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

CheckBench complete_notice() {
    CheckBench bench("procedimento");
    for (const char* field :
         {"oggetto", "requisiti_partecipanti", "modalita_presentazione", "modalita_svolgimento",
          "modalita_conclusione", "pubblicita_trasparenza", "regime_transitorio_runts", "canale",
          "fa_fede", "termine_istanze", "modalita_tardive", "decorrenza_conclusione",
          "partecipazione_non_ets", "doppia_partecipazione", "regola_approvazione",
          "regola_silenzio", "responsabile_del_procedimento", "informativa_privacy_versione",
          "pec_avviso"}) {
        bench.facts.own.values[field] = render_text("testo");
    }
    for (const char* field :
         {"obiettivi_scelti", "basi_ammesse", "dichiarazioni_richieste", "approvatori", "tavoli"}) {
        bench.facts.own.values[field] = render_texts({"uno"});
    }
    bench.facts.own.values["rinvia_festivi"] = "true";
    bench.facts.own.values["rinvia_sabato"] = "false";
    bench.facts.initiative["obiettivi"] = R"({"uno":"Uno"})";
    return bench;
}

TEST(ObiettiviAmmessi, RefusesWhatIsNotOfTheInitiative) {
    CheckBench bench("procedimento");
    bench.facts.initiative["obiettivi"] = R"({"O1":"Uno","O2":"Due"})";
    bench.payload["obiettivi_scelti"] = render_texts({"O1", "O9"});

    EXPECT_THAT(bench.fields("obiettivi_ammessi"), ElementsAre("obiettivi_scelti"));

    bench.payload["obiettivi_scelti"] = render_texts({"O1", "O2"});
    EXPECT_THAT(bench.fields("obiettivi_ammessi"), IsEmpty());
}

TEST(ObiettiviAmmessi, RefusesAnyCodeWhereThereIsNoInitiative) {
    CheckBench bench("procedimento");
    bench.payload["obiettivi_scelti"] = render_texts({"O1"});

    EXPECT_THAT(bench.fields("obiettivi_ammessi"), ElementsAre("obiettivi_scelti"));

    bench.payload = {{"obiettivi_liberi", render_texts({"Gruppi di auto-aiuto"})}};
    EXPECT_THAT(bench.fields("obiettivi_ammessi"), IsEmpty());
}

TEST(ContenutiMinimiAvviso, AsksForTheTerritorysOwnObjectivesWhereThereIsNoInitiative) {
    CheckBench bench = complete_notice();
    bench.facts.initiative.clear();
    bench.facts.own.values.erase("obiettivi_scelti");

    EXPECT_THAT(bench.fields("contenuti_minimi_avviso"), ElementsAre("obiettivi_liberi"));

    bench.facts.own.values["obiettivi_liberi"] = render_texts({"Gruppi di auto-aiuto"});
    EXPECT_THAT(bench.fields("contenuti_minimi_avviso"), IsEmpty());
}

TEST(ContenutiMinimiAvviso, RefusesEachMissingField) {
    const CheckBench complete = complete_notice();
    ASSERT_THAT(complete.fields("contenuti_minimi_avviso"), IsEmpty());

    for (const auto& [field, json] : complete.facts.own.values) {
        CheckBench bench = complete;
        bench.facts.own.values.erase(field);

        EXPECT_THAT(bench.fields("contenuti_minimi_avviso"), ElementsAre(field));
    }
}

TEST(ContenutiMinimiAvviso, AsksForNoPecAddressOnThePlatformAlone) {
    CheckBench bench = complete_notice();
    bench.facts.own.values.erase("pec_avviso");
    bench.facts.own.values["canale"] = render_text("piattaforma");

    EXPECT_THAT(bench.fields("contenuti_minimi_avviso"), IsEmpty());
}

TEST(ContenutiMinimiAvviso, RefusesAGuidelineWithoutAnswer) {
    CheckBench bench = complete_notice();
    bench.facts.initiative["linee"] = R"({"L1":"Uno","L2":"Due"})";
    bench.facts.own.values["riscontro_linee"] = render_texts({"L1: i tavoli", "L2:"});

    EXPECT_THAT(bench.fields("contenuti_minimi_avviso"), ElementsAre("riscontro_linee"));

    bench.facts.own.values["riscontro_linee"] = render_texts({"L1: i tavoli", "L2: la scheda"});
    EXPECT_THAT(bench.fields("contenuti_minimi_avviso"), IsEmpty());
}

TEST(ContenutiMinimiAvviso, RefusesAWeekdayThatIsNotThatOfItsDate) {
    CheckBench bench = complete_notice();
    bench.facts.own.values["modalita_svolgimento"] =
        render_text("Incontro giovedì 12 settembre 2025, alle 15.");

    const auto findings = bench.run("contenuti_minimi_avviso");

    ASSERT_EQ(findings.size(), 1U);
    EXPECT_THAT(findings[0].message_it, HasSubstr("è venerdì"));
    bench.facts.own.values["modalita_svolgimento"] =
        render_text("Incontro venerdì 12 settembre 2025, alle 15.");
    EXPECT_THAT(bench.fields("contenuti_minimi_avviso"), IsEmpty());
}

TEST(PubblicazioneCompleta, RefusesEachSectionThatIsDueAndMissing) {
    const std::map<std::string, std::string> due{{"pubblicazione_art_12", "art_12"},
                                                 {"pubblicazione_art_23", "art_23"},
                                                 {"pubblicazione_art_26_27", "art_26_27"}};
    for (const auto& [flag, section] : due) {
        CheckBench bench("procedimento");
        bench.facts.own.values[flag] = render_flag(true);
        bench.payload["sezioni_pubblicazione"] = render_texts({"sito"});
        EXPECT_THAT(bench.fields("pubblicazione_completa"), ElementsAre("sezioni_pubblicazione"));

        bench.payload["sezioni_pubblicazione"] = render_texts({"sito", section});
        EXPECT_THAT(bench.fields("pubblicazione_completa"), IsEmpty()) << section;
    }
}

TEST(PubblicazioneCompleta, RefusesWithoutTheAlboWhereDaysAreDue) {
    CheckBench bench("procedimento");
    bench.facts.own.values["giorni_albo"] = render_integer(15);
    bench.payload["sezioni_pubblicazione"] = render_texts({"sito"});
    EXPECT_THAT(bench.fields("pubblicazione_completa"), ElementsAre("sezioni_pubblicazione"));

    bench.payload["sezioni_pubblicazione"] = render_texts({"albo"});
    EXPECT_THAT(bench.fields("pubblicazione_completa"), IsEmpty());
}

struct Outage {
    const char* begin;
    const char* end;
    const char* new_end;
    const char* field;  ///< "": passes
};

class Malfunzionamento : public testing::TestWithParam<Outage> {};

TEST_P(Malfunzionamento, GivesBackTheTimeLost) {
    CheckBench bench("procedimento");
    bench.end_term_on(bench.facts.own, "2025-05-16", "2025-05-17T00:00");
    bench.payload["malfunzionamento_inizio"] = render_text(GetParam().begin);
    bench.payload["malfunzionamento_fine"] = render_text(GetParam().end);
    bench.payload["nuovo_termine"] = render_text(GetParam().new_end);

    const auto fields = bench.fields("malfunzionamento_proporzionato");

    EXPECT_EQ(fields.empty() ? "" : fields.front(), GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Malfunzionamento,
    testing::Values(
        Outage{"2025-05-17T00:00", "2025-05-17T04:00", "2025-05-20", "malfunzionamento_inizio"},
        Outage{"2025-05-16T20:00", "2025-05-16T20:00", "2025-05-20", "malfunzionamento_inizio"},
        Outage{"2025-05-16T20:00", "2025-05-17T08:00", "2025-05-17T11:58", "nuovo_termine"},
        Outage{"2025-05-16T20:00", "2025-05-17T08:00", "2025-05-17T12:00", ""},
        Outage{"2025-05-16T20:00", "2025-05-16T22:00", "2025-05-17T01:58", "nuovo_termine"},
        Outage{"2025-05-16T20:00", "2025-05-16T22:00", "2025-05-17T02:00", ""}));

TEST(CodiceFiscaleValido, RefusesAWrongCheckDigit) {
    CheckBench bench("procedimento");
    bench.payload["codice_fiscale_ente"] = render_text("99000010101");
    EXPECT_THAT(bench.fields("codice_fiscale_valido"), ElementsAre("codice_fiscale_ente"));

    for (const char* code : {"99000010100", "99000010100-1"}) {
        bench.payload["codice_fiscale_ente"] = render_text(code);
        EXPECT_THAT(bench.fields("codice_fiscale_valido"), IsEmpty()) << code;
    }
}

struct Pec {
    const char* counts;
    const char* accepted;
    const char* delivered;
    const char* field;  ///< "": passes; the act is of 12:00:00
};

class MomentoCheFaFede : public testing::TestWithParam<Pec> {};

TEST_P(MomentoCheFaFede, IsThatOfTheNotice) {
    CheckBench bench("istanza");
    bench.actor.role = "protocollo";
    bench.facts.times =
        engine::machine::ActTimes::of_act(at("2025-05-16T12:00:00"), at("2025-05-16T15:00"));
    bench.facts.parent->values["fa_fede"] = render_text(GetParam().counts);
    bench.facts.own.values["canale_ricezione"] = render_text("pec");
    bench.facts.own.values["pec_accettata_il"] = render_text(GetParam().accepted);
    bench.facts.own.values["pec_consegnata_il"] = render_text(GetParam().delivered);

    const auto fields = bench.fields("momento_che_fa_fede");

    EXPECT_EQ(fields.empty() ? "" : fields.front(), GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    Table, MomentoCheFaFede,
    testing::Values(Pec{"accettazione", "", "2025-05-16T12:00", "pec_accettata_il"},
                    Pec{"accettazione", "2025-05-16T12:00:01", "", "pec_accettata_il"},
                    Pec{"accettazione", "2025-05-16T12:00", "2025-05-16T12:03", ""},
                    Pec{"consegna", "2025-05-16T12:00", "", "pec_consegnata_il"},
                    Pec{"consegna", "2025-05-16T12:00", "2025-05-16T12:03", "pec_consegnata_il"},
                    Pec{"consegna", "2025-05-16T11:58", "2025-05-16T12:00:00", ""}));

/// What the sender's program wrote as its hour proves nothing, whatever the notice says of PEC.
TEST(MomentoCheFaFede, OfOrdinaryMailIsItsArrivalInTheOfficesBox) {
    CheckBench bench("istanza");
    bench.actor.role = "protocollo";
    bench.facts.times =
        engine::machine::ActTimes::of_act(at("2025-05-16T12:00:00"), at("2025-05-16T15:00"));
    bench.facts.parent->values["fa_fede"] = render_text("accettazione");
    bench.facts.own.values["canale_ricezione"] = render_text("posta_ordinaria");
    bench.facts.own.values["pec_accettata_il"] = render_text("2025-05-16T12:00");

    EXPECT_THAT(bench.fields("momento_che_fa_fede"), ElementsAre("giunta_alla_casella_il"));
    bench.facts.own.values["giunta_alla_casella_il"] = render_text("2025-05-16T12:03");
    EXPECT_THAT(bench.fields("momento_che_fa_fede"), ElementsAre("giunta_alla_casella_il"));
    bench.facts.own.values["giunta_alla_casella_il"] = render_text("2025-05-16T12:00:00");
    EXPECT_THAT(bench.fields("momento_che_fa_fede"), IsEmpty());
}

TEST(MomentoCheFaFede, IsNotAskedOfPaperNorOfTheBodyItself) {
    CheckBench bench("istanza");
    bench.facts.own.values["canale_ricezione"] = render_text("carta");
    EXPECT_THAT(bench.fields("momento_che_fa_fede"), IsEmpty());

    bench.facts.own.values["canale_ricezione"] = render_text("pec");
    bench.actor.role = "ets";
    EXPECT_THAT(bench.fields("momento_che_fa_fede"), IsEmpty());
}

}  // namespace
}  // namespace tests
