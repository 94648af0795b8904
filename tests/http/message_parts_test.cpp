// SPDX-License-Identifier: EUPL-1.2
// Forms, response heads and replies, without a socket.
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "api/http/reply.h"
#include "api/http/response_head.h"
#include "engine/base/ensure.h"

namespace tests {
namespace {

using api::http::parse_form;
using api::http::Refusal;
using api::http::render_http_date;
using api::http::render_response_head;
using api::http::Reply;
using api::http::Response;
using api::http::ResponseFrame;
using engine::base::BugError;
using engine::base::ErrorCode;

TEST(ParseForm, RefusesWhatIsNoText) {
    for (const char* text : {"a=%", "a=%4", "a=%g0", "%ff=1", "a=%ED%A0%80", "a=%00", "a=%1b"}) {
        SCOPED_TRACE(text);
        const auto form = parse_form(text);
        ASSERT_FALSE(form.has_value());
        EXPECT_EQ(form.error().code, ErrorCode::malformed);
        EXPECT_FALSE(form.error().message_it.empty());
    }
}

TEST(ParseForm, KeepsOrderRepetitionAndLineEnds) {
    const auto form = parse_form("b=uno%0D%0Adue&a=%E2%82%AC+5&b=&c");

    ASSERT_TRUE(form.has_value());
    EXPECT_EQ(form->find("b"), "uno\r\ndue");
    EXPECT_EQ(form->find_all("b"), (std::vector<std::string>{"uno\r\ndue", ""}));
    EXPECT_EQ(form->count("b"), 2U);
    EXPECT_EQ(form->find("a"), "€ 5");
    EXPECT_EQ(form->find("c"), "");
    EXPECT_FALSE(form->find("d").has_value());
    EXPECT_EQ(form->items().size(), 4U);
}

TEST(HttpDate, IsInGreenwichTime) {
    EXPECT_EQ(render_http_date({784'111'777'000}), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(render_http_date({1'751'320'799'999}), "Mon, 30 Jun 2025 21:59:59 GMT");
}

TEST(ResponseHead, IsWrittenWhole) {
    const Response response{201, {{"Location", "/a"}}, "è"};

    const std::string head = render_response_head(response, {{784'111'777'000}, "f00d", false});

    EXPECT_EQ(head,
              "HTTP/1.1 201 Created\r\nLocation: /a\r\nContent-Length: 2\r\nConnection: close\r\n"
              "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nX-Request-Id: f00d\r\n\r\n");
}

TEST(ResponseHead, RefusesWhatARouteMustNotWrite) {
    const Response wrong[] = {
        {200, {{"Location", "/a\r\nX: 1"}}, ""},
        {200, {{"Location", "/a\nX: 1"}}, ""},
        {200, {{"Loca tion", "/a"}}, ""},
        {200, {{"", "/a"}}, ""},
        {200, {{"content-length", "7"}}, ""},
        {200, {{"Transfer-Encoding", "chunked"}}, ""},
        {200, {{"Connection", "close"}}, ""},
        {204, {}, "a body"},
        {304, {}, "a body"},
        {299, {}, ""},
        {0, {}, ""},
    };

    for (const Response& response : wrong) {
        SCOPED_TRACE(response.status);
        EXPECT_THROW(render_response_head(response, ResponseFrame{}), BugError);
    }
}

TEST(Refusal, IsAProblemInJson) {
    const Response response = render_refusal(Refusal{"busy", "Riprova «tra poco».", 7});

    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(response.headers.find("Content-Type"), "application/problem+json");
    EXPECT_EQ(response.headers.find("Retry-After"), "7");
    EXPECT_EQ(response.body_bytes(),
              R"({"type":"urn:coprog:problema:busy","title":"Servizio occupato","status":503,)"
              R"("detail":"Riprova «tra poco».","codice":"busy"})");
}

TEST(Reply, IsDeliveredOnceFromAnyThread) {
    std::vector<int> statuses;
    const Reply reply([&](const Response& response) { statuses.push_back(response.status); });
    const Reply copy = reply;

    std::thread([&] { copy(Response{202, {}, ""}); }).join();
    reply(Response{200, {}, ""});

    EXPECT_EQ(statuses, (std::vector<int>{202}));
}

TEST(Reply, ThatNobodyGivesIsAFailure) {
    std::vector<int> statuses;
    {
        const Reply reply([&](const Response& response) { statuses.push_back(response.status); });
        const Reply copy = reply;
    }

    EXPECT_EQ(statuses, (std::vector<int>{500}));
}

}  // namespace
}  // namespace tests
