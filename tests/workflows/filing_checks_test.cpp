// SPDX-License-Identifier: EUPL-1.2
// When it was filed, by whom it could be signed, which receipts count: the refusal before the pass.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/check_bench.h"

namespace tests {
namespace {

using engine::base::render_text;
using engine::base::render_texts;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(MomentoNelTermine, CountsTheHourAndNotOnlyTheDay) {
    CheckBench bench("istanza");
    bench.end_term_on(*bench.facts.parent, "2025-05-16", "2025-05-16T12:00:01");
    bench.payload["momento_presentazione"] = render_text("2025-05-16T12:00:01");
    EXPECT_THAT(bench.fields("momento_nel_termine"), ElementsAre("momento_presentazione"));

    bench.payload["momento_presentazione"] = render_text("2025-05-16T12:00:00");
    EXPECT_THAT(bench.fields("momento_nel_termine"), IsEmpty());
    EXPECT_EQ(bench.compute("istante_riconosciuto"), render_text("2025-05-16T10:00:00.000Z"));
    EXPECT_EQ(bench.compute("giorno_riconosciuto"), render_text("2025-05-16"));
}

TEST(PecNuova, RefusesAMessageThatHasANumberAlready) {
    CheckBench bench("procedimento");
    bench.facts.own.values["pec_registrate"] = render_texts({"A@pec.esempio.it"});
    bench.payload["identificativo_pec"] = render_text("A@pec.esempio.it");
    EXPECT_THAT(bench.fields("pec_nuova"), ElementsAre("identificativo_pec"));

    bench.payload["identificativo_pec"] = render_text("B@pec.esempio.it");
    EXPECT_THAT(bench.fields("pec_nuova"), IsEmpty());
    bench.payload.clear();
    EXPECT_THAT(bench.fields("pec_nuova"), IsEmpty());
}

TEST(RicevutaPertinente, RefusesTheReceiptOfAnotherMessage) {
    CheckBench bench("istanza");
    bench.params["comunicazione"] = render_text("preavviso");
    bench.payload["comunicazione_riferita"] = render_text("richiesta_integrazione");
    EXPECT_THAT(bench.fields("ricevuta_pertinente"), ElementsAre("comunicazione_riferita"));

    bench.payload["comunicazione_riferita"] = render_text("preavviso");
    EXPECT_THAT(bench.fields("ricevuta_pertinente"), IsEmpty());
}

TEST(RicevutaGiaRegistrata, HoldsOnlyForOneThatIsKept) {
    CheckBench bench("istanza");
    bench.facts.own.values["ricevute_registrate"] = render_texts({"R-1"});
    bench.payload["identificativo_ricevuta"] = render_text("R-2");
    EXPECT_THAT(bench.fields("ricevuta_gia_registrata"), ElementsAre("identificativo_ricevuta"));

    bench.payload["identificativo_ricevuta"] = render_text("R-1");
    EXPECT_THAT(bench.fields("ricevuta_gia_registrata"), IsEmpty());
    bench.payload.clear();
    EXPECT_THAT(bench.fields("ricevuta_gia_registrata"), ElementsAre("identificativo_ricevuta"));
}

CheckBench signed_on(const std::string& date) {
    CheckBench bench("istanza");
    auto& own = bench.facts.own.values;
    own["firmata_il"] = render_text(date);
    own["mandato_dal"] = render_text("2022-05-01");
    own["mandato_al"] = render_text("2025-04-30");
    own["esito_poteri"] = render_text("confermati");
    return bench;
}

TEST(PoteriDiFirma, AreThoseOfTheDayOfTheSignature) {
    EXPECT_THAT(signed_on("2022-04-30").fields("poteri_di_firma"), ElementsAre("esito_poteri"));
    EXPECT_THAT(signed_on("2025-05-01").fields("poteri_di_firma"), ElementsAre("esito_poteri"));
    EXPECT_THAT(signed_on("2022-05-01").fields("poteri_di_firma"), IsEmpty());
    EXPECT_THAT(signed_on("2025-04-30").fields("poteri_di_firma"), IsEmpty());
}

TEST(PoteriDiFirma, AreTakenFromTheFilingWithoutADateOfSignature) {
    CheckBench bench = signed_on("");
    bench.facts.own.values["data_presentazione"] = render_text("2025-05-05");

    EXPECT_THAT(bench.fields("poteri_di_firma"), ElementsAre("esito_poteri"));
}

TEST(PoteriDiFirma, AreGivenByARatification) {
    CheckBench bench = signed_on("2025-04-01");
    bench.facts.own.values["esito_poteri"] = render_text("non_risultano");
    EXPECT_THAT(bench.fields("poteri_di_firma"), ElementsAre("esito_poteri"));

    bench.add_document("ratifica");
    EXPECT_THAT(bench.fields("poteri_di_firma"), IsEmpty());
}

CheckBench lost_requirement(const std::string& until, const std::string& state) {
    CheckBench bench("istanza");
    bench.payload["causa_decadenza"] = render_text("perdita_requisito");
    bench.facts.parent->values["requisito_mantenuto_fino_a"] = render_text(until);
    bench.facts.parent->record.instance.state = state;
    return bench;
}

TEST(RequisitoAncoraDovuto, LastsAsLongAsTheNoticeSays) {
    const auto due = ElementsAre("causa_decadenza");
    const std::string check = "requisito_ancora_dovuto";
    EXPECT_THAT(lost_requirement("ammissione", "istruttoria").fields(check), due);
    EXPECT_THAT(lost_requirement("conclusione_tavoli", "sintesi_in_bozza").fields(check), due);
    EXPECT_THAT(lost_requirement("conclusione_tavoli", "tavoli_in_corso").fields(check), IsEmpty());
    EXPECT_THAT(lost_requirement("approvazione_sintesi", "sintesi_approvata").fields(check), due);
    EXPECT_THAT(lost_requirement("approvazione_sintesi", "sintesi_in_bozza").fields(check),
                IsEmpty());
    EXPECT_THAT(lost_requirement("conclusione_procedimento", "trasmesso").fields(check), IsEmpty());
}

TEST(RequisitoAncoraDovuto, DoesNotConcernAFalseDeclaration) {
    CheckBench bench = lost_requirement("ammissione", "istruttoria");
    bench.payload["causa_decadenza"] = render_text("dichiarazione_falsa");

    EXPECT_THAT(bench.fields("requisito_ancora_dovuto"), IsEmpty());
}

TEST(DecorrenzaDecadenza, IsTheDayOfTheCancellation) {
    CheckBench bench("istanza");
    bench.facts.own.values["causa_decadenza"] = render_text("perdita_requisito");
    bench.facts.own.values["cancellato_dal"] = render_text("2025-06-03");
    bench.payload["decadenza_dal"] = render_text("2025-06-17");
    EXPECT_THAT(bench.fields("decorrenza_decadenza"), ElementsAre("decadenza_dal"));

    bench.payload["decadenza_dal"] = render_text("2025-06-03");
    EXPECT_THAT(bench.fields("decorrenza_decadenza"), IsEmpty());
}

}  // namespace
}  // namespace tests
