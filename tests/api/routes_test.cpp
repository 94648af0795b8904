// SPDX-License-Identifier: EUPL-1.2
// What the routes do when they do it, on the real server. What they refuse is in refusals.txt.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "engine/base/json.h"
#include "tests/support/api_world.h"
#include "tests/support/json_probe.h"
#include "tests/support/raw_client.h"
#include "tests/support/toy_workflow.h"

namespace tests {
namespace {

using namespace std::string_literals;

const std::string kOpening = R"({"famiglia":"toy","macchina":"pratica","dati":{"oggetto":"x"}})";

class RoutesTest : public testing::Test {
  protected:
    RoutesTest() : pratica(world.open_raccolta("2025-03-03")) {}

    ApiWorld world;
    std::string pratica;
};

TEST_F(RoutesTest, AnswerWhatAnActLedToAndWhatComesNext) {
    const auto answer = world.act(pratica, "chiedi_parere", world.body);

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(json_at(answer.body, "/atto"), "Apri un parere");
    EXPECT_EQ(json_size(answer.body, "/aperte"), 1U);
    EXPECT_EQ(answer.header("etag"), "\"" + json_at(answer.body, "/versione") + "\"");
    const auto events =
        world.get("/v1/procedure/" + json_at(answer.body, "/aperte/0") + "/eventi", world.body);
    EXPECT_EQ(json_at(events.body, "/eventi/0/evento"), "presenta");
    EXPECT_EQ(json_at(events.body, "/eventi/0/possibile"), "true");
    EXPECT_EQ(json_at(events.body, "/eventi/0/dati/properties/testo/maxLength"), "100");
    EXPECT_EQ(json_at(events.body, "/eventi/0/dati/required/0"), "testo");
}

TEST_F(RoutesTest, TellWhyAnEventIsNotPossible) {
    const auto events = world.get("/v1/procedure/" + pratica + "/eventi", world.officer);

    EXPECT_EQ(json_at(events.body, "/eventi/0/evento"), "trasmetti") << events.body;
    EXPECT_EQ(json_at(events.body, "/eventi/0/possibile"), "false");
    EXPECT_EQ(json_at(events.body, "/eventi/0/rifiuti/0/codice"), "document_present");
}

TEST_F(RoutesTest, RegisterAndTellTheNumber) {
    const auto opened = world.act(pratica, "chiedi_parere", world.body);
    const auto filed =
        world.act(json_at(opened.body, "/aperte/0"), "presenta", world.body, R"({"testo":"bene"})");

    EXPECT_EQ(filed.status, 200) << filed.body;
    EXPECT_EQ(json_at(filed.body, "/registrazione/numero"), "1");
    EXPECT_EQ(json_at(filed.body, "/registrazione/anno"), "2025");
    EXPECT_EQ(json_at(filed.body, "/stato/nome"), "presentato");
}

TEST_F(RoutesTest, DoNothingTwiceUnderOneKey) {
    const HeaderLines headers{{"Idempotency-Key", "uno"}};
    const auto first = world.ask({"POST", "/v1/procedure", world.officer, kOpening, headers});
    const auto before = world.journal_length();

    const auto second = world.ask({"POST", "/v1/procedure", world.officer, kOpening, headers});

    EXPECT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.header("location"), "/v1/procedure/" + json_at(first.body, "/id"));
    EXPECT_EQ(world.journal_length(), before);
}

TEST_F(RoutesTest, RefuseAnotherRequestUnderTheSameKey) {
    const HeaderLines headers{{"Idempotency-Key", "uno"}};
    world.ask({"POST", "/v1/procedure", world.officer, kOpening, headers});
    const auto before = world.journal_length();

    const auto other =
        world.ask({"POST", "/v1/procedure", world.officer,
                   R"({"famiglia":"toy","macchina":"pratica","dati":{"oggetto":"y"}})", headers});

    EXPECT_EQ(other.status, 422) << other.body;
    EXPECT_EQ(world.journal_length(), before);
}

TEST_F(RoutesTest, RepeatAnActWhoseVersionIsPast) {
    const auto version = world.get("/v1/procedure/" + pratica, world.body).header("etag");
    const Asked asked{"POST",
                      "/v1/procedure/" + pratica + "/eventi",
                      world.body,
                      R"({"evento":"chiedi_parere"})",
                      {{"Idempotency-Key", "due"}, {"If-Match", version}}};
    const auto first = world.ask(asked);

    const auto again = world.ask(asked);

    EXPECT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(again.body, first.body);
}

TEST_F(RoutesTest, KeepAndGiveBackAFile) {
    const std::string path = "/v1/procedure/" + pratica + "/documenti";
    const std::string bytes = "%PDF-1.7 verbale";
    const auto added = world.post(path + "?documento=verbale", world.officer, bytes,
                                  {{"Content-Type", "application/pdf"}});
    EXPECT_EQ(added.status, 200) << added.body;

    const auto got = world.get(path + "/verbale/1", world.officer);

    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.body, bytes);
    EXPECT_EQ(got.header("content-type"), "application/pdf");
    EXPECT_EQ(got.header("content-disposition"), R"(attachment; filename="verbale-v1.pdf")");
    EXPECT_EQ(got.header("x-content-type-options"), "nosniff");
    // It was not published: nobody outside may have it.
    EXPECT_EQ(world.get(path + "/verbale/1", world.body).status, 404);
    EXPECT_EQ(world.get(path + "/atto/1", world.body).status, 200);
}

