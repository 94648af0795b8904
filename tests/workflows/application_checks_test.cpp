// SPDX-License-Identifier: EUPL-1.2
// The named checks and computations of an application: each finding they can make before the case
// they let through.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/check_bench.h"

namespace tests {
namespace {

using engine::base::render_integer;
using engine::base::render_text;
using engine::base::render_texts;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// ---- the application as it is filed ---------------------------------------------------------

CheckBench complete_application() {
    CheckBench bench("istanza");
    bench.actor.role = "ets";
    for (const char* field :
         {"denominazione", "sede_legale", "pec", "legale_rappresentante", "base_dichiarata"}) {
        bench.payload[field] = render_text("testo");
    }
    bench.payload["qualita_firmatario"] = render_text("legale_rappresentante");
    bench.payload["codice_fiscale_rappresentante"] = render_text("RSSMRA80A01H501U");
    bench.payload["modalita_sottoscrizione"] = render_text("spid");
    bench.payload["attivita_salute_mentale"] = "true";
    bench.payload["presa_visione_privacy"] = "true";
    return bench;
}

TEST(IstanzaCompleta, RefusesEachMissingField) {
    const CheckBench complete = complete_application();
    ASSERT_THAT(complete.fields("istanza_completa"), IsEmpty());

    for (const auto& [field, json] : complete.payload) {
        CheckBench bench = complete;
        bench.payload.erase(field);

        EXPECT_THAT(bench.fields("istanza_completa"), ElementsAre(field));
    }
}

TEST(IstanzaCompleta, RefusesAWrongCodeOfTheRepresentative) {
    CheckBench bench = complete_application();
    bench.payload["codice_fiscale_rappresentante"] = render_text("RSSMRA80A01H501A");

    EXPECT_THAT(bench.fields("istanza_completa"), ElementsAre("codice_fiscale_rappresentante"));
}

TEST(IstanzaCompleta, RefusesADigitalSignatureThatIsNotThere) {
    CheckBench bench = complete_application();
    bench.payload["modalita_sottoscrizione"] = render_text("firma_digitale");
    EXPECT_THAT(bench.fields("istanza_completa"), ElementsAre("-"));
    bench.add_document("istanza_firmata");
    EXPECT_THAT(bench.fields("istanza_completa"), ElementsAre("-"));

    bench.add_document("istanza_firmata", "ets");
    EXPECT_THAT(bench.fields("istanza_completa"), IsEmpty());
}

TEST(IstanzaCompleta, RefusesAHandSignatureWithoutTheCopyOfTheDocument) {
    CheckBench bench = complete_application();
    bench.payload["modalita_sottoscrizione"] = render_text("autografa_con_documento");
    bench.add_document("istanza_firmata");
    EXPECT_THAT(bench.fields("istanza_completa"), ElementsAre("-"));

    bench.add_document("documento_identita");
    EXPECT_THAT(bench.fields("istanza_completa"), IsEmpty());
}

TEST(IstanzaCompleta, RefusesAProxyWithoutItsPowers) {
    CheckBench bench = complete_application();
    bench.payload["qualita_firmatario"] = render_text("procuratore");
    EXPECT_THAT(bench.fields("istanza_completa"), ElementsAre("-"));

    bench.add_document("procura");
    EXPECT_THAT(bench.fields("istanza_completa"), IsEmpty());
}

TEST(IstanzaCompleta, RefusesWithoutADeclarationOfTheNotice) {
    CheckBench bench = complete_application();
    bench.facts.parent->values["dichiarazioni_richieste"] = render_texts({"a", "b"});
    bench.payload["dichiarazioni"] = render_texts({"a"});
    EXPECT_THAT(bench.fields("istanza_completa"), ElementsAre("dichiarazioni"));

    bench.payload["dichiarazioni"] = render_texts({"a", "b"});
    EXPECT_THAT(bench.fields("istanza_completa"), IsEmpty());
}

TEST(IstanzaCompleta, RefusesWithoutAnAttachmentThatCannotComeLater) {
    CheckBench bench = complete_application();
    bench.facts.parent->values["allegati_obbligatori"] =
        render_texts({"scheda_presentazione", "accordo_di_rete"});
    bench.facts.parent->values["allegati_sanabili"] = render_texts({"accordo_di_rete"});
    EXPECT_THAT(bench.fields("istanza_completa"), ElementsAre("-"));

    bench.add_document("scheda_presentazione");
    EXPECT_THAT(bench.fields("istanza_completa"), IsEmpty());
}

TEST(IstanzaCompleta, AsksAnOfficerOnlyForTheName) {
    CheckBench bench("istanza");
    bench.actor.role = "protocollo";
    EXPECT_THAT(bench.fields("istanza_completa"), ElementsAre("denominazione"));

    bench.facts.own.values["denominazione"] = render_text("Ente");
    EXPECT_THAT(bench.fields("istanza_completa"), IsEmpty());
}

// ---- eligibility ----------------------------------------------------------------------------

CheckBench verified(const std::string& basis, const std::string& status) {
    CheckBench bench("istanza");
    bench.end_term_on(*bench.facts.parent, "2025-05-16", "2025-05-17T00:00");
    bench.facts.parent->values["basi_ammesse"] = render_texts({"E1", "E8"});
    auto& values = bench.facts.own.values;
    values["base_verificata"] = render_text(basis);
    values["esito_fonte"] = render_text(status);
    values["fonte_verifica"] = render_text("RUNTS");
    values["data_fonte"] = render_text("2025-05-19");
    return bench;
}

TEST(RequisitiIdonei, RefusesWhatIsNotVerifiedOrNotEligible) {
    EXPECT_THAT(CheckBench("istanza").fields("requisiti_idonei"), ElementsAre("esito_fonte"));
    for (const char* status :
         {"cancellazione_in_corso", "assente_dalla_fonte", "non_iscritto_confermato"}) {
        EXPECT_THAT(verified("E1", status).fields("requisiti_idonei"), ElementsAre("esito_fonte"))
            << status;
    }
    EXPECT_THAT(verified("E1", "iscritto").fields("requisiti_idonei"), IsEmpty());
    EXPECT_THAT(verified("E1", "in_diffida").fields("requisiti_idonei"), IsEmpty());
}

TEST(RequisitiIdonei, RefusesABasisThatTheNoticeDoesNotAccept) {
    EXPECT_THAT(verified("E2", "iscritto").fields("requisiti_idonei"),
                ElementsAre("base_verificata"));
    // A cancellation is no basis of its own: a body in diffida is in.
    EXPECT_THAT(verified("E11", "in_diffida").fields("requisiti_idonei"), IsEmpty());
}

TEST(RequisitiIdonei, RefusesTooFewMonthsOnlyWhereTheNoticeSetsThem) {
    CheckBench bench = verified("E1", "iscritto");
    bench.facts.own.values["iscritto_dal"] = render_text("2024-11-17");
    EXPECT_THAT(bench.fields("requisiti_idonei"), IsEmpty());
    bench.facts.parent->values["mesi_minimi_iscrizione"] = render_integer(6);
    EXPECT_THAT(bench.fields("requisiti_idonei"), ElementsAre("iscritto_dal"));
    bench.facts.own.values.erase("iscritto_dal");
    EXPECT_THAT(bench.fields("requisiti_idonei"), ElementsAre("iscritto_dal"));

    bench.facts.own.values["iscritto_dal"] = render_text("2024-11-16");
    EXPECT_THAT(bench.fields("requisiti_idonei"), IsEmpty());
}

TEST(RequisitiIdonei, AskANetworkMemberForTheAgreementAndNothingElse) {
    CheckBench bench = verified("E8", "accordo_con_ente_idoneo");
    bench.facts.parent->values["mesi_minimi_iscrizione"] = render_integer(6);

    EXPECT_THAT(bench.fields("requisiti_idonei"), IsEmpty());
}

TEST(RequisitiIdonei, AreJudgedOnTheDayOfTheNoticeElseOfTheTerm) {
    CheckBench bench = verified("E1", "iscritto");
    bench.facts.own.values["iscritto_dal"] = render_text("2025-05-10");
    EXPECT_THAT(bench.fields("requisiti_idonei"), IsEmpty());

    bench.facts.parent->values["data_riferimento"] = render_text("2025-05-09");
    EXPECT_THAT(bench.fields("requisiti_idonei"), ElementsAre("esito_fonte"));
}

TEST(RequisitiIdonei, OfALateApplicationUnderAnOpenWindowAreJudgedOnItsOwnDay) {
    CheckBench bench = verified("E1", "iscritto");
    bench.facts.own.values["iscritto_dal"] = render_text("2025-06-01");
    bench.facts.own.values["presentata_in_tempo"] = "false";
    bench.facts.own.values["data_presentazione"] = render_text("2025-06-03");
    EXPECT_THAT(bench.fields("requisiti_idonei"), ElementsAre("esito_fonte"));

    bench.facts.parent->values["modalita_tardive"] = render_text("finestra_aperta");
    EXPECT_THAT(bench.fields("requisiti_idonei"), IsEmpty());
}

TEST(RequisitiConRiserva, RefuseOnlyWhatIsKnownToBeMissing) {
    EXPECT_THAT(CheckBench("istanza").fields("requisiti_con_riserva"), ElementsAre("esito_fonte"));
    EXPECT_THAT(verified("E1", "non_iscritto_confermato").fields("requisiti_con_riserva"),
                ElementsAre("esito_fonte"));
    for (const char* status : {"cancellazione_in_corso", "assente_dalla_fonte", "in_diffida"}) {
        EXPECT_THAT(verified("E1", status).fields("requisiti_con_riserva"), IsEmpty()) << status;
    }
}

TEST(VerificaNonSoloAssenza, RefusesTheAbsenceFromAList) {
    EXPECT_THAT(verified("E1", "assente_dalla_fonte").fields("verifica_non_solo_assenza"),
                ElementsAre("esito_fonte"));
    EXPECT_THAT(verified("E1", "non_iscritto_confermato").fields("verifica_non_solo_assenza"),
                IsEmpty());
}

TEST(RequisitiMancanti, RefuseToExcludeWhatIsUnclear) {
    for (const char* status :
         {"cancellazione_in_corso", "assente_dalla_fonte", "in_diffida", "iscritto"}) {
        EXPECT_THAT(verified("E1", status).fields("requisiti_mancanti"), ElementsAre("esito_fonte"))
            << status;
    }
    EXPECT_THAT(CheckBench("istanza").fields("requisiti_mancanti"), ElementsAre("esito_fonte"));
    EXPECT_THAT(verified("E1", "non_iscritto_confermato").fields("requisiti_mancanti"), IsEmpty());
    EXPECT_THAT(verified("E2", "iscritto").fields("requisiti_mancanti"), IsEmpty());
}

TEST(RequisitiMancanti, DoNotMatterToGroundsOfAnotherKind) {
    CheckBench bench = verified("E1", "iscritto");
    bench.payload["motivi_estranei_ai_requisiti"] = "true";

    EXPECT_THAT(bench.fields("requisiti_mancanti"), IsEmpty());
}

TEST(EsitoRequisiti, KeepsOutcomeRulesDayReasonsAndEvidence) {
    const auto kept =
        engine::base::parse_fields(verified("E1", "iscritto").compute("esito_requisiti"));

    ASSERT_TRUE(kept.has_value());
    EXPECT_EQ(kept->at("esito"), R"("idonea")");
    EXPECT_EQ(kept->at("base"), R"("E1")");
    EXPECT_EQ(kept->at("data_riferimento"), R"("2025-05-16")");
    EXPECT_EQ(kept->at("versione_regole"), R"("basi-di-ammissione/1")");
    EXPECT_EQ(kept->at("prove"),
              R"({"data_fonte":"2025-05-19","esito_fonte":"iscritto","fonte_verifica":"RUNTS"})");
    EXPECT_THAT(kept->at("motivazione"), HasSubstr("È ETS chi è iscritto al RUNTS"));
    const std::string letter = verified("E1", "iscritto").compute("motivazione_requisiti");
    EXPECT_THAT(letter, HasSubstr("il requisito c'è. E1"));
    EXPECT_THAT(letter, HasSubstr("È ETS chi è iscritto al RUNTS"));
}

TEST(EsitoRequisiti, IsCanonicalJson) {
    const std::string json = verified("E1", "iscritto").compute("esito_requisiti");

    EXPECT_EQ(engine::base::canonical_json(json).value(), json);
}

TEST(EsitoRequisiti, WithoutAVerificationIsToBeVerified) {
    const auto kept = engine::base::parse_fields(CheckBench("istanza").compute("esito_requisiti"));

    ASSERT_TRUE(kept.has_value());
    EXPECT_EQ(kept->at("esito"), R"("da_verificare")");
    EXPECT_FALSE(kept->contains("data_riferimento"));
    EXPECT_THAT(kept->at("motivazione"), HasSubstr("non sono ancora stati verificati"));
}

// ---- the exclusion --------------------------------------------------------------------------

TEST(MotiviAmmessi, RefuseAGroundThatTheBodyWasNotTold) {
    CheckBench bench("istanza");
    bench.facts.own.values["motivi_preavviso"] = render_texts({"uno"});
    bench.payload["motivi_esclusione"] = render_texts({"uno", "due"});
    EXPECT_THAT(bench.fields("motivi_ammessi"), ElementsAre("motivi_esclusione"));
    bench.payload["motivi_da_osservazioni"] = render_texts({"due"});
    EXPECT_THAT(bench.fields("motivi_ammessi"), ElementsAre("motivi_da_osservazioni"));

    bench.facts.own.values["osservazioni"] = render_texts({"osservo"});
    EXPECT_THAT(bench.fields("motivi_ammessi"), IsEmpty());
}

TEST(OsservazioniRiscontrate, RefuseFewerAnswersThanObservations) {
    CheckBench bench("istanza");
    EXPECT_THAT(bench.fields("osservazioni_riscontrate"), IsEmpty());
    bench.facts.own.values["osservazioni"] = render_texts({"una", "due"});
    bench.payload["riscontro_osservazioni"] = render_texts({"risposta"});
    EXPECT_THAT(bench.fields("osservazioni_riscontrate"), ElementsAre("riscontro_osservazioni"));

    bench.payload["riscontro_osservazioni"] = render_texts({"risposta", "risposta"});
    EXPECT_THAT(bench.fields("osservazioni_riscontrate"), IsEmpty());
}

TEST(RimediIndicati, RefuseAnActThatLacksOneOfTheTwo) {
    const std::string tar = "tar_lombardia_60_giorni";
    const std::string president = "ricorso_straordinario_120_giorni";
    CheckBench bench("istanza");
    bench.payload["rimedi"] = render_texts({tar});
    EXPECT_THAT(bench.fields("rimedi_indicati"), ElementsAre("rimedi"));
    bench.payload["rimedi"] = render_texts({president});
    EXPECT_THAT(bench.fields("rimedi_indicati"), ElementsAre("rimedi"));

    bench.payload["rimedi"] = render_texts({tar, president});
    EXPECT_THAT(bench.fields("rimedi_indicati"), IsEmpty());
}

}  // namespace
}  // namespace tests
