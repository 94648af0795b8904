// SPDX-License-Identifier: EUPL-1.2
// An act as a person meets it: what was asked and by when, which fields it needs, what follows it.
// On the real server with the data of the demonstration.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/accounts.h"
#include "tests/support/running_demonstration.h"
#include "tests/support/visitor.h"

namespace tests {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
/// Bodies of demo.copione.
constexpr const char* kInAmendment = "99000020224";  // e324
constexpr const char* kWithDraft = "99000020174";    // e322
constexpr const char* kElsewhere = "99000020018";    // a321: nothing at the office of the draft

class ActPagesTest : public testing::Test {
  protected:
    static void SetUpTestSuite() { running_ = std::make_unique<RunningDemonstration>(); }
    static void TearDownTestSuite() { running_.reset(); }

    static Visitor body(const std::string& party) {
        auto accounts =
            engine::open_accounts(running_->folder.path(), running_->clock, running_->random);
        engine::TokenRequest request;
        request.actor = {(*accounts)->add_person("Prova " + party)->id, "ets", "", party};
        request.valid_from = running_->clock.now();
        request.valid_until = {running_->clock.now().utc_ms + kHourMs};
        Visitor one(running_->demonstration->port());
        const auto code = (*accounts)->create_token(request)->secret;
        EXPECT_EQ(one.post("/accedi", "codice=" + code, one.origin()).status, 303);
        return one;
    }