TEST_F(RoutesTest, SeeWhatWasJustWritten) {
    for (int i = 0; i < 20; ++i) {
        const auto opened = world.act(pratica, "chiedi_parere", world.body);
        const auto seen =
            world.get("/v1/procedure/" + json_at(opened.body, "/aperte/0"), world.body);
        EXPECT_EQ(seen.status, 200);
    }
}

TEST_F(RoutesTest, OfAProcedureThatOneMayNotSeeListsAreEmptyAndTellNothing) {
    const std::string unknown(32, '0');
    const auto own = world.get("/v1/termini?procedura=" + pratica, world.officer);
    EXPECT_GT(json_size(own.body, "/elementi"), 0U) << own.body;
    for (const char* list : {"/v1/compiti?procedura=", "/v1/termini?procedura="}) {
        const auto hidden = world.get(list + pratica, world.other_officer);
        const auto nowhere = world.get(list + unknown, world.other_officer);

        EXPECT_EQ(hidden.status, 200);
        EXPECT_EQ(json_size(hidden.body, "/elementi"), 0U) << hidden.body;
        EXPECT_EQ(nowhere.status, 200);
        EXPECT_EQ(json_size(nowhere.body, "/elementi"), 0U) << nowhere.body;
    }
}

TEST_F(RoutesTest, ADocumentWhoseFileIsNotHereHasNoAddress) {
    const auto added =
        world.ask({"POST",
                   "/v1/procedure/" + pratica + "/documenti?documento=verbale",
                   world.officer,
                   "Il verbale",
                   {{"Content-Type", "text/plain"}, {"Idempotency-Key", "verbale"}}});
    ASSERT_EQ(added.status, 200) << added.body;
    engine::documents::ContentStore contents(world.folder.path() / engine::kContentFolder);

    const auto before = world.get("/v1/procedure/" + pratica, world.officer);
    ASSERT_TRUE(contents.remove(json_at(before.body, "/documenti/1/sha256")));
    const auto after = world.get("/v1/procedure/" + pratica, world.officer);

    EXPECT_EQ(json_at(before.body, "/documenti/1/contenuto"),
              "/v1/procedure/" + pratica + "/documenti/verbale/1");
    EXPECT_EQ(json_at(after.body, "/documenti/1/contenuto"), "null") << after.body;
}

