// SPDX-License-Identifier: EUPL-1.2
// What happens to clients and handlers that are slow, endless, too many, or gone. Times are small
// limits given to the server; nothing here sleeps.
#include <gtest/gtest.h>

#include <string>

#include "api/http/refusal.h"
#include "tests/support/held_replies.h"
#include "tests/support/http_server_run.h"
#include "tests/support/raw_client.h"

namespace tests {
namespace {

using api::http::Reply;
using api::http::Request;
using api::http::Response;
using api::http::ServerLimits;
using std::chrono::milliseconds;

constexpr milliseconds kSoon{50};

const std::string kGet = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string kPost = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";

TEST(SlowClients, AreToldWhenTheirHeadDoesNotEnd) {
    EchoHandler echo;
    ServerLimits limits;
    limits.head_time = kSoon;
    HttpServerRun server(limits, echo.handler());
    RawClient client(server.port());

    client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
    const auto responses = parse_responses(client.read_to_end().value_or("open"), false);

    ASSERT_EQ(responses.size(), 1U);
    EXPECT_EQ(responses[0].status, 408);
    EXPECT_EQ(responses[0].header("connection"), "close");
}

// One byte at a time never makes the head's time begin anew.
TEST(SlowClients, GainNothingByDripping) {
    EchoHandler echo;
    ServerLimits limits;
    limits.head_time = kSoon;
    limits.head.head_bytes = 1U << 20U;
    HttpServerRun server(limits, echo.handler());
    RawClient client(server.port());

    client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
    bool is_cut = false;
    for (int i = 0; i < 500'000 && !is_cut; ++i) {
        client.send("y");
        is_cut = server.count("refused") > 0;
    }

    EXPECT_TRUE(is_cut);
    EXPECT_TRUE(echo.seen().empty());
}

TEST(SlowClients, AreToldWhenTheirBodyDoesNotEnd) {
    EchoHandler echo;
    ServerLimits limits;
    limits.body_time = kSoon;
    HttpServerRun server(limits, echo.handler());
    RawClient client(server.port());

    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    const auto responses = parse_responses(client.read_to_end().value_or("open"), false);

    ASSERT_EQ(responses.size(), 1U);
    EXPECT_EQ(responses[0].status, 408);
    EXPECT_TRUE(echo.seen().empty());
}

TEST(IdleClients, AreClosedWithoutAWord) {
    EchoHandler echo;
    ServerLimits limits;
    limits.idle = kSoon;
    HttpServerRun server(limits, echo.handler());
    RawClient silent(server.port());
    RawClient satisfied(server.port());

    satisfied.send(kGet + "\r\n");  // an old client's empty line is no new request

    EXPECT_EQ(silent.read_to_end(), "");
    ASSERT_TRUE(satisfied.read_response().has_value());
    EXPECT_EQ(satisfied.read_to_end(), "");
    EXPECT_EQ(server.count("refused"), 0U);
}

TEST(SlowClients, ThatDoNotReadAreCut) {
    ServerLimits limits;
    limits.write_time = kSoon;
    const auto page = std::make_shared<const std::string>(64U << 20U, 'x');
    HttpServerRun server(limits, [page](const Request&, const Reply& reply) {
        reply(Response{200, {}, page});
    });
    RawClient client(server.port());

    client.send(kGet);

    EXPECT_TRUE(server.wait_for("client_gone", 1));
    const auto bytes = client.read_to_end();
    ASSERT_TRUE(bytes.has_value());
    EXPECT_LT(bytes->size(), page->size());
}

TEST(LargeAnswers, ArriveWhole) {
    const auto page = std::make_shared<const std::string>(3'000'001, 'x');
    HttpServerRun server({}, [page](const Request&, const Reply& reply) {
        reply(Response{200, {}, page});
    });
    RawClient client(server.port());

    client.send(kGet + kGet);

    for (int i = 0; i < 2; ++i) {
        const auto response = client.read_response();
        ASSERT_TRUE(response.has_value());
        EXPECT_TRUE(response->body == *page);
    }
}

TEST(EndlessBodies, AreCutAtTheLimit) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());
    const std::string chunk = "1000\r\n" + std::string(4'096, 'x') + "\r\n";

    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    std::size_t sent = 0;
    while (sent < 100'000 && server.count("refused") == 0 && client.send(chunk)) {
        ++sent;
    }
    const auto response = client.read_response();

    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, 413);
    EXPECT_TRUE(echo.seen().empty());
}

