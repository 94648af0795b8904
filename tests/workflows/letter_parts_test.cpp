// SPDX-License-Identifier: EUPL-1.2
// Parts of letters: who writes, lists by lines, the day an answer is due.
#include <gtest/gtest.h>

#include "tests/workflows/check_bench.h"

namespace tests {
namespace {

using engine::base::render_text;
using engine::base::render_texts;

TEST(FirmaLettera, NamesOfficeUnitAndPersonOnTheirLines) {
    CheckBench bench("istanza");
    EXPECT_EQ(bench.compute("firma_lettera"), render_text("L'ATS"));

    bench.facts.own.record.instance.office = "326";
    bench.facts.parent->values["unita_organizzativa"] = render_text("Unità di esempio");
    bench.facts.parent->values["responsabile_del_procedimento"] = render_text("Anna Esempio");
    EXPECT_EQ(bench.compute("firma_lettera"),
              render_text("ATS di Brescia\nUnità di esempio\n"
                          "Responsabile del procedimento: Anna Esempio"));
}

TEST(OsservazioniERisposte, PutsEachAnswerUnderItsObservation) {
    CheckBench bench("istanza");
    EXPECT_EQ(bench.compute("osservazioni_e_risposte"), render_text(""));

    bench.facts.own.values["osservazioni"] = render_texts({"Prima, con virgole", "Seconda"});
    bench.payload["riscontro_osservazioni"] = render_texts({"Accolta", "Non accolta"});
    EXPECT_EQ(bench.compute("osservazioni_e_risposte"),
              render_text("1. Osservazione: Prima, con virgole\n   Risposta: Accolta\n"
                          "2. Osservazione: Seconda\n   Risposta: Non accolta"));
}

TEST(RigheDiLettera, HaveOneElementEach) {
    CheckBench bench("istanza");
    bench.payload["motivi_preavviso"] = render_texts({"Primo", "Secondo"});
    EXPECT_EQ(bench.compute("righe_motivi_preavviso"), render_text("- Primo\n- Secondo"));

    bench.payload["elementi_richiesti"] = render_texts({"Procura"});
    EXPECT_EQ(bench.compute("righe_elementi_richiesti"), render_text("- Procura"));
}

TEST(ConclusionePrevista, IsWrittenOutBeforeTheTermBegins) {
    CheckBench bench("istanza");
    EXPECT_EQ(bench.compute("conclusione_prevista"), render_text(""));

    // Thirty days from 16/05 end on Sunday 15/06: Monday.
    bench.end_term_on(*bench.facts.parent, "2025-05-16", "2025-05-17T00:00");
    bench.facts.parent->values["giorni_conclusione"] = "30";
    EXPECT_EQ(bench.compute("conclusione_prevista"), render_text("2025-06-16"));
}

TEST(ConclusionePrevista, IsTheRunningTermWhereThereIsOne) {
    CheckBench bench("istanza");
    engine::machine::Deadline deadline;
    deadline.name = "conclusione";
    deadline.due_date = "2025-06-04";
    bench.facts.own.record.deadlines[{deadline.name, 1}] = deadline;

    EXPECT_EQ(bench.compute("conclusione_prevista"), render_text("2025-06-04"));
}

}  // namespace
}  // namespace tests