TEST_F(RoutesTest, GoThroughAListPageByPage) {
    for (int i = 0; i < 5; ++i) {
        world.open_pratica();
    }
    std::set<std::string> seen;
    std::string path = "/v1/procedure?macchina=pratica&limite=2";
    int pages = 0;
    while (path != "null" && pages < 10) {
        const auto page = world.get(path, world.officer);
        ASSERT_EQ(page.status, 200) << page.body;
        for (std::size_t i = 0; i < json_size(page.body, "/elementi"); ++i) {
            EXPECT_TRUE(seen.insert(json_at(page.body, fmt::format("/elementi/{}/id", i))).second);
        }
        path = json_at(page.body, "/successiva");
        ++pages;
    }

    EXPECT_EQ(seen.size(), 6U);
    EXPECT_EQ(pages, 3);
}

// A law of October 2025 made 4 October a holiday; a term fixed before ends that day of 2027.
TEST_F(RoutesTest, TellInTheListThatALaterLawWouldMoveATerm) {
    world.open_raccolta("2027-10-04");

    const auto terms = world.get("/v1/termini?tipo=closing", world.officer);

    const std::size_t last = json_size(terms.body, "/elementi") - 1;
    EXPECT_NE(json_at(terms.body, fmt::format("/elementi/{}/avvertenza", last)).find("L. 151/2025"),
              std::string::npos)
        << terms.body;
    EXPECT_EQ(json_at(terms.body, "/elementi/0/avvertenza"), "null") << terms.body;
}

TEST_F(RoutesTest, TellWhichTypeOfBodyARouteReads) {
    const auto refused = world.ask({"POST",
                                    "/v1/procedure/" + pratica + "/eventi",
                                    world.officer,
                                    "x=1",
                                    {{"Content-Type", "application/x-www-form-urlencoded"}}});
    const auto document = world.ask({"POST",
                                     "/v1/procedure/" + pratica + "/documenti?documento=verbale",
                                     world.officer,
                                     "<p>",
                                     {{"Content-Type", "text/html"}}});

    EXPECT_EQ(refused.status, 415);
    EXPECT_EQ(refused.header("accept-post"), "application/json");
    EXPECT_EQ(document.status, 415);
    EXPECT_NE(document.header("accept-post").find("application/pdf"), std::string::npos);
}

TEST_F(RoutesTest, ShowHowThingsWere) {
    world.clock.move_to(at("2025-02-05T09:00"));
    world.act(pratica, "sospendi_tutto", world.director);

    const auto then = world.get("/v1/procedure/" + pratica + "?al=2025-02-03", world.officer);

    EXPECT_EQ(then.status, 200) << then.body;
    EXPECT_EQ(json_at(then.body, "/procedure/0/stato/nome"), "raccolta");
    EXPECT_EQ(json_at(world.get("/v1/procedure/" + pratica, world.officer).body, "/stato/nome"),
              "sospesa");
}

TEST_F(RoutesTest, ReadTheJournalInOrder) {
    const auto page = world.get("/v1/procedure/" + pratica + "/giornale?limite=2", world.officer);

    EXPECT_EQ(json_at(page.body, "/elementi/0/posizione"), "1");
    EXPECT_EQ(json_at(page.body, "/elementi/0/persona"), world.person("anna"));
    const auto next = world.get(json_at(page.body, "/successiva"), world.officer);
    EXPECT_EQ(json_at(next.body, "/elementi/0/posizione"), "3");
    EXPECT_EQ(json_at(next.body, "/successiva"), "null");
}