TEST(EndlessBodies, OfTinyChunksAreCutByTheirExtensions) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());
    std::string body;
    for (int i = 0; i < 1'000; ++i) {
        body += "1;abcdef\r\nx\r\n";
    }

    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body);

    const auto response = client.read_response();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, 400);
}

TEST(ClientsThatLeave, MidwayAreForgotten) {
    EchoHandler echo;
    ServerLimits limits;
    limits.connections = 1;
    HttpServerRun server(limits, echo.handler());
    for (const std::string part :
         {"GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab"}) {
        SCOPED_TRACE(part);
        RawClient client(server.port());

        client.send(part);
        client.finish_sending();
        const auto responses = parse_responses(client.read_to_end().value_or("open"), false);

        ASSERT_EQ(responses.size(), 1U);
        EXPECT_EQ(responses[0].status, 400);
    }
    EXPECT_TRUE(echo.seen().empty());
}

TEST(ClientsThatLeave, WhileTheHandlerWorksHarmNobody) {
    HeldReplies held;
    HttpServerRun server({}, held.handler());
    {
        RawClient client(server.port());
        client.send(kGet);
        ASSERT_TRUE(held.wait_for(1));
    }
    RawClient other(server.port());
    other.send(kGet);
    ASSERT_TRUE(held.wait_for(2));

    held.answer_all("late");

    const auto response = other.read_response();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->body, "late");
}

TEST(Connections, BeyondTheLimitAreTurnedAway) {
    HeldReplies held;
    ServerLimits limits;
    limits.connections = 1;
    HttpServerRun server(limits, held.handler());
    RawClient first(server.port());
    first.send(kGet);
    ASSERT_TRUE(held.wait_for(1));
    RawClient second(server.port());

    second.send(kGet);
    const auto responses = parse_responses(second.read_to_end().value_or("open"), false);

    ASSERT_EQ(responses.size(), 1U);
    EXPECT_EQ(responses[0].status, 503);
    EXPECT_EQ(responses[0].header("retry-after"), "1");
    EXPECT_EQ(held.count(), 1U);
    held.answer_all("done");
    EXPECT_EQ(first.read_response().value_or(RawResponse{}).body, "done");
}

TEST(Requests, BeyondTheLimitInFlightAreToldToComeBack) {
    HeldReplies held;
    ServerLimits limits;
    limits.reads_in_flight = 1;
    HttpServerRun server(limits, held.handler());
    RawClient first(server.port());
    first.send(kGet);
    ASSERT_TRUE(held.wait_for(1));
    RawClient second(server.port());

    second.send(kGet);
    const auto refused = second.read_response();
    held.answer_all("done");
    const auto answered = first.read_response();
    second.send(kGet);
    ASSERT_TRUE(held.wait_for(2));
    held.answer_all("again");
    const auto later = second.read_response();

    ASSERT_TRUE(refused && answered && later);
    EXPECT_EQ(refused->status, 503);
    EXPECT_EQ(refused->header("retry-after"), "1");
    EXPECT_EQ(refused->header("connection"), "");
    EXPECT_EQ(answered->body, "done");
    EXPECT_EQ(later->body, "again");
}

