// SPDX-License-Identifier: EUPL-1.2
// A task's row: taken, passed to a colleague, given back; lists that are asked for what there is
// not; the cell that is red. On the real server with the data of the demonstration.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/accounts.h"
#include "tests/support/running_demonstration.h"
#include "tests/support/visitor.h"

namespace tests {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

class TaskPagesTest : public testing::Test {
  protected:
    static void SetUpTestSuite() { running_ = std::make_unique<RunningDemonstration>(); }
    static void TearDownTestSuite() { running_.reset(); }

    struct Colleague {
        std::string id;
        std::string secret;
    };
    /// A person with a code of access, made beside the running server.
    static Colleague add_person(const std::string& name, const std::string& role,
                                const std::string& office) {
        auto accounts =
            engine::open_accounts(running_->folder.path(), running_->clock, running_->random);
        const auto person = (*accounts)->add_person(name);
        engine::TokenRequest request;
        request.actor = {person->id, role, office, ""};
        request.valid_from = running_->clock.now();
        request.valid_until = {running_->clock.now().utc_ms + kHourMs};
        return {person->id, (*accounts)->create_token(request)->secret};
    }
    static Visitor visitor() { return Visitor(running_->demonstration->port()); }
    static Visitor entered(const std::string& role) {
        Visitor one = visitor();
        EXPECT_EQ(one.enter(role).status, 303);
        return one;
    }
    static Visitor entered(const Colleague& colleague) {
        Visitor one = visitor();
        EXPECT_EQ(one.post("/accedi", "codice=" + colleague.secret, one.origin()).status, 303);
        return one;
    }

    static std::unique_ptr<RunningDemonstration> running_;
};

std::unique_ptr<RunningDemonstration> TaskPagesTest::running_;

/// The first row of a page's list whose task somebody may still take.
struct TaskForm {
    std::string address;
    std::string row;
};
TaskForm first_open_task(const RawResponse& page) {
    constexpr std::string_view kMark = R"(<form method="post" action=")";
    const auto list = page.body.find(R"(id="risultati")");
    const auto button = page.body.find("Prendi in carico", list);
    if (button == std::string::npos) {
        return {};
    }
    const auto form = page.body.rfind(kMark, button) + kMark.size();
    const auto from = page.body.rfind("<tr>", button);
    return {page.body.substr(form, page.body.find('"', form) - form),
            page.body.substr(from, page.body.find("</tr>", from) - from)};
}

std::string key_of(const std::string& row) {
    return input_value({200, {}, row}, "chiave");
}

/// What one sends with a button of a row.
std::string sent(const std::string& action, const std::string& key, const std::string& more = "") {
    return fmt::format("versione=&chiave={}&azione={}{}", key, action, more);
}

/// The row of a task in the list of all that one sees.
std::string row_of(const RawResponse& page, const std::string& address) {
    const auto found = page.body.find(address);
    if (found == std::string::npos) {
        return {};
    }
    const auto from = page.body.rfind("<tr>", found);
    return page.body.substr(from, page.body.find("</tr>", from) - from);
}

TEST_F(TaskPagesTest, ATaskGoesToANamedColleagueAndComesBack) {
    const auto bea = add_person("Bea Collega", "rdp", "324");
    const auto elsewhere = add_person("Chi è altrove", "rdp", "326");
    add_person("Chi ha un altro ruolo", "istruttore", "324");
    Visitor one = entered("ats");
    const auto open = first_open_task(one.get("/compiti"));
    ASSERT_NE(open.address, "");
    EXPECT_TRUE(has(open.row, "<option value=\"" + bea.id + "\">Bea Collega</option>")) << open.row;
    EXPECT_FALSE(has(open.row, "Chi è altrove"));
    EXPECT_FALSE(has(open.row, "Chi ha un altro ruolo"));
    EXPECT_FALSE(has(open.row, "Responsabile di esempio")) << "one takes it oneself";

    const auto to_nobody = one.press(open.address, sent("passa", "a1"));
    const auto to_a_stranger =
        one.press(open.address, sent("passa", "a2", "&assegnatario=" + elsewhere.id));
    const auto passed =
        one.press(open.address, sent("passa", key_of(open.row), "&assegnatario=" + bea.id));
    const auto seen = row_of(one.get("/compiti"), open.address);

    EXPECT_EQ(to_nobody.status, 422) << to_nobody.body;
    EXPECT_EQ(to_a_stranger.status, 422);
    EXPECT_EQ(passed.status, 303) << passed.body;
    EXPECT_TRUE(has(seen, ": Bea Collega")) << seen;
    EXPECT_TRUE(has(seen, "(tu)")) << "who is absent hands nothing over: a colleague takes it";
    EXPECT_FALSE(has(seen, "Rimetti a disposizione")) << "that is for who has it";

    Visitor other = entered(bea);
    const auto own = row_of(other.get("/compiti"), open.address);
    EXPECT_TRUE(has(own, "Rimetti a disposizione")) << own;
    const auto back = other.press(open.address, sent("restituisci", key_of(own)));
    EXPECT_EQ(back.status, 303) << back.body;
    EXPECT_TRUE(has(row_of(other.get("/compiti"), open.address), "Prendi in carico"));
    const auto procedure = one.get(open.address.substr(0, open.address.find("/compiti/")));
    EXPECT_TRUE(shows(procedure, "Passato ad altri: ")) << procedure.body;
    EXPECT_TRUE(shows(procedure, ", a Bea Collega"));
    EXPECT_TRUE(shows(procedure, "Rimesso a disposizione: "));
}

