// SPDX-License-Identifier: EUPL-1.2
// What people see, on the real server with the data of the demonstration.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "api/pages/form_data.h"
#include "engine/accounts.h"
#include "tests/support/json_probe.h"
#include "tests/support/running_demonstration.h"
#include "tests/support/visitor.h"

namespace tests {
namespace {

using api::pages::percent_encode;

constexpr std::int64_t kHourMs = 3'600'000;

/// The data are those of the first day: no test moves the calendar.
class DemoPagesTest : public testing::Test {
  protected:
    static void SetUpTestSuite() { running_ = std::make_unique<RunningDemonstration>(); }
    static void TearDownTestSuite() { running_.reset(); }

    static std::uint16_t port() { return running_->demonstration->port(); }
    static Visitor visitor() { return Visitor(port()); }
    static Visitor entered(const std::string& role) {
        Visitor one = visitor();
        EXPECT_EQ(one.enter(role).status, 303);
        return one;
    }
    /// A code of access for a person of a body, made beside the running server.
    static std::string body_code(const std::string& party) {
        auto accounts =
            engine::open_accounts(running_->folder.path(), running_->clock, running_->random);
        const auto person = (*accounts)->add_person("Prova " + party);
        engine::TokenRequest request;
        request.actor = {person->id, "ets", "", party};
        request.valid_from = running_->clock.now();
        request.valid_until = {running_->clock.now().utc_ms + kHourMs};
        return (*accounts)->create_token(request)->secret;
    }
    static Visitor body(const std::string& party) {
        Visitor one = visitor();
        const auto answer = one.post("/accedi", "codice=" + body_code(party), one.origin());
        EXPECT_EQ(answer.status, 303) << answer.body;
        return one;
    }