TEST(Requests, ThatOnlyReadHaveRoomOfTheirOwn) {
    HeldReplies held;
    ServerLimits limits;
    limits.acts_in_flight = 1;
    limits.reads_in_flight = 1;
    HttpServerRun server(limits, held.handler());
    RawClient waiting(server.port());
    RawClient turned_away(server.port());
    RawClient reader(server.port());
    waiting.send(kPost);
    ASSERT_TRUE(held.wait_for(1));

    turned_away.send(kPost);
    const auto refused = turned_away.read_response();
    reader.send(kGet);

    ASSERT_TRUE(held.wait_for(2)) << "the handler has the read, too";
    held.answer_all("done");
    EXPECT_EQ(refused.value_or(RawResponse{}).status, 503);
    EXPECT_EQ(refused.value_or(RawResponse{}).header("retry-after"), "1");
    EXPECT_EQ(waiting.read_response().value_or(RawResponse{}).body, "done");
    EXPECT_EQ(reader.read_response().value_or(RawResponse{}).body, "done");
}

TEST(Handlers, ThatDoNotAnswerInTimeLoseTheirAnswer) {
    HeldReplies held;
    ServerLimits limits;
    limits.answer_time = kSoon;
    HttpServerRun server(limits, held.handler());
    RawClient client(server.port());

    client.send(kGet);
    const auto response = client.read_response();
    held.answer_all("too late");
    client.send(kGet);
    ASSERT_TRUE(held.wait_for(2));
    held.answer_all("in time");
    const auto next = client.read_response();

    ASSERT_TRUE(response && next);
    EXPECT_EQ(response->status, 503);
    EXPECT_NE(response->body.find("Idempotency-Key"), std::string::npos);
    EXPECT_NE(next->body, "too late");
}

TEST(Handlers, ThatThrowOrForgetAnswer500) {
    for (const bool throws : {true, false}) {
        SCOPED_TRACE(throws);
        HttpServerRun server({}, [throws](const Request&, const Reply&) {
            if (throws) {
                throw std::runtime_error("secret cause");
            }
        });
        RawClient client(server.port());

        client.send(kGet + kGet);

        for (int i = 0; i < 2; ++i) {
            const auto response = client.read_response();
            ASSERT_TRUE(response.has_value());
            EXPECT_EQ(response->status, 500);
            EXPECT_EQ(response->body.find("secret"), std::string::npos);
            EXPECT_FALSE(response->header("x-request-id").empty());
        }
        EXPECT_EQ(server.count("handler_failed"), throws ? 2U : 0U);
    }
}

TEST(Handlers, CannotSplitAResponse) {
    HttpServerRun server({}, [](const Request&, const Reply& reply) {
        reply(Response{200, {{"Location", "/a\r\nSet-Cookie: x=1"}}, "secret"});
    });
    RawClient client(server.port());

    client.send(kGet);

    const auto response = client.read_response();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, 500);
    EXPECT_EQ(response->header("set-cookie"), "");
    EXPECT_EQ(response->body.find("secret"), std::string::npos);
}

// The clock is read when the bytes are: a slow handler before it takes nobody's right away.
TEST(ReceivedAt, OfAPipelinedRequestIsWhenItsBytesWereRead) {
    HeldReplies held;
    HttpServerRun server({}, held.handler());
    const auto before = server.clock.now();
    RawClient client(server.port());

    client.send(kGet + kGet);
    ASSERT_TRUE(held.wait_for(1));
    server.clock.move_to({before.utc_ms + 1'000});
    held.answer_all("one");
    ASSERT_TRUE(held.wait_for(2));
    held.answer_all("two");

    EXPECT_EQ(held.received_at(0), before);
    EXPECT_EQ(held.received_at(1), before);
}

TEST(MethodNotAllowed, NamesTheMethods) {
    HttpServerRun server({}, [](const Request&, const Reply& reply) {
        reply(api::http::method_not_allowed({"GET", "POST"}));
    });
    RawClient client(server.port());

    client.send("DELETE /a HTTP/1.1\r\nHost: a\r\n\r\n");

    const auto response = client.read_response();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, 405);
    EXPECT_EQ(response->header("allow"), "GET, POST, HEAD, OPTIONS");
}

}  // namespace
}  // namespace tests
