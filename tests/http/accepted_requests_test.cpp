// SPDX-License-Identifier: EUPL-1.2
// What the server lets through, and what routes are given: raw bytes over a real socket. Behind
// each request stands a second one, which must be answered too.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/http_server_run.h"
#include "tests/support/raw_client.h"

namespace tests {
namespace {

struct Row {
    std::string title;
    std::string bytes;
    std::string answer;  ///< as `describe` writes it; empty: none of the handler's
};

const std::string kLast = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const std::string kLastAnswer = "GET [/last] segments: last query: body: ";

std::string get(const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

std::string post(const std::string& fields, const std::string& body) {
    return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
}

std::string chunked(const std::string& body) {
    return post("Transfer-Encoding: chunked\r\n", body);
}

void expect_answered(const std::vector<Row>& rows) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    for (const Row& row : rows) {
        SCOPED_TRACE(row.title);
        RawClient client(server.port());

        client.send(row.bytes + kLast);
        const auto bytes = client.read_to_end();

        ASSERT_TRUE(bytes.has_value()) << "the server keeps the connection open";
        const auto responses = parse_responses(*bytes, false);
        ASSERT_EQ(responses.size(), 2U) << *bytes;
        EXPECT_EQ(responses[0].status, 200) << *bytes;
        EXPECT_EQ(responses[0].body, row.answer);
        EXPECT_EQ(responses[1].body, kLastAnswer);
    }
}

TEST(AcceptedRequests, Targets) {
    expect_answered({
        {"the root", get("/"), "GET [/] segments: query: body: "},
        {"a path", get("/a/b"), "GET [/a/b] segments: a b query: body: "},
        {"a slash at the end", get("/a/"), "GET [/a/] segments: a  query: body: "},
        {"a slash inside a segment", get("/a%2Fb"), "GET [/a%2Fb] segments: a/b query: body: "},
        {"accents", get("/citt%C3%A0"), "GET [/citt%C3%A0] segments: città query: body: "},
        {"a plus in a path", get("/a+b"), "GET [/a+b] segments: a+b query: body: "},
        {"a query", get("/?b=2&a=1&b=3"), "GET [/] segments: query: b=2 a=1 b=3 body: "},
        {"spaces in a query", get("/?a=x+y%20z"), "GET [/] segments: query: a=x y z body: "},
        {"names without value", get("/?a&b="), "GET [/] segments: query: a= b= body: "},
        {"signs in a value", get("/?a=b=c/d?e"), "GET [/] segments: query: a=b=c/d?e body: "},
        {"coded signs", get("/?a=%26%3D%2B"), "GET [/] segments: query: a=&=+ body: "},
        {"only separators", get("/?&&"), "GET [/] segments: query: body: "},
        {"absolute", get("http://b:81/x?y=1"), "GET [/x] segments: x query: y=1 body: "},
        {"absolute without a path", get("HTTP://b?y=1"), "GET [/] segments: query: y=1 body: "},
        {"dots that are names", get("/a../...b"),
         "GET [/a../...b] segments: a.. ...b query: body: "},
    });
}

TEST(AcceptedRequests, Bodies) {
    expect_answered({
        {"none", post("", ""), "POST [/] segments: query: body: "},
        {"of a length", post("Content-Length: 3\r\n", "abc"),
         "POST [/] segments: query: body: abc"},
        {"zeros before the length", post("Content-Length: 0003\r\n", "abc"),
         "POST [/] segments: query: body: abc"},
        {"of no length", post("Content-Length: 0\r\n", ""), "POST [/] segments: query: body: "},
        {"in chunks", chunked("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
         "POST [/] segments: query: body: abcde"},
        {"hexadecimal sizes", chunked("a\r\n0123456789\r\nB\r\n0123456789a\r\n0\r\n\r\n"),
         "POST [/] segments: query: body: 01234567890123456789a"},
        {"extensions", chunked("3;a=b;c=\"d;e\"\r\nabc\r\n0;x\r\n\r\n"),
         "POST [/] segments: query: body: abc"},
        {"capital letters", post("TRANSFER-ENCODING: Chunked\r\n", "3\r\nabc\r\n0\r\n\r\n"),
         "POST [/] segments: query: body: abc"},
        {"with GET", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
         "GET [/] segments: query: body: abc"},
        {"line ends inside", post("Content-Length: 4\r\n", "\r\n\r\n"),
         "POST [/] segments: query: body: \r\n\r\n"},
    });
}

TEST(AcceptedRequests, Heads) {
    const std::string answer = "GET [/] segments: query: body: ";
    const auto with = [](const std::string& fields) {
        return "GET / HTTP/1.1\r\n" + fields + "\r\n";
    };
    expect_answered({
        {"an empty line before", "\r\n" + get("/"), answer},
        {"a port", with("Host: a.example:8080\r\n"), answer},
        {"an empty port", with("Host: a:\r\n"), answer},
        {"an address", with("Host: 192.0.2.1\r\n"), answer},
        {"an IPv6 address", with("Host: [2001:db8::1]:80\r\n"), answer},
        {"no space after the colon", with("Host:a\r\n"), answer},
        {"tabs around a value", with("Host: a\r\nX:\t1\t2 \t\r\n"), answer},
        {"an empty value", with("Host: a\r\nX:\r\n"), answer},
        {"a byte beyond ASCII", with("Host: a\r\nX: \xE8\r\n"), answer},
        {"a list on two lines", with("Host: a\r\nAccept: a/b\r\nAccept: c/d\r\n"), answer},
        {"an upgrade that we ignore", with("Host: a\r\nConnection: upgrade\r\nUpgrade: h2c\r\n"),
         answer},
        {"a hundred fields", with([] {
             std::string fields = "Host: a\r\n";
             for (int i = 1; i < 100; ++i) {
                 fields += "X: y\r\n";
             }
             return fields;
         }()),
         answer},
    });
}

TEST(AcceptedRequests, ReachTheHandlerWithWhatTheyMeant) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());