    static std::unique_ptr<RunningDemonstration> running_;
};

std::unique_ptr<RunningDemonstration> DemoPagesTest::running_;

/// Bodies of demo.copione.
constexpr const char* kInAmendment = "99000020224";  // e324
constexpr const char* kWithDraft = "99000020174";    // e322
constexpr const char* kAnswers = "99000020307";      // f325

/// The row of a page's last table that has that text.
std::string row_with(const RawResponse& page, const std::string& text) {
    const auto table = page.body.find(R"(<h2 id="prossimi">)");
    const auto found = page.body.find(text, table == std::string::npos ? 0 : table);
    if (found == std::string::npos) {
        return {};
    }
    const auto from = page.body.rfind("<tr>", found);
    return page.body.substr(from, page.body.find("</tr>", found) - from);
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST_F(DemoPagesTest, TheDashboardShowsTheNearestTermOfTheWholeTree) {
    const auto page = entered("dg").get("/cruscotto");

    const std::string brianza = row_with(page, "ATS della Brianza");
    EXPECT_TRUE(has(brianza, "scade tra 4 giorni")) << brianza;
    EXPECT_TRUE(has(brianza, "Istanza")) << "whose term it is: " << brianza;
    const std::string bergamo = row_with(page, "ATS di Bergamo");
    EXPECT_TRUE(has(bergamo, "Termine per rispondere sulla sintesi")) << bergamo;
    EXPECT_TRUE(has(bergamo, "scade tra 3 giorni")) << bergamo;
    EXPECT_FALSE(shows(page, "nessun termine nei prossimi sette giorni"));
}

TEST_F(DemoPagesTest, TheDashboardShowsABodyThatIsWaitedForWithoutATask) {
    const auto page = entered("dg").get("/cruscotto");

    const std::string bergamo = row_with(page, "ATS di Bergamo");
    EXPECT_TRUE(has(bergamo, std::string("ente ") + kAnswers)) << bergamo;
}

TEST_F(DemoPagesTest, ABodySeesItsApplicationAndWithinWhenToAct) {
    Visitor one = entered("ets");

    const auto dashboard = one.get("/cruscotto");
    const auto tasks = one.get("/compiti");

    EXPECT_FALSE(shows(dashboard, "Non c'è ancora nessun procedimento"));
    EXPECT_TRUE(shows(dashboard, "Termine per integrare l'istanza") ||
                shows(dashboard, "Termine per integrare l&apos;istanza"))
        << dashboard.body;
    EXPECT_TRUE(shows(dashboard, "Il tuo ente"));
    EXPECT_TRUE(shows(tasks, "Che cosa si aspetta dal tuo ente"));
    EXPECT_TRUE(shows(tasks, "<strong>Integra l&apos;istanza</strong>")) << tasks.body;
    EXPECT_TRUE(shows(tasks, "Termine per integrare l'istanza") ||
                shows(tasks, "Termine per integrare l&apos;istanza"));
}

TEST_F(DemoPagesTest, ADraftShowsTheClosingOfItsNotice) {
    const auto page = body(kWithDraft).get("/cruscotto");

    EXPECT_TRUE(shows(page, "Termine per presentare le istanze")) << page.body;
    EXPECT_TRUE(shows(page, "Co-programmazione con gli enti del Terzo settore, ATS"))
        << "shown as the notice's: " << page.body;
}

TEST_F(DemoPagesTest, TheApiSaysThatABodyIsWaitedFor) {
    const std::string address = first_procedure(body(kInAmendment).get("/procedure"));
    RawClient client(port());
    client.send(
        fmt::format("GET /v1{} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    "Connection: close\r\nAuthorization: Bearer {}\r\n\r\n",
                    address, body_code(kInAmendment)));

    const auto answer = client.read_response();

    ASSERT_EQ(answer->status, 200) << answer->body;
    const std::size_t count = json_size(answer->body, "/in_attesa_di");
    ASSERT_GT(count, 0U) << answer->body;
    const std::string last = fmt::format("/in_attesa_di/{}", count - 1);  // after the tasks
    EXPECT_EQ(json_at(answer->body, last + "/ente"), kInAmendment) << answer->body;
    EXPECT_EQ(json_at(answer->body, last + "/ruolo"), "ets");
    EXPECT_EQ(json_at(answer->body, last + "/per"), "Termine per integrare l'istanza");
}

/// What the form of a page that confirms would send.
std::string confirmed(const RawResponse& page, const std::string& fields) {
    return fmt::format("sigillo={}&chiave={}&versione={}&stato={}&{}", input_value(page, "sigillo"),
                       input_value(page, "chiave"), input_value(page, "versione"),
                       input_value(page, "stato"), fields);
}

TEST_F(DemoPagesTest, ADoubleClickOnConfirmIsOneAct) {
    Visitor one = body(kInAmendment);
    const std::string address = first_procedure(one.get("/procedure")) + "/atti/integra";
    const std::string fields = "campo.integrazioni=Accordo+firmato";
    const auto asked = one.post(address + "/controlla",
                                fmt::format("sigillo={}&{}", one.seal(), fields), one.origin());
    ASSERT_EQ(asked.status, 200) << asked.body;
    const std::string form = confirmed(asked, fields);

    const auto first = one.post(address, form, one.origin());
    const auto second = one.post(address, form, one.origin());
    const auto other =
        one.post(address, confirmed(asked, "campo.integrazioni=Altro"), one.origin());

    EXPECT_EQ(first.status, 303) << first.body;
    EXPECT_EQ(second.status, 303) << second.body;
    EXPECT_EQ(second.header("location"), first.header("location"));
    EXPECT_NE(other.status, 303) << "another act under the same key";
}

TEST_F(DemoPagesTest, WhatIsPossibleNoMoreSaysWhy) {
    Visitor one = body("99000020216");  // d324, whose application is being examined
    const std::string address = first_procedure(one.get("/procedure")) + "/atti/integra";

    const auto answer = one.post(
        address,
        fmt::format("sigillo={}&chiave=prova&versione=1&stato=soccorso&campo.integrazioni=x",
                    one.seal()),
        one.origin());

    EXPECT_EQ(answer.status, 409) << answer.body;
    EXPECT_TRUE(shows(answer, "Ora non è possibile"));
}

TEST_F(DemoPagesTest, ATaskIsTakenOnceWithADoubleClick) {
    Visitor one = entered("ats");
    const auto tasks = one.get("/compiti");
    constexpr std::string_view kMark = R"(<form method="post" action=")";
    const auto list = tasks.body.find(R"(id="risultati")");
    ASSERT_NE(list, std::string::npos);
    const auto found = tasks.body.find(kMark, list);
    ASSERT_NE(found, std::string::npos) << "the list has its buttons: " << tasks.body.substr(list);
    const auto from = found + kMark.size();
    const std::string address = tasks.body.substr(from, tasks.body.find('"', from) - from);
    const RawResponse form{200, {}, tasks.body.substr(from)};
    const std::string sent = fmt::format("sigillo={}&chiave={}&versione=&azione={}", one.seal(),
                                         input_value(form, "chiave"), input_value(form, "azione"));

    const auto first = one.post(address, sent, one.origin());
    const auto second = one.post(address, sent, one.origin());

    EXPECT_EQ(first.status, 303) << first.body;
    EXPECT_EQ(second.status, 303) << second.body;
}

std::string upload(const std::string& seal, const std::string& key, const std::string& name,
                   const std::string& type, const std::string& bytes) {
    std::string body;
    for (const auto& [field, value] : {std::pair<std::string, std::string>{"sigillo", seal},
                                       {"chiave", key},
                                       {"versione", ""},
                                       {"documento", "accordo_di_rete"}}) {
        body += fmt::format("--x\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n",
                            field, value);
    }
    return body + fmt::format(
                      "--x\r\nContent-Disposition: form-data; name=\"file\"; "
                      "filename=\"{}\"\r\nContent-Type: {}\r\n\r\n{}\r\n--x--\r\n",
                      name, type, bytes);
}

TEST_F(DemoPagesTest, AFileIsWhatTheBrowserSaysOrItIsRefused) {
    Visitor one = body(kInAmendment);
    const std::string address = first_procedure(one.get("/procedure")) + "/documenti/nuovo";
    const auto send = [&](const std::string& key, const std::string& name, const std::string& type,
                          const std::string& bytes) {
        return one.send(address, "multipart/form-data; boundary=x",
                        upload(one.seal(), key, name, type, bytes));
    };

    const auto page = send("k1", "a.html", "text/html", "<html></html>");
    const auto unknown = send("k2", "a.p7m", "application/octet-stream", "%PDF-1.7 accordo");
    const auto twice = send("k2", "a.p7m", "application/octet-stream", "%PDF-1.7 accordo");
    const auto table = send("k3", "a.csv", "application/vnd.ms-excel", "a;b\r\n1;2\r\n");
    const auto disguised = send("k4", "a.pdf", "application/pdf", "testo");

    EXPECT_EQ(page.status, 422) << page.body;
    EXPECT_TRUE(shows(page, "text/html"));
    EXPECT_EQ(unknown.status, 303) << unknown.body;
    EXPECT_EQ(twice.status, 303) << twice.body;
    EXPECT_EQ(twice.header("location"), unknown.header("location"));
    EXPECT_EQ(table.status, 303) << table.body;
    EXPECT_EQ(disguised.status, 422);
}

TEST_F(DemoPagesTest, LoggingInLeadsOnlyToItsOwnPages) {
    for (const char* place :
         {"/%09/evil", "/%5cevil", "//evil", "/%2Fevil", "/%0d%0aX: y", "https:%2F%2Fevil", ""}) {
        Visitor one = visitor();

        const auto answer =
            one.post("/accedi", fmt::format("codice={}&poi={}", body_code(kInAmendment), place),
                     one.origin());

        EXPECT_EQ(answer.status, 303) << place << answer.body;
        EXPECT_EQ(answer.header("location"), "/cruscotto") << place;
    }
}

TEST_F(DemoPagesTest, WhoKeepsTheProgramEntersOnItsState) {
    auto accounts =
        engine::open_accounts(running_->folder.path(), running_->clock, running_->random);
    engine::TokenRequest request;
    request.actor = {(*accounts)->add_person("Prova")->id, "amministratore", "", ""};
    request.valid_from = running_->clock.now();
    request.valid_until = {running_->clock.now().utc_ms + kHourMs};
    const std::string code = (*accounts)->create_token(request)->secret;
    for (const char* place :
         {"", "/cruscotto", "/procedure", "/procedure/abc", "/scadenze?ritardo=si"}) {
        Visitor one = visitor();

        const auto answer = one.post(
            "/accedi", fmt::format("codice={}&poi={}", code, percent_encode(place)), one.origin());

        EXPECT_EQ(answer.header("location"), "/stato") << place;
    }
}

TEST_F(DemoPagesTest, TheDashboardNamesTheBodyThatIsWaitedFor) {
    const std::string bergamo = row_with(entered("dg").get("/cruscotto"), "ATS di Bergamo");

    EXPECT_TRUE(has(bergamo, "Cooperativa sociale Lago Finto")) << bergamo;
    EXPECT_TRUE(has(bergamo, std::string("ente ") + kAnswers)) << "and its tax code: " << bergamo;
}

TEST_F(DemoPagesTest, TasksBeginWithThoseOneSeesWhenTheRoleHasNone) {
    Visitor one = body(kInAmendment);

    EXPECT_TRUE(shows(one.get("/compiti"), R"(value="tutti" selected)"));
    EXPECT_FALSE(shows(one.get("/compiti?di="), R"(value="tutti" selected)"));
}

TEST_F(DemoPagesTest, ApplicationsAreListedWithTheNameOfTheBody) {
    const auto page = entered("ats").get("/procedure?tipo=istanza");

    EXPECT_TRUE(shows(page, "<span class=\"cp-small\">ente 9900002")) << page.body;
}

RawResponse ask_raw(std::uint16_t port, const std::string& text) {
    RawClient client(port);
    client.send(text);
    return client.read_response().value_or(RawResponse{});
}

TEST_F(DemoPagesTest, ATransportRefusalIsAPageToWhoAsksForOne) {
    const auto head = [](const std::string& line, const std::string& accept,
                         const std::string& more = "") {
        return fmt::format("{} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {}\r\n{}\r\n", line, accept,
                           more);
    };
    const std::string html = "text/html,application/xhtml+xml";
    const std::string large =
        "Content-Type: multipart/form-data; boundary=x\r\n"
        "Content-Length: 31457280\r\n";

    const auto too_large = ask_raw(port(), head("POST /procedure/x/documenti/nuovo", html, large));
    const auto letter = ask_raw(port(), head("GET /procedure?x=<", html));
    const auto program = ask_raw(port(), head("GET /procedure?x=<", "application/json"));
    const auto api = ask_raw(port(), head("GET /v1/procedure?x=<", html));
    const auto cookies =
        ask_raw(port(), head("GET /", html, "Cookie: " + std::string(40'000, 'c') + "\r\n"));
    const auto address = ask_raw(port(), head("GET /" + std::string(9'000, 'a'), html));

    EXPECT_EQ(too_large.status, 413);
    EXPECT_TRUE(has(too_large.header("content-type"), "text/html")) << too_large.body;
    EXPECT_TRUE(shows(too_large, "20 MB")) << too_large.body;
    EXPECT_TRUE(shows(too_large, R"(href="/procedure/x/documenti/nuovo")")) << "the way back";
    EXPECT_EQ(letter.status, 400);
    EXPECT_TRUE(has(letter.header("content-type"), "text/html")) << letter.body;
    EXPECT_TRUE(has(program.header("content-type"), "application/problem+json"));
    EXPECT_TRUE(has(api.header("content-type"), "application/problem+json"));
    EXPECT_EQ(cookies.status, 431);
    EXPECT_TRUE(has(cookies.header("content-type"), "text/html")) << cookies.body;
    EXPECT_EQ(address.status, 414);
    EXPECT_TRUE(has(address.header("content-type"), "text/html")) << address.body;
}

}  // namespace
}  // namespace tests
