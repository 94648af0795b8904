// SPDX-License-Identifier: EUPL-1.2
// Networks: members, double participation, the anchor, the dated list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/check_bench.h"

namespace tests {
namespace {

using engine::base::InstanceId;
using engine::base::render_text;
using engine::machine::Relative;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kLead = "99000010100";
constexpr const char* kMember = "99000010126";

CheckBench lead() {
    CheckBench bench("istanza");
    bench.facts.own.record.instance.id = InstanceId{"own"};
    bench.facts.own.record.instance.party = kLead;
    bench.payload["codice_fiscale_membro"] = render_text(kMember);
    return bench;
}

Relative member_of(const std::string& application, const std::string& state,
                   const std::string& path = "istanze/membri") {
    return {InstanceId{application + ".m"},
            InstanceId{application},
            "membri",
            path,
            state,
            kMember,
            state == "cessato",
            ""};
}

Relative application_of(const std::string& party, const std::string& state) {
    return {
        InstanceId{party + ".i"}, InstanceId{"p"}, "istanze", "istanze", state, party, false, ""};
}

TEST(MembroNuovo, RefusesTheBodyItselfAndWhoIsAlreadyThere) {
    CheckBench bench = lead();
    bench.facts.descendants = {member_of("own", "proposto", "membri")};
    EXPECT_THAT(bench.fields("membro_nuovo"), ElementsAre("codice_fiscale_membro"));
    bench.facts.descendants = {member_of("own", "cessato", "membri")};
    EXPECT_THAT(bench.fields("membro_nuovo"), IsEmpty());

    bench.payload["codice_fiscale_membro"] = render_text(kLead);
    EXPECT_THAT(bench.fields("membro_nuovo"), ElementsAre("codice_fiscale_membro"));
}

TEST(MembroDellaRete, IsOneStillToBeVerified) {
    CheckBench bench = lead();
    EXPECT_THAT(bench.fields("membro_della_rete"), ElementsAre("codice_fiscale_membro"));
    bench.facts.descendants = {member_of("own", "attivo", "membri")};
    EXPECT_THAT(bench.fields("membro_della_rete"), ElementsAre("codice_fiscale_membro"));

    bench.facts.descendants = {member_of("own", "proposto", "membri")};
    EXPECT_THAT(bench.fields("membro_della_rete"), IsEmpty());
}

TEST(AccordoInRegola, IsRefusedAfterTheTermOnlyWhereTheNoticeSaysSo) {
    CheckBench bench = lead();
    bench.end_term_on(*bench.facts.parent, "2025-05-16", "2025-05-17T00:00");
    bench.payload["data_accordo_membro"] = render_text("2025-05-17");
    EXPECT_THAT(bench.fields("accordo_in_regola"), IsEmpty());

    bench.facts.parent->values["accordo_dopo_termine"] = render_text("non_ammesso");
    EXPECT_THAT(bench.fields("accordo_in_regola"), ElementsAre("data_accordo_membro"));
    bench.payload["data_accordo_membro"] = render_text("2025-05-16");
    EXPECT_THAT(bench.fields("accordo_in_regola"), IsEmpty());
}

TEST(PartecipazioneUnica, RefusesAMemberThatTakesPartInAnotherWay) {
    CheckBench bench = lead();
    bench.params["di"] = render_text("membro");
    bench.facts.siblings = {application_of(kMember, "in_verifica")};
    EXPECT_THAT(bench.fields("partecipazione_unica"), ElementsAre("codice_fiscale_membro"));
    bench.facts.siblings = {member_of("other", "attivo")};
    EXPECT_THAT(bench.fields("partecipazione_unica"), ElementsAre("codice_fiscale_membro"));

    bench.facts.siblings = {application_of(kMember, "ritirata"), member_of("other", "proposto"),
                            member_of("own", "attivo")};
    EXPECT_THAT(bench.fields("partecipazione_unica"), IsEmpty());
}

TEST(PartecipazioneUnica, IsNotUpToWhoProposesABodyWithoutItsWord) {
    CheckBench bench = lead();
    bench.facts.own.record.instance.party = kMember;
    bench.params["di"] = render_text("ente");
    bench.facts.siblings = {member_of("other", "verificato")};
    EXPECT_THAT(bench.fields("partecipazione_unica"), ElementsAre("-"));

    bench.facts.siblings = {member_of("other", "proposto")};
    EXPECT_THAT(bench.fields("partecipazione_unica"), IsEmpty());
}

TEST(AncoraPartecipante, IsAskedOnlyByTheNotice) {
    CheckBench bench = lead();
    bench.facts.own.values["base_verificata"] = render_text("E8");
    EXPECT_THAT(bench.fields("ancora_partecipante"), IsEmpty());

    bench.facts.parent->values["ancora_partecipante"] = "true";
    EXPECT_THAT(bench.fields("ancora_partecipante"), ElementsAre("codice_fiscale_ancora"));
    bench.facts.own.values["codice_fiscale_ancora"] = render_text("99000010118");
    bench.facts.siblings = {application_of("99000010118", "in_verifica")};
    EXPECT_THAT(bench.fields("ancora_partecipante"), ElementsAre("codice_fiscale_ancora"));
    bench.facts.siblings = {application_of("99000010118", "ammessa")};
    EXPECT_THAT(bench.fields("ancora_partecipante"), IsEmpty());
}

TEST(EQuestoEnte, ComparesTheFieldWithTheBody) {
    CheckBench bench("membro_di_rete");
    bench.facts.own.record.instance.party = kMember;
    bench.params["campo"] = render_text("codice_fiscale_membro");
    bench.payload["codice_fiscale_membro"] = render_text(kLead);
    EXPECT_THAT(bench.fields("e_questo_ente"), ElementsAre("codice_fiscale_membro"));

    bench.payload["codice_fiscale_membro"] = render_text(kMember);
    EXPECT_THAT(bench.fields("e_questo_ente"), IsEmpty());
}

TEST(RegoleDiRete, AreMildWhereTheNoticeIsSilent) {
    CheckBench bench("membro_di_rete");
    EXPECT_EQ(bench.compute("giorni_nuova_ancora"), "30");
    EXPECT_EQ(bench.compute("regola_capofila"), render_text("sostituzione"));

    bench.facts.root.emplace();
    bench.facts.root->values["giorni_nuova_ancora"] = "15";
    bench.facts.root->values["ritiro_capofila"] = render_text("cessazione");
    EXPECT_EQ(bench.compute("giorni_nuova_ancora"), "15");
    EXPECT_EQ(bench.compute("regola_capofila"), render_text("cessazione"));
}

TEST(EdizioneElenco, HasBodiesByRoleAndNothingElse) {
    CheckBench bench("elenco");
    bench.facts.siblings = {application_of("2", "in_decadenza"),
                            application_of("1", "ammessa"),
                            application_of("3", "ammessa_con_riserva"),
                            application_of("4", "consultiva"),
                            application_of("5", "esclusa"),
                            member_of("1.i", "attivo"),
                            member_of("3.i", "sospeso")};

    EXPECT_EQ(bench.compute("edizione_elenco"),
              R"({"ammessi":["1","2"],"con_riserva":["3"],"consultivi":["4"],)"
              R"("data":"2025-05-05","membri":["99000010126"]})");
    EXPECT_EQ(bench.compute("edizione_in_parole"),
              render_text("Edizione del lunedì 05/05/2025 · ammessi: 1 2 · con riserva: 3 · ruolo "
                          "consultivo: 4 · membri di rete: 99000010126"));
}

}  // namespace
}  // namespace tests