// Nobody's memory fills with what the route would not take: a large body is refused by its head.
TEST_F(RoutesTest, TakeLargeBodiesOnlyWhereDocumentsAre) {
    const std::string large(engine::base::kMaxJsonBytes + 1, 'x');
    const auto fresh = world.open_pratica();

    for (const std::string& path : {"/v1/procedure/" + fresh + "/eventi", "/nessuna"s}) {
        for (const std::string& framing :
             {fmt::format("Content-Length: {}\r\n\r\n", large.size()),
              fmt::format("Transfer-Encoding: chunked\r\n\r\n{:x}\r\n", large.size())}) {
            RawClient client(world.program->port());
            client.send("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + framing);
            const auto refused = client.read_response();
            ASSERT_TRUE(refused.has_value()) << path << framing;
            EXPECT_EQ(refused->status, 413) << path << framing;
        }
    }
    const auto attached =
        world.post("/v1/procedure/" + fresh + "/documenti?documento=atto&firmato_da=dirigente",
                   world.officer, large, {{"Content-Type", "text/plain"}});
    EXPECT_EQ(attached.status, 200) << attached.body;
}

// A long upload may begin before a bound and end after it: the last byte decides, both are kept.
TEST_F(RoutesTest, TellWhenARequestBeganAndWhenItWasWhole) {
    const auto fresh = world.open_pratica();
    RawClient client(world.program->port());

    client.send("POST /v1/procedure/" + fresh +
                "/documenti?documento=atto&firmato_da=dirigente HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                "Authorization: Bearer " +
                world.officer +
                "\r\nIdempotency-Key: lento\r\nContent-Type: text/plain\r\n"
                "Expect: 100-continue\r\nContent-Length: 7\r\nConnection: close\r\n\r\n");
    ASSERT_TRUE(client.read_response().has_value());
    world.clock.move_to(at("2025-02-03T09:00:00.200"));
    client.send("L'atto.");
    const auto attached = client.read_response();

    ASSERT_TRUE(attached && attached->status == 200) << (attached ? attached->body : "");
    const auto line = "/v1/procedure/" + fresh + "/giornale?dopo=1&limite=1";
    const auto journal = world.get(line, world.officer).body;
    EXPECT_EQ(json_at(journal, "/elementi/0/iniziato_il"), "2025-02-03T09:00:00.000+01:00");
    EXPECT_EQ(json_at(journal, "/elementi/0/ricevuto_il"), "2025-02-03T09:00:00.200+01:00");
}

TEST_F(RoutesTest, ExplainTheRuleOfATerm) {
    const auto terms = world.get("/v1/termini?tipo=closing", world.officer);

    EXPECT_EQ(json_size(terms.body, "/elementi"), 1U) << terms.body;
    EXPECT_EQ(json_at(terms.body, "/elementi/0/scadenza"), "2025-03-03");
    EXPECT_EQ(json_at(terms.body, "/elementi/0/limite"), "2025-03-04T00:00:00.000+01:00");
    EXPECT_EQ(json_at(terms.body, "/elementi/0/fonti/0"), "Avviso art. 1");
    EXPECT_GE(json_size(terms.body, "/elementi/0/calcolo/passi"), 1U);
}

TEST_F(RoutesTest, ComputeATermFromQueryAndBodyAlike) {
    const auto from_query =
        world.get("/v1/calcolo-termini?dal=2026-09-04&giorni=30&patroni=10-04", "");
    const auto from_body = world.ask({"POST",
                                      "/v1/calcolo-termini",
                                      "",
                                      R"({"dal":"2026-09-04","giorni":30,"patroni":["10-04"]})",
                                      {}});

    EXPECT_EQ(from_query.status, 200) << from_query.body;
    EXPECT_EQ(from_body.body, from_query.body);
    EXPECT_EQ(json_at(from_query.body, "/risultato"), "2026-10-05");
}

TEST_F(RoutesTest, TellEachAnswerWhatIsLeft) {
    for (const std::string path : {"/v1/procedure", "/status", "/v1/niente"}) {
        const auto answer = world.get(path, world.officer);
        EXPECT_NE(answer.header("x-ratelimit-limit"), "") << path;
        EXPECT_NE(answer.header("x-ratelimit-remaining"), "") << path;
        EXPECT_NE(answer.header("x-ratelimit-reset"), "") << path;
        EXPECT_EQ(answer.header("cache-control"), "no-store") << path;
    }
}

TEST_F(RoutesTest, NameTheMethodsOfAPath) {
    const auto refused = world.ask({"POST", "/v1/termini", "", "", {}});
    EXPECT_EQ(refused.header("allow"), "GET, HEAD, OPTIONS");

    const auto options = world.ask({"OPTIONS", "/v1/procedure", "", "", {}});
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.header("allow"), "GET, POST, HEAD, OPTIONS");
}