    static std::unique_ptr<RunningDemonstration> running_;
};

std::unique_ptr<RunningDemonstration> ActPagesTest::running_;

std::string own_procedure(Visitor& one) {
    return first_procedure(one.get("/procedure"));
}

TEST_F(ActPagesTest, TheFormOfAnAnswerSaysWhatWasAskedAndByWhen) {
    Visitor one = body(kInAmendment);

    const auto form = one.get(own_procedure(one) + "/atti/integra");

    EXPECT_TRUE(shows(form, "Che cosa è stato chiesto")) << form.body;
    EXPECT_TRUE(shows(form, "Accordo di rete firmato")) << "the values of who asked";
    EXPECT_TRUE(shows(form, "Termine per integrare l&apos;istanza"));
    EXPECT_TRUE(shows(form, "Ultimo momento utile"));
    EXPECT_TRUE(shows(form, "Come è stato calcolato"));
}

TEST_F(ActPagesTest, ADraftSaysByWhenAndForWhatItIsWaitedFor) {
    Visitor one = body(kWithDraft);
    const std::string draft = own_procedure(one);

    const auto tasks = one.get("/compiti");
    const auto page = one.get(draft);

    EXPECT_TRUE(shows(tasks, "<strong>Presenta l&apos;istanza</strong>")) << tasks.body;
    EXPECT_TRUE(shows(tasks, "Termine per presentare le istanze"));
    EXPECT_TRUE(shows(page, "Termine per presentare le istanze")) << page.body;
    EXPECT_TRUE(shows(page, "Si aspetta il tuo ente:")) << page.body;
    EXPECT_FALSE(shows(page, "Nessun compito aperto"));
}

TEST_F(ActPagesTest, TheDashboardSaysWhatADraftWaitsFor) {
    Visitor one = body(kWithDraft);

    const auto page = one.get("/cruscotto");

    EXPECT_TRUE(shows(page, "Il tuo ente")) << page.body;
    EXPECT_TRUE(shows(page, "Presenta l&apos;istanza"));
    EXPECT_FALSE(shows(page, "Nessuno: nessun compito aperto"));
}

TEST_F(ActPagesTest, WhatIsMissingIsListedByItsTitleBeforeAndInTheForm) {
    Visitor one = body(kWithDraft);
    const std::string draft = own_procedure(one);

    const auto page = one.get(draft);
    const auto compile = one.get(draft + "/atti/compila");
    const auto file = one.get(draft + "/atti/presenta");

    EXPECT_TRUE(shows(page, "Che cosa manca")) << page.body;
    EXPECT_TRUE(
        shows(page, "<li>Manca la dichiarazione «Non ci sono conflitti di interessi».</li>"))
        << page.body;
    EXPECT_FALSE(shows(page, "assenza_conflitti"));
    EXPECT_TRUE(shows(compile, "Nessun campo è obbligatorio per quest&apos;atto")) << compile.body;
    EXPECT_TRUE(shows(compile, "(serve per «Presenta l&apos;istanza»)"));
    EXPECT_TRUE(shows(compile, "Non ci sono conflitti di interessi</label>"))
        << "chosen, not typed";
    EXPECT_TRUE(shows(compile, "E1: iscritto al RUNTS"));
    EXPECT_TRUE(shows(file, "(manca)")) << file.body;
    EXPECT_FALSE(shows(file, "Nessun campo è obbligatorio"));
}

TEST_F(ActPagesTest, WhatFollowsIsToldInWordsAndTheRestIsFolded) {
    Visitor one = body(kInAmendment);
    const std::string act = own_procedure(one) + "/atti/integra";

    const auto page =
        one.post(act + "/controlla",
                 fmt::format("sigillo={}&campo.integrazioni=Accordo", one.seal()), one.origin());

    EXPECT_EQ(page.status, 200) << page.body;
    EXPECT_TRUE(shows(page, "<li>Lo stato diventa «In verifica».</li>")) << page.body;
    EXPECT_TRUE(shows(page, "<li>Nasce un compito per ")) << page.body;
    const auto told = page.body.find("<h2 id=\"effetti\">");
    const auto form = page.body.find("<form", told);
    EXPECT_EQ(page.body.substr(told, form - told).find('_'), std::string::npos)
        << "no name of the program: " << page.body.substr(told, form - told);
}

TEST_F(ActPagesTest, TheDirectorCanApproveTheNoticeThatWaits) {
    Visitor one(running_->demonstration->port());
    ASSERT_EQ(one.enter("direzione").status, 303);

    const auto page = one.get(first_procedure(one.get("/procedure")) + "/atti/approva_avviso");

    EXPECT_EQ(page.status, 200) << page.body;
    EXPECT_TRUE(shows(page, "<h1>Conferma: Approva l&apos;avviso</h1>")) << page.body;
}

TEST_F(ActPagesTest, WhatWouldBeRefusedIsToldBeforeOneConfirms) {
    Visitor one = body(kWithDraft);
    const std::string act = own_procedure(one) + "/atti/presenta";

    const auto page =
        one.post(act + "/controlla", fmt::format("sigillo={}", one.seal()), one.origin());

    EXPECT_EQ(page.status, 409) << page.body;
    EXPECT_TRUE(shows(page, "Manca la dichiarazione «Non ci sono cause di esclusione»."))
        << page.body;
    EXPECT_FALSE(shows(page, "<h1>Conferma:"));
}

TEST_F(ActPagesTest, ABodyIsLedToTheDraftThatItHasBegun) {
    Visitor owner = body(kWithDraft);
    const auto draft = owner.get(own_procedure(owner));
    // The last procedure in the path above the draft is the one it is filed with.
    constexpr std::string_view kMark = "<a href=\"/procedure/";
    const auto path_end = draft.body.find("</nav>", draft.body.find("aria-current=\"page\""));
    const auto above = draft.body.rfind(kMark, draft.body.find("<h1>"));
    ASSERT_NE(path_end, std::string::npos);
    const auto begin = above + kMark.size();
    const std::string notice =
        "/procedure/" + draft.body.substr(begin, draft.body.find('"', begin) - begin);
    Visitor one = body(kElsewhere);
    const std::string act = notice + "/atti/inizia_istanza";

    const auto asked = one.get(act);
    ASSERT_EQ(asked.status, 200) << asked.body;
    const auto done =
        one.post(act,
                 fmt::format("sigillo={}&chiave={}&versione={}&stato={}", one.seal(),
                             input_value(asked, "chiave"), input_value(asked, "versione"),
                             input_value(asked, "stato")),
                 one.origin());

    ASSERT_EQ(done.status, 303) << done.body;
    const std::string where(done.header("location"));
    EXPECT_NE(where.substr(0, notice.size()), notice) << "not where it was";
    const auto begun = one.get(where);
    EXPECT_TRUE(shows(begun, "Bozza, non ancora presentata")) << begun.body;
    EXPECT_TRUE(shows(begun, std::string("ente ") + kElsewhere));
}

}  // namespace
}  // namespace tests
