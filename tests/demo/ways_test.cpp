// SPDX-License-Identifier: EUPL-1.2
// Where pages lead, on the real server with the data of the demonstration: the first page of each
// role, addresses that are none, filters, links to files.
#include <gtest/gtest.h>

#include "engine/data_files.h"
#include "engine/documents/content_store.h"
#include "tests/support/running_demonstration.h"
#include "tests/support/visitor.h"

namespace tests {
namespace {

/// The data are those of the first day: no test moves the calendar.
class DemoWaysTest : public testing::Test {
  protected:
    static void SetUpTestSuite() { running_ = std::make_unique<RunningDemonstration>(); }
    static void TearDownTestSuite() { running_.reset(); }

    static Visitor visitor() { return Visitor(running_->demonstration->port()); }
    static Visitor entered(const std::string& role) {
        Visitor one = visitor();
        EXPECT_EQ(one.enter(role).status, 303);
        return one;
    }

    inline static std::unique_ptr<RunningDemonstration> running_;
};

/// Every address in the links of a page that begins so.
std::vector<std::string> links(const RawResponse& page, const std::string& begin) {
    std::vector<std::string> found;
    const std::string mark = "href=\"" + begin;
    for (auto at = page.body.find(mark); at != std::string::npos;
         at = page.body.find(mark, at + 1)) {
        const auto from = at + std::string("href=\"").size();
        found.push_back(page.body.substr(from, page.body.find('"', from) - from));
    }
    return found;
}

/// The part of a list's page that its filters change.
std::string results_of(const RawResponse& page) {
    const auto from = page.body.find(R"(id="risultati")");
    return from == std::string::npos ? ""
                                     : page.body.substr(from, page.body.find("</main>") - from);
}

TEST_F(DemoWaysTest, WhoKeepsTheProgramIsLedOnlyWhereItMayGo) {
    Visitor one = entered("admin");

    const auto home = one.get("/stato");
    const auto refused = one.get("/cruscotto");

    EXPECT_EQ(refused.status, 403);
    EXPECT_TRUE(shows(refused, R"(<a href="/stato">Vai allo stato del servizio</a>)"));
    for (const auto& page : {home, refused}) {
        for (const auto& address : links(page, "/")) {
            EXPECT_EQ(one.get(address).status, 200) << address;
        }
    }
    EXPECT_TRUE(shows(home, R"(<li><a href="/stato" aria-current="page">)")) << home.body;
}

TEST_F(DemoWaysTest, TheStateTellsOfCopiesAndThatNoMessageLeaves) {
    const auto page = visitor().get("/stato");

    EXPECT_TRUE(shows(page, "Ultima copia di sicurezza"));
    EXPECT_TRUE(shows(page, "Nessuna di cui si sappia"));
    EXPECT_TRUE(shows(page, "il programma non ne spedisce nessuno"));
    EXPECT_FALSE(shows(page, "Messaggi inviati"));
}

TEST_F(DemoWaysTest, WhereThereIsNothingOneIsStillOneself) {
    const auto person = entered("ats").get("/nonesiste");
    const auto keeper = entered("admin").get("/nonesiste");
    const auto nobody = visitor().get("/nonesiste");

    for (const auto& page : {person, keeper, nobody}) {
        EXPECT_EQ(page.status, 404);
        EXPECT_TRUE(shows(page, "<h1>Questa pagina non c")) << page.body;
    }
    EXPECT_TRUE(shows(person, "Accesso come "));
    EXPECT_FALSE(shows(person, R"(href="/accedi")"));
    EXPECT_TRUE(shows(person, R"(<a href="/cruscotto">Vai al cruscotto</a>)"));
    EXPECT_TRUE(shows(keeper, R"(<a href="/stato">Vai allo stato del servizio</a>)"));
    EXPECT_TRUE(shows(nobody, R"(href="/accedi")"));
}

TEST_F(DemoWaysTest, ListsReadTheFiltersOfTheApiToo) {
    Visitor one = entered("dg");

    const auto late = one.get("/scadenze?in_ritardo=true");
    const auto office = one.get("/scadenze?amministrazione=328");
    const auto machine = one.get("/procedure?macchina=iniziativa");

    EXPECT_EQ(results_of(late), results_of(one.get("/scadenze?ritardo=si")));
    EXPECT_NE(results_of(late), results_of(one.get("/scadenze")));
    EXPECT_EQ(results_of(office), results_of(one.get("/scadenze?ufficio=328")));
    EXPECT_TRUE(shows(machine, R"(<option value="iniziativa" selected>)")) << machine.body;
}

TEST_F(DemoWaysTest, AFilterThatIsNoneIsToldWithTheWayOut) {
    Visitor one = entered("dg");
    for (const char* path :
         {"/scadenze?pippo=1", "/procedure?stadio=x", "/compiti?procedura=zzz",
          "/compiti?di=nessuno", "/scadenze?ufficio=999", "/scadenze?ritardo=forse",
          "/procedure?macchina=boh", "/scadenze?tipo=boh"}) {
        const std::string list = std::string(path).substr(0, std::string(path).find('?'));

        const auto page = one.get(path);

        EXPECT_EQ(page.status, 400) << path;
        EXPECT_TRUE(shows(page, "<a href=\"" + list + "\">Apri la pagina senza quei filtri</a>"))
            << page.body;
    }
    EXPECT_TRUE(shows(one.get("/scadenze?pippo=1"), "«pippo»"));
    EXPECT_EQ(one.get("/scadenze?esito=giorno").status, 200) << "what a page before asked to say";
}

TEST_F(DemoWaysTest, AListOfOneProcedureSaysSo) {
    Visitor one = entered("dg");
    const std::string address = first_procedure(one.get("/procedure"));
    const std::string id = address.substr(address.rfind('/') + 1);

    const auto tasks = one.get("/compiti?di=tutti&procedura=" + id);

    EXPECT_EQ(tasks.status, 200);
    EXPECT_TRUE(shows(tasks, "<a href=\"/procedure/" + id + "\">")) << tasks.body;
    EXPECT_TRUE(shows(tasks, R"(<a href="/compiti">Mostra tutto</a>)"));
    EXPECT_TRUE(shows(tasks, "name=\"procedura\" value=\"" + id + "\"")) << "filters add up";
}

TEST_F(DemoWaysTest, TheDashboardLeadsToAllWhoAreWaitedFor) {
    Visitor one = entered("dg");
    const auto page = one.get("/cruscotto");

    const auto others = links(page, "/compiti?di=tutti&amp;procedura=");
    ASSERT_FALSE(others.empty()) << page.body;
    for (std::string address : others) {
        address.replace(address.find("&amp;"), 5, "&");
        const auto list = one.get(address);
        EXPECT_EQ(list.status, 200) << address;
        EXPECT_FALSE(shows(list, "Nessun compito")) << address;
    }
}

TEST_F(DemoWaysTest, TheDocumentsOfEveryNoticeOpen) {
    Visitor one = visitor();
    std::size_t opened = 0;

    for (const auto& notice : links(one.get("/"), "/avvisi/")) {
        for (const auto& address : links(one.get(notice), notice + "/documenti/")) {
            const auto answer = one.get(address);
            EXPECT_EQ(answer.status, 200) << address;
            EXPECT_TRUE(shows(answer, "Documento di esempio")) << answer.body;
            ++opened;
        }
    }

    EXPECT_GE(opened, 4U);
}

TEST_F(DemoWaysTest, ADocumentWhoseFileIsNotHereHasNoLink) {
    const std::string notice = links(visitor().get("/"), "/avvisi/").at(0);
    const std::string address = links(visitor().get(notice), notice + "/documenti/").at(0);
    const std::string bytes = visitor().get(address).body;
    engine::documents::ContentStore contents(running_->folder.path() / engine::kContentFolder);
    const std::string sha256 = *contents.put(bytes);
    Visitor officer = entered("dg");
    ASSERT_TRUE(contents.remove(sha256));

    const auto shown = visitor().get(notice);
    const auto inside = officer.get("/procedure/" + notice.substr(std::string("/avvisi/").size()));
    ASSERT_TRUE(contents.put(bytes));

    EXPECT_FALSE(shows(shown, "href=\"" + address + "\"")) << shown.body;
    EXPECT_TRUE(shows(shown, "Il file non si trova")) << shown.body;
    EXPECT_TRUE(shows(inside, "Il file non si trova")) << inside.body;
    EXPECT_TRUE(shows(visitor().get(notice), "href=\"" + address + "\""));
}

TEST_F(DemoWaysTest, TheNoticeLeadsBodiesToTheirApplication) {
    const std::string notice = links(visitor().get("/"), "/avvisi/").at(0);
    const std::string way = "href=\"/procedure/" + notice.substr(std::string("/avvisi/").size());

    const auto page = visitor().get(notice);
    EXPECT_TRUE(shows(page, "O1: Supportare la capacità")) << "in words: " << page.body;
    EXPECT_TRUE(shows(page, way)) << "who has not entered yet";
    EXPECT_TRUE(shows(entered("ets").get(notice), way));
    EXPECT_FALSE(shows(entered("ats").get(notice), way)) << "an office does not apply";
}

}  // namespace
}  // namespace tests