    client.send(
        "POST http://B.example:81/a HTTP/1.1\r\nHost: other\r\nIf-Match: \"1\"\r\n"
        "if-match:  \"2\" \r\nContent-Length: 2\r\n\r\nhi");

    ASSERT_TRUE(client.read_response().has_value());
    const auto request = echo.last();
    EXPECT_EQ(request.host, "b.example:81");
    EXPECT_EQ(request.headers.find("IF-MATCH"), "\"1\", \"2\"");
    EXPECT_EQ(request.headers.list("If-Match"), (std::vector<std::string>{"\"1\"", "\"2\""}));
    EXPECT_FALSE(request.headers.find("If-None-Match").has_value());
    EXPECT_EQ(request.peer_address, "127.0.0.1");
    EXPECT_EQ(request.request_id.size(), 32U);
    EXPECT_EQ(request.begun_at, server.clock.now());
    EXPECT_EQ(request.received_at, server.clock.now());
    EXPECT_EQ(request.body, "hi");
}

// Beast joins the fields of a trailer to those of the head: `Authorization` could come that way.
TEST(AcceptedRequests, LoseTheirTrailer) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());

    client.send(chunked("3\r\nabc\r\n0\r\nAuthorization: Bearer x\r\nX-Late: 1\r\n\r\n"));

    ASSERT_TRUE(client.read_response().has_value());
    EXPECT_FALSE(echo.last().headers.find("Authorization").has_value());
    EXPECT_FALSE(echo.last().headers.find("X-Late").has_value());
    EXPECT_EQ(echo.last().body, "abc");
}

TEST(AcceptedRequests, OfHttp10EndTheConnection) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    for (const std::string fields : {"", "Connection: keep-alive\r\n", "Host: a\r\n"}) {
        SCOPED_TRACE(fields);
        RawClient client(server.port());

        client.send("GET / HTTP/1.0\r\n" + fields + "\r\n" + kLast);
        const auto responses = parse_responses(client.read_to_end().value_or("open"), false);

        ASSERT_EQ(responses.size(), 1U);
        EXPECT_EQ(responses[0].status, 200);
        EXPECT_EQ(responses[0].header("connection"), "close");
    }
}