TEST_F(RoutesTest, TakeATokenUntilItIsRevoked) {
    const auto other = world.token({"ugo", "funzionario", "326", ""});
    EXPECT_EQ(world.get("/v1/procedure", other).status, 200);

    world.revoke(other);

    EXPECT_EQ(world.get("/v1/procedure", other).status, 401);
}

TEST_F(RoutesTest, TakeNoTokenFromACookie) {
    const auto answer = world.ask(
        {"GET", "/v1/procedure", "", "", {{"Cookie", "coprog_sessione=" + world.officer}}});

    EXPECT_EQ(answer.status, 401);
}

TEST_F(RoutesTest, LogWhoAskedByRoleOnly) {
    world.get("/v1/procedure/" + pratica, world.officer);
    std::string all;
    for (const auto& line : world.log_lines()) {
        all += line;
    }

    EXPECT_NE(all.find(R"("event":"answered")"), std::string::npos);
    EXPECT_NE(all.find(R"("route":"procedura_leggi")"), std::string::npos);
    EXPECT_NE(all.find(R"("role":"funzionario","office":"326")"), std::string::npos);
    EXPECT_EQ(all.find("anna"), std::string::npos);
    EXPECT_EQ(all.find(world.person("anna")), std::string::npos);
    EXPECT_EQ(all.find(world.officer), std::string::npos);
    EXPECT_EQ(all.find(pratica), std::string::npos);
}

TEST_F(RoutesTest, MeasureOnAPortOfTheirOwn) {
    world.get("/v1/procedure", world.officer);
    RawClient client(*world.program->metrics_port());
    client.send("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    const auto measures = client.read_response();

    ASSERT_TRUE(measures.has_value());
    EXPECT_EQ(measures->status, 200);
    EXPECT_NE(measures->body.find(
                  "coprog_http_answers_total{rotta=\"procedure_elenca\",stato=\"200\"} 1"),
              std::string::npos)
        << measures->body;
    EXPECT_NE(measures->body.find("coprog_acts_waiting 0"), std::string::npos);
    EXPECT_EQ(world.get("/metrics", world.administrator).status, 404);
}

TEST(HolderAtTheOpening, IsSomebodyWhoCanActInTheRole) {
    engine::definition::Catalog catalog;
    ASSERT_TRUE(catalog.add(parsed(replaced(toy_pratica(), R"({ "title": "Funzionario" })",
                                            R"({ "title": "Funzionario",
                                                 "holder": { "own": "oggetto" } })"))));
    ASSERT_TRUE(catalog.add(parsed(toy_parere())));
    ApiWorld world(std::move(catalog), toy_checks());
    const auto open = [&](const std::string& person) {
        return world.post(
            "/v1/procedure", world.officer,
            R"({"famiglia":"toy","macchina":"pratica","dati":{"oggetto":")" + person + "\"}}");
    };

    const auto refused = open("nessuno");
    const auto opened = open(world.person("anna"));

    EXPECT_EQ(refused.status, 422) << refused.body;
    EXPECT_EQ(json_at(refused.body, "/dettagli/0/puntatore"), "/dati/oggetto");
    EXPECT_EQ(opened.status, 201) << opened.body;
}

}  // namespace
}  // namespace tests
