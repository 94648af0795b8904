// SPDX-License-Identifier: EUPL-1.2
// The named checks of tables, sessions, contributions and approval rounds: each finding they can
// make before the case they let through.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/check_bench.h"

namespace tests {
namespace {

using engine::base::parse_fields;
using engine::base::read_flag;
using engine::base::read_integer;
using engine::base::read_text;
using engine::base::render_integer;
using engine::base::render_text;
using engine::base::render_texts;
using engine::machine::Relative;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kAlfa = "99000010100";
constexpr const char* kBeta = "99000010118";

Relative relative(const std::string& path, const std::string& state, const std::string& party) {
    Relative one;
    one.path = path;
    one.state = state;
    one.party = party;
    return one;
}

// ---- seats ----------------------------------------------------------------------------------

TEST(EnteIndicato, LetsThroughOnlyTheBodyThatTheActNames) {
    CheckBench bench("partecipazione");
    bench.facts.own.record.instance.party = kAlfa;
    bench.params["campo"] = render_text("presenti");
    bench.payload["presenti"] = render_texts({kBeta});
    EXPECT_THAT(bench.fields("ente_indicato"), ElementsAre("presenti"));

    bench.payload["presenti"] = render_texts({kBeta, kAlfa});
    EXPECT_THAT(bench.fields("ente_indicato"), IsEmpty());

    bench.params["campo"] = render_text("codice_fiscale_ente");
    bench.payload["codice_fiscale_ente"] = render_text(kBeta);
    EXPECT_THAT(bench.fields("ente_indicato"), ElementsAre("codice_fiscale_ente"));
}

TEST(EnteAmmesso, LooksAtApplicationsAndAtMembersOfNetworks) {
    CheckBench bench("tavolo");
    bench.payload["codice_fiscale_ente"] = render_text(kAlfa);
    bench.facts.siblings = {relative("istanze", "esclusa", kAlfa),
                            relative("istanze", "ammessa", kBeta)};
    EXPECT_THAT(bench.fields("ente_ammesso"), ElementsAre("codice_fiscale_ente"));

    bench.facts.siblings.push_back(relative("istanze/membri", "attivo", kAlfa));
    EXPECT_THAT(bench.fields("ente_ammesso"), IsEmpty());
}

TEST(EnteConsultivo, IsNotWhoIsAdmitted) {
    CheckBench bench("tavolo");
    bench.payload["codice_fiscale_ente"] = render_text(kAlfa);
    bench.facts.siblings = {relative("istanze", "ammessa", kAlfa)};
    EXPECT_THAT(bench.fields("ente_consultivo"), ElementsAre("codice_fiscale_ente"));

    bench.facts.siblings = {relative("istanze", "consultiva", kAlfa)};
    EXPECT_THAT(bench.fields("ente_consultivo"), IsEmpty());
}

TEST(EnteNonGiaAlTavolo, LetsBackWhoHasLeft) {
    CheckBench bench("tavolo");
    bench.payload["codice_fiscale_ente"] = render_text(kAlfa);
    bench.facts.descendants = {relative("partecipazioni", "senza_delegato", kAlfa)};
    EXPECT_THAT(bench.fields("ente_non_gia_al_tavolo"), ElementsAre("codice_fiscale_ente"));

    bench.facts.descendants = {relative("partecipazioni", "rinunciata", kAlfa)};
    EXPECT_THAT(bench.fields("ente_non_gia_al_tavolo"), IsEmpty());
}

TEST(AmmessiAssegnati, NamesEachAdmittedBodyWithoutASeat) {
    CheckBench bench("procedimento");
    bench.facts.descendants = {relative("istanze", "ammessa", kAlfa),
                               relative("istanze", "esclusa", "99000010126"),
                               relative("istanze/membri", "attivo", kBeta),
                               relative("tavoli/partecipazioni", "spostata", kAlfa)};
    EXPECT_THAT(bench.fields("ammessi_assegnati"), ElementsAre("-", "-"));

    bench.facts.descendants.push_back(relative("tavoli/partecipazioni", "assegnata", kAlfa));
    bench.facts.descendants.push_back(relative("tavoli/partecipazioni", "rinunciata", kBeta));
    EXPECT_THAT(bench.fields("ammessi_assegnati"), IsEmpty());
}

TEST(DelegatiNelLimite, IsOneUnlessTheNoticeSaysMore) {
    CheckBench bench("partecipazione");
    bench.payload["delegati"] = render_texts({"Ada", "Bo"});
    EXPECT_THAT(bench.fields("delegati_nel_limite"), ElementsAre("delegati"));

    bench.facts.own.values["rappresentanti_per_ente"] = render_integer(2);
    EXPECT_THAT(bench.fields("delegati_nel_limite"), IsEmpty());
}

TEST(PresentiDelTavolo, RefusesABodyOfAnotherTable) {
    CheckBench bench("seduta");
    bench.facts.siblings = {relative("partecipazioni", "confermata", kAlfa)};
    bench.payload["presenti"] = render_texts({kAlfa, kBeta});
    EXPECT_THAT(bench.fields("presenti_del_tavolo"), ElementsAre("presenti"));

    bench.payload["presenti"] = render_texts({kAlfa});
    EXPECT_THAT(bench.fields("presenti_del_tavolo"), IsEmpty());
}

TEST(EnteAlTavolo, IsWhoHasOrHadASeatThereAndWasNotMovedOrRemoved) {
    CheckBench bench("seduta");
    bench.params["campo"] = render_text("codice_fiscale_ente");
    bench.payload["codice_fiscale_ente"] = render_text(kAlfa);
    bench.facts.siblings = {relative("partecipazioni", "conclusa", kBeta),
                            relative("partecipazioni", "spostata", kAlfa)};
    EXPECT_THAT(bench.fields("ente_al_tavolo"), ElementsAre("codice_fiscale_ente"));

    bench.facts.siblings.push_back(relative("partecipazioni", "senza_delegato", kAlfa));
    EXPECT_THAT(bench.fields("ente_al_tavolo"), IsEmpty());
}

TEST(EnteSiedeDaSe, IsNotWhoIsRepresentedItself) {
    CheckBench bench("partecipazione");
    bench.params["campo"] = render_text("rappresentato_da");
    bench.payload["rappresentato_da"] = render_text(kAlfa);
    bench.facts.siblings = {relative("partecipazioni", "rappresentata", kAlfa),
                            relative("partecipazioni", "attiva", kBeta)};
    EXPECT_THAT(bench.fields("ente_siede_da_se"), ElementsAre("rappresentato_da"));

    bench.facts.siblings.front().state = "confermata";
    EXPECT_THAT(bench.fields("ente_siede_da_se"), IsEmpty());
}

TEST(NullaDiArretrato, LooksAtEveryOccurrenceNotOnlyTheLast) {
    CheckBench bench("procedimento");
    bench.params["termine"] = render_text("verifica_del_seguito");
    auto& deadlines = bench.facts.own.record.deadlines;
    for (const int occurrence : {1, 2}) {
        engine::machine::Deadline deadline;
        deadline.name = "verifica_del_seguito";
        deadline.occurrence = occurrence;
        deadlines[{deadline.name, occurrence}] = deadline;
    }
    EXPECT_THAT(bench.fields("nulla_di_arretrato"), IsEmpty());

    deadlines[{"verifica_del_seguito", 1}].status = engine::machine::DeadlineStatus::missed;
    EXPECT_THAT(bench.fields("nulla_di_arretrato"), testing::SizeIs(1));
}

TEST(TavoliSvolti, AsksWhyWhenATableOrTheMinutesAreMissing) {
    CheckBench bench("procedimento");
    bench.facts.own.values["tavoli"] = render_texts({"Uno", "Due"});
    bench.facts.descendants = {relative("tavoli", "chiuso", ""),
                               relative("tavoli/sedute", "verbale_approvato", "")};
    EXPECT_THAT(bench.fields("tavoli_svolti"), ElementsAre("motivi_tavoli"));

    bench.facts.descendants.push_back(relative("tavoli", "chiuso", ""));
    EXPECT_THAT(bench.fields("tavoli_svolti"), IsEmpty());

    bench.facts.descendants[1].state = "annullata";
    EXPECT_THAT(bench.fields("tavoli_svolti"), ElementsAre("motivi_tavoli"));
    bench.payload["motivi_tavoli"] = render_text("Nessuno è venuto");
    EXPECT_THAT(bench.fields("tavoli_svolti"), IsEmpty());
}

// ---- words ----------------------------------------------------------------------------------

TEST(RiscontroCompleto, WantsAnAnswerForEachRemark) {
    CheckBench bench("seduta");
    EXPECT_THAT(bench.fields("osservazioni_riscontrate"), IsEmpty());
    bench.facts.own.values["osservazioni"] = render_texts({"uno", "due"});
    bench.payload["riscontro_osservazioni"] = render_texts({"sì"});
    EXPECT_THAT(bench.fields("osservazioni_riscontrate"), ElementsAre("riscontro_osservazioni"));

    bench.payload["riscontro_osservazioni"] = render_texts({"sì", "no"});
    EXPECT_THAT(bench.fields("osservazioni_riscontrate"), IsEmpty());
}

TEST(Etichette, AreThoseOfTheInitiativeAndAtLeastOneOfEach) {
    CheckBench bench("contributo");
    bench.payload["linee"] = render_texts({"L9"});
    EXPECT_THAT(bench.fields("etichette_ammesse"), IsEmpty());  // no initiative: free
    EXPECT_THAT(bench.fields("etichette_presenti"), IsEmpty());

    bench.facts.initiative["linee"] = R"({"L1":"uno"})";
    bench.facts.initiative["obiettivi"] = R"({"O1":"uno"})";
    EXPECT_THAT(bench.fields("etichette_ammesse"), ElementsAre("linee"));
    EXPECT_THAT(bench.fields("etichette_presenti"), ElementsAre("obiettivi"));

    bench.payload["linee"] = render_texts({"L1"});
    bench.payload["obiettivi"] = render_texts({"O1"});
    EXPECT_THAT(bench.fields("etichette_ammesse"), IsEmpty());
    EXPECT_THAT(bench.fields("etichette_presenti"), IsEmpty());
}

// ---- approval -------------------------------------------------------------------------------

TEST(TitoloPerso, NeverTakesOffWhoIsStillAdmittedNorWhoNeverApplied) {
    CheckBench bench("giro_di_approvazione");
    bench.params["campo"] = render_text("approvatore");
    bench.payload["approvatore"] = render_text(kAlfa);
    EXPECT_THAT(bench.fields("titolo_perso"), ElementsAre("approvatore"));

    for (const char* state :
         {"ammessa", "ammessa_con_riserva", "in_decadenza", "decadenza_adottata"}) {
        bench.facts.siblings = {relative("istanze", state, kAlfa)};
        EXPECT_THAT(bench.fields("titolo_perso"), ElementsAre("approvatore")) << state;
    }
    bench.facts.siblings = {relative("istanze", "decaduta", kAlfa)};
    EXPECT_THAT(bench.fields("titolo_perso"), IsEmpty());

    // It lost its own application, and takes part in somebody's network.
    bench.facts.siblings.push_back(relative("istanze/membri", "attivo", kAlfa));
    EXPECT_THAT(bench.fields("titolo_perso"), ElementsAre("approvatore"));
}

TEST(EnteMaiPresente, CountsSeatsRepresentationAndWrittenContributions) {
    CheckBench bench("giro_di_approvazione");
    bench.payload["approvatore"] = render_text(kAlfa);
    bench.facts.siblings = {
        relative("tavoli/partecipazioni", "conclusa_senza_presenze", kAlfa),
        relative("contributi", "abbandonata", kAlfa),
        relative("contributi", "accolta", kBeta),
    };
    EXPECT_THAT(bench.fields("ente_mai_presente"), IsEmpty());

    auto wrote = bench;
    wrote.facts.siblings.push_back(relative("contributi", "non_accolta", kAlfa));
    EXPECT_THAT(wrote.fields("ente_mai_presente"), ElementsAre("approvatore"));
    bench.facts.siblings.push_back(relative("tavoli/partecipazioni", "rappresentata", kAlfa));
    EXPECT_THAT(bench.fields("ente_mai_presente"), ElementsAre("approvatore"));
}

TEST(VersioneInApprovazione, IsTheOneOfTheRound) {
    CheckBench bench("risposta");
    bench.facts.parent->values["impronta"] = render_text(std::string(64, 'a'));
    bench.payload["impronta"] = render_text(std::string(64, 'b'));
    EXPECT_THAT(bench.fields("versione_in_approvazione"), ElementsAre("impronta"));

    bench.payload["impronta"] = render_text(std::string(64, 'a'));
    EXPECT_THAT(bench.fields("versione_in_approvazione"), IsEmpty());
}

TEST(AvvisoPrevede, ReadsTheListOfTheNotice) {
    CheckBench bench("giro_di_approvazione");
    bench.params = {{"campo", render_text("approvatori")}, {"voce", render_text("membri_di_rete")}};
    bench.facts.parent->values["approvatori"] = render_texts({"ets_ammessi"});
    EXPECT_THAT(bench.fields("avviso_prevede"), ElementsAre("approvatori"));

    bench.facts.parent->values["approvatori"] = render_texts({"ets_ammessi", "membri_di_rete"});
    EXPECT_THAT(bench.fields("avviso_prevede"), IsEmpty());
}

TEST(EntiPubbliciNominati, OneByOneIfTheNoticeSaysSoAndOnlyThen) {
    const char* field = "enti_pubblici_approvatori";
    CheckBench bench("procedimento");
    EXPECT_THAT(bench.fields("enti_pubblici_nominati"), IsEmpty());
    bench.facts.own.values["approvatori"] = render_texts({"ets_ammessi", "enti_pubblici"});
    EXPECT_THAT(bench.fields("enti_pubblici_nominati"), ElementsAre(field));

    bench.payload[field] = render_texts({kAlfa});
    EXPECT_THAT(bench.fields("enti_pubblici_nominati"), ElementsAre(field));  // not at the tables
    bench.facts.descendants = {relative("tavoli/partecipazioni", "confermata", kAlfa)};
    EXPECT_THAT(bench.fields("enti_pubblici_nominati"), IsEmpty());

    bench.facts.own.values["approvatori"] = render_texts({"ets_ammessi"});
    EXPECT_THAT(bench.fields("enti_pubblici_nominati"), ElementsAre(field));
}

// ---- the numbers of a round -----------------------------------------------------------------

CheckBench round(std::initializer_list<const char*> states) {
    CheckBench bench("giro_di_approvazione");
    for (const char* state : states) {
        bench.facts.descendants.push_back(relative("risposte", state, kAlfa));
    }
    return bench;
}

std::string sentence_of(const CheckBench& bench) {
    return read_text(parse_fields(bench.compute("esito_giro"))->at("frase")).value();
}

TEST(EsitoGiro, IsByAllOnlyWhenAllApprove) {
    const auto fields =
        parse_fields(round({"approva", "approva_con_osservazioni", "tolta"}).compute("esito_giro"));

    EXPECT_EQ(read_flag(fields->at("da_tutti")), true);
    EXPECT_EQ(read_integer(fields->at("richiesti")), 2);
    EXPECT_EQ(read_integer(fields->at("approvano")), 2);
    EXPECT_EQ(read_integer(fields->at("approvano_con_osservazioni")), 1);
    EXPECT_EQ(read_integer(fields->at("tolti")), 1);
}

TEST(EsitoGiro, ASilenceIsNeverAnApproval) {
    CheckBench bench = round({"approva", "silente"});
    bench.facts.parent->values["regola_silenzio"] = render_text("assenso_dichiarato");
    const auto fields = parse_fields(bench.compute("esito_giro"));

    EXPECT_EQ(read_flag(fields->at("da_tutti")), false);
    EXPECT_EQ(read_integer(fields->at("silenti")), 1);
    EXPECT_THAT(sentence_of(bench), HasSubstr("non è approvata da tutti"));
    EXPECT_THAT(sentence_of(bench), HasSubstr("mostrato come silenzio"));
}

TEST(EsitoGiro, SilencesCountForTheMajorityOnlyWhereTheNoticeSaysSo) {
    CheckBench bench = round({"approva", "silente", "non_approva"});
    bench.facts.parent->values["regola_approvazione"] = render_text("maggioranza_con_dissenso");
    EXPECT_THAT(sentence_of(bench), HasSubstr("La maggioranza che l'avviso chiede non c'è."));
    EXPECT_THAT(sentence_of(bench), HasSubstr("non dà al silenzio alcun valore"));

    bench.facts.parent->values["regola_silenzio"] = render_text("assenso_dichiarato");
    EXPECT_THAT(sentence_of(bench), HasSubstr("La maggioranza che l'avviso chiede c'è."));
    EXPECT_THAT(sentence_of(bench), HasSubstr("non è approvata da tutti"));
}

TEST(EsitoGiro, NobodyLeftIsNotEverybody) {
    const auto fields = parse_fields(round({"tolta"}).compute("esito_giro"));

    EXPECT_EQ(read_flag(fields->at("da_tutti")), false);
    EXPECT_EQ(read_integer(fields->at("richiesti")), 0);
}

}  // namespace
}  // namespace tests