TEST_F(TaskPagesTest, ATaskThatAnActEndsHasNoButtonThatClosesIt) {
    Visitor one = entered("ats");
    const auto open = first_open_task(one.get("/compiti"));
    ASSERT_NE(open.address, "");
    EXPECT_TRUE(has(open.row, "Si conclude con l&apos;atto «")) << open.row;
    ASSERT_EQ(one.press(open.address, sent("prendi", key_of(open.row))).status, 303);

    const auto taken = row_of(one.get("/compiti"), open.address);
    const auto refused = one.press(open.address, sent("concludi", "c1"));
    const auto after = row_of(one.get("/compiti"), open.address);

    EXPECT_FALSE(has(taken, "Segna come concluso")) << taken;
    EXPECT_TRUE(has(taken, "Rimetti a disposizione"));
    EXPECT_EQ(refused.status, 409);
    EXPECT_TRUE(shows(refused, "non si chiude a mano")) << refused.body;
    EXPECT_NE(after, "") << "it is still to be done";
    one.press(open.address, sent("restituisci", "c2"));
}

TEST_F(TaskPagesTest, AFormThatDoesNotSayWhatToDoDoesNothing) {
    Visitor one = entered("ats");
    const auto open = first_open_task(one.get("/compiti"));

    const auto answer = one.press(open.address, sent("boh", "b1"));

    EXPECT_EQ(answer.status, 400) << answer.body;
    EXPECT_EQ(first_open_task(one.get("/compiti")).address, open.address);
}

TEST_F(TaskPagesTest, ListsSayWhichChoicesThereAre) {
    Visitor one = entered("dg");

    for (const char* address : {"/procedure?tipo=boh", "/procedure?ufficio=999", "/compiti?di=boh",
                                "/compiti?ufficio=999", "/scadenze?tipo=boh",
                                "/scadenze?ufficio=999", "/compiti?dopo=boh"}) {
        const auto page = one.get(address);
        EXPECT_EQ(page.status, 400) << address;
        EXPECT_TRUE(has(page.header("content-type"), "text/html")) << address;
    }
    EXPECT_EQ(one.get("/compiti?di=tutti&ufficio=324").status, 200);
    EXPECT_EQ(one.get("/scadenze?tipo=closing").status, 200);
}

// product.md § 6: one of the eight is late, and one sees it at once.
TEST_F(TaskPagesTest, TheDashboardHasOneRedCellWithItsReason) {
    const auto page = entered("dg").get("/cruscotto");

    const auto cell = page.body.find("cp-cell-tardi");
    ASSERT_NE(cell, std::string::npos) << page.body;
    EXPECT_EQ(page.body.find("cp-cell-tardi", cell + 1), std::string::npos) << "only one is late";
    const auto from = page.body.rfind("<tr>", cell);
    EXPECT_TRUE(has(page.body.substr(from, cell - from), "ATS della Montagna"));
    EXPECT_TRUE(has(page.body.substr(cell, 100), "In ritardo"));
    EXPECT_TRUE(shows(page, "Trasmissione degli esiti"));
}

TEST_F(TaskPagesTest, FingerprintsOfDocumentsWaitUnderALid) {
    Visitor one = entered(add_person("Chi prepara", "rdp", "323"));

    const auto page = one.get(first_procedure(one.get("/procedure")));

    EXPECT_EQ(page.status, 200);
    EXPECT_FALSE(has(page.body, "</a><span class=\"cp-small\">SHA-256")) << "under a lid";
    EXPECT_TRUE(has(page.body, "<summary>Impronta")) << page.body;
}

TEST_F(TaskPagesTest, CodesOfTheNoticeAreChosenByTheirNames) {
    Visitor one = entered(add_person("Chi compila", "rdp", "328"));
    const std::string procedure = first_procedure(one.get("/procedure"));
    const std::string back = procedure + "/atti/ritira_proposta";
    const auto asked = one.get(back);
    ASSERT_EQ(
        one.press(back, fmt::format("chiave={}&versione={}&stato={}", input_value(asked, "chiave"),
                                    input_value(asked, "versione"), input_value(asked, "stato")))
            .status,
        303);
    Visitor other = entered(add_person("Chi tiene i tavoli", "rdp", "321"));

    const auto notice = one.get(procedure + "/atti/compila_avviso");
    const auto aims =
        other.get(first_procedure(other.get("/procedure")) + "/atti/istituisci_tavolo");

    EXPECT_TRUE(has(notice.body, "Non ci sono conflitti di interessi</label>")) << notice.body;
    EXPECT_TRUE(has(notice.body, R"(value="assenza_conflitti")"));
    EXPECT_TRUE(has(aims.body, R"(value="O5")")) << aims.body;
    EXPECT_TRUE(has(aims.body, "O5: Valorizzare il contributo dei soggetti del terzo settore"));
}

}  // namespace
}  // namespace tests