TEST(AcceptedRequests, MayAskToClose) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());

    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE\r\n\r\n" + kLast);
    const auto responses = parse_responses(client.read_to_end().value_or("open"), false);

    ASSERT_EQ(responses.size(), 1U);
    EXPECT_EQ(responses[0].header("connection"), "close");
}

TEST(AcceptedRequests, InAPipelineAreAnsweredInOrder) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());
    std::string asked;
    for (int i = 0; i < 200; ++i) {
        asked +=
            "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";
    }

    client.send(asked + kLast);
    const auto responses = parse_responses(client.read_to_end().value_or("open"), false);

    ASSERT_EQ(responses.size(), 201U);
    for (std::size_t i = 0; i < 200; ++i) {
        EXPECT_TRUE(responses[i].body.starts_with("POST [/" + std::to_string(i) + "] "));
    }
}

TEST(AcceptedRequests, MayComeByteByByte) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());

    for (const char byte : "\r\n" + chunked("3;x=y\r\nabc\r\n0\r\nT: 1\r\n\r\n")) {
        ASSERT_TRUE(client.send(std::string_view(&byte, 1)));
    }

    const auto response = client.read_response();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->body, "POST [/] segments: query: body: abc");
}

TEST(Head, IsAnsweredAsGetWithoutTheBody) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());
    const std::string body = "GET [/a] segments: a query: body: ";

    client.send(
        "HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n"
        "HEAD /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const auto responses = parse_responses(client.read_to_end().value_or("open"), true);

    ASSERT_EQ(responses.size(), 2U);
    EXPECT_EQ(responses[0].status, 200);
    EXPECT_EQ(responses[0].header("content-length"), std::to_string(body.size()));
    EXPECT_EQ(responses[0].header("content-type"), "text/plain; charset=utf-8");
    EXPECT_TRUE(echo.last().is_head);
}

TEST(Head, IsRefusedWithoutABodyToo) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());

    client.send("HEAD / HTTP/1.1\r\nHost: a, b\r\n\r\n");
    const auto bytes = client.read_to_end().value_or("open");

    EXPECT_TRUE(bytes.starts_with("HTTP/1.1 400 "));
    EXPECT_TRUE(bytes.ends_with("\r\n\r\n"));
    EXPECT_EQ(bytes.find('{'), std::string::npos);
}

TEST(Options, OfTheWholeServerAreItsMethods) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());

    client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");

    const auto response = client.read_response();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, 204);
    EXPECT_EQ(response->header("allow"), "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS");
    EXPECT_EQ(response->header("content-length"), "");
    EXPECT_TRUE(echo.seen().empty());
}

TEST(Expect, IsAnsweredBeforeTheBody) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());

    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n");
    const auto go_on = client.read_response();
    client.send("abc");
    const auto response = client.read_response();

    ASSERT_TRUE(go_on.has_value() && response.has_value());
    EXPECT_EQ(go_on->status, 100);
    EXPECT_TRUE(go_on->headers.empty());
    EXPECT_EQ(response->body, "POST [/] segments: query: body: abc");
}

// The last byte decides whether a term was kept; the first is kept beside it.
TEST(Expect, LetsBothEndsOfASlowRequestBeTold) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());
    const auto first = server.clock.now();
    const engine::base::Instant last{first.utc_ms + 200};

    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    ASSERT_TRUE(client.read_response().has_value());
    server.clock.move_to(last);
    client.send("abc");
    ASSERT_TRUE(client.read_response().has_value());

    EXPECT_EQ(echo.last().begun_at, first);
    EXPECT_EQ(echo.last().received_at, last);
}

TEST(Expect, IsNotAnsweredWhenTheBodyIsThereOrThereIsNone) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    for (const std::string rest :
         {"Content-Length: 3\r\n\r\nabc", "Content-Length: 0\r\n\r\n", "\r\n"}) {
        SCOPED_TRACE(rest);
        RawClient client(server.port());

        client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n" + rest);

        const auto response = client.read_response();
        ASSERT_TRUE(response.has_value());
        EXPECT_EQ(response->status, 200);
    }
}

TEST(Expect, OfABodyTooLargeIsRefusedAtOnce) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());

    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n");

    const auto response = client.read_response();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, 413);
}

}  // namespace
}  // namespace tests
