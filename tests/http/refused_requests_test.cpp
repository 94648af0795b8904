// SPDX-License-Identifier: EUPL-1.2
// What the server refuses: raw bytes over a real socket. Behind each request stands a second one,
// whole and innocent: it must never be answered, nor reach a route, since after a message that is
// not understood nobody knows where the next one begins.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/http_server_run.h"
#include "tests/support/raw_client.h"

namespace tests {
namespace {

using namespace std::string_literals;

struct Row {
    std::string title;
    std::string bytes;
    int status = 400;
};

const std::string kSmuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

/// A GET with these field lines.
std::string get(const std::string& fields) {
    return "GET / HTTP/1.1\r\n" + fields + "\r\n";
}

/// A request of this first line.
std::string line(const std::string& first) {
    return first + "\r\nHost: a\r\n\r\n";
}

/// A POST with these field lines and this body.
std::string post(const std::string& fields, const std::string& body) {
    return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
}

std::string chunked(const std::string& body) {
    return post("Transfer-Encoding: chunked\r\n", body);
}

std::string many_fields(std::size_t count) {
    std::string fields = "Host: a\r\n";
    for (std::size_t i = 1; i < count; ++i) {
        fields += "X: y\r\n";
    }
    return get(fields);
}

void expect_refused(const std::vector<Row>& rows) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    for (const Row& row : rows) {
        SCOPED_TRACE(row.title);
        RawClient client(server.port());

        client.send(row.bytes + kSmuggled);
        const auto bytes = client.read_to_end();

        ASSERT_TRUE(bytes.has_value()) << "the server keeps the connection open";
        const auto responses = parse_responses(*bytes, false);
        ASSERT_EQ(responses.size(), 1U) << *bytes;
        EXPECT_EQ(responses[0].status, row.status) << *bytes;
        EXPECT_EQ(responses[0].header("connection"), "close");
        EXPECT_EQ(responses[0].header("content-type"), "application/problem+json");
        EXPECT_NE(responses[0].body.find("\"detail\":\""), std::string::npos);
        EXPECT_EQ(responses[0].body.find("smuggled"), std::string::npos);
    }
    EXPECT_TRUE(echo.seen().empty()) << echo.seen().front();
}

TEST(RefusedRequests, Host) {
    expect_refused({
        {"missing", get("")},
        {"twice", get("Host: a\r\nHost: b\r\n")},
        {"twice the same", get("Host: a\r\nhost: a\r\n")},
        {"empty", get("Host:\r\n")},
        {"only spaces", get("Host:  \t \r\n")},
        {"only a port", get("Host: :80\r\n")},
        {"a list", get("Host: a, b\r\n")},
        {"with a path", get("Host: a/b\r\n")},
        {"with a user", get("Host: user@a\r\n")},
        {"with a space", get("Host: a b\r\n")},
        {"a port that is no number", get("Host: a:8o\r\n")},
        {"a port too large", get("Host: a:65536\r\n")},
        {"two ports", get("Host: a:80:81\r\n")},
        {"an open bracket", get("Host: [::1\r\n")},
        {"letters after the bracket", get("Host: [::1]a\r\n")},
        {"missing, with an absolute target", "GET http://a/ HTTP/1.1\r\n\r\n"},
        {"wrong in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a b\r\n\r\n"},
    });
}

TEST(RefusedRequests, FieldLines) {
    expect_refused({
        {"folded with a space", get("Host: a\r\nX: 1\r\n 2\r\n")},
        {"folded with a tab", get("Host: a\r\nX: 1\r\n\t2\r\n")},
        {"folded coding", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")},
        {"a space before the first", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"},
        {"a space before the colon", get("Host : a\r\n")},
        {"a tab before the colon", get("Host: a\r\nX\t: 1\r\n")},
        {"no colon", get("Host: a\r\nX\r\n")},
        {"no name", get("Host: a\r\n: 1\r\n")},
        {"a bracket in the name", get("Host: a\r\nX(y): 1\r\n")},
        {"an accent in the name", get("Host: a\r\nX\xC3\xA8: 1\r\n")},
        {"a zero in the name", get("Host: a\r\nX\0Y: 1\r\n"s)},
        {"a zero in the value", get("Host: a\r\nX: 1\0002\r\n"s)},
        {"a bell in the value", get("Host: a\r\nX: 1\a\r\n")},
        {"a delete in the value", get("Host: a\r\nX: 1\x7F\r\n")},
        {"a bare CR in the value", get("Host: a\r\nX: 1\r2\r\n")},
        {"a bare LF in the value", get("Host: a\r\nX: 1\nY: 2\r\n")},
        {"CR CR LF", get("Host: a\r\r\n")},
        {"LF alone everywhere", "GET / HTTP/1.1\nHost: a\n\n"},
        {"LF alone at the end", "GET / HTTP/1.1\r\nHost: a\r\n\n"},
        {"credentials twice", get("Host: a\r\nAuthorization: A\r\nAuthorization: B\r\n")},
        {"types twice", post("Content-Type: a/b\r\nContent-Type: a/c\r\n", "")},
        {"keys twice", post("Idempotency-Key: 1\r\nIdempotency-Key: 2\r\n", "")},
        {"cookies twice", get("Host: a\r\nCookie: a=1\r\nCookie: a=2\r\n")},
    });
}

TEST(RefusedRequests, RequestLine) {
    expect_refused({
        {"nothing before the target", line(" / HTTP/1.1")},
        {"a leading space", line(" GET / HTTP/1.1")},
        {"a leading LF", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"two empty lines before it", "\r\n\r\n" + line("GET / HTTP/1.1")},
        {"a bracket in the method", line("G(T / HTTP/1.1")},
        {"two spaces before the target", line("GET  / HTTP/1.1")},
        {"two spaces after the target", line("GET /  HTTP/1.1")},
        {"tabs", line("GET\t/\tHTTP/1.1")},
        {"a space at the end", line("GET / HTTP/1.1 ")},
        {"no target", line("GET HTTP/1.1")},
        {"no version", line("GET /")},
        {"lower case version", line("GET / http/1.1")},
        {"version of one number", line("GET / HTTP/1")},
        {"version of three digits", line("GET / HTTP/1.10")},
        {"version with a comma", line("GET / HTTP/1,1")},
        {"HTTP/1.2", line("GET / HTTP/1.2"), 505},
        {"HTTP/2.0", line("GET / HTTP/2.0"), 505},
        {"HTTP/0.9 by name", line("GET / HTTP/0.9"), 505},
        {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"TLS", "\x16\x03\x01\x02"s},
        {"lower case method", line("get / HTTP/1.1"), 501},
        {"unknown method", line("BREW / HTTP/1.1"), 501},
        {"TRACE", line("TRACE / HTTP/1.1"), 501},
        {"CONNECT", line("CONNECT a:443 HTTP/1.1"), 501},
    });
}

TEST(RefusedRequests, Targets) {
    expect_refused({
        {"a space", line("GET /a b HTTP/1.1")},
        {"a zero", line("GET /a\0b HTTP/1.1"s)},
        {"an accent", line("GET /\xC3\xA8 HTTP/1.1")},
        {"a fragment", line("GET /a#b HTTP/1.1")},
        {"a quote", line("GET /\"a\" HTTP/1.1")},
        {"a backslash", line("GET /a\\b HTTP/1.1")},
        {"braces in the query", line("GET /?a={b} HTTP/1.1")},
        {"no slash", line("GET a HTTP/1.1")},
        {"half a code", line("GET /%2 HTTP/1.1")},
        {"a code of no digits", line("GET /%zz HTTP/1.1")},
        {"a code of a zero", line("GET /a%00b HTTP/1.1")},
        {"a code of a line end", line("GET /a%0d%0aX:1 HTTP/1.1")},
        {"a code that is no UTF-8", line("GET /%C3 HTTP/1.1")},
        {"an overlong code", line("GET /%C0%AF HTTP/1.1")},
        {"a broken code in the query", line("GET /?a=%E8 HTTP/1.1")},
        {"a zero in the query", line("GET /?a=%00 HTTP/1.1")},
        {"a folder up", line("GET /a/../b HTTP/1.1")},
        {"a folder up in code", line("GET /a/%2e%2E/b HTTP/1.1")},
        {"a folder of its own", line("GET /./a HTTP/1.1")},
        {"* with GET", line("GET * HTTP/1.1")},
        {"a name and a port with GET", line("GET a:80 HTTP/1.1")},
        {"a path with CONNECT", line("CONNECT / HTTP/1.1")},
        {"a name without a port with CONNECT", line("CONNECT a HTTP/1.1")},
        {"another scheme", line("GET ftp://a/ HTTP/1.1")},
        {"a scheme without a name", line("GET http:///a HTTP/1.1")},
        {"a user before the name", line("GET http://u@a/ HTTP/1.1")},
    });
}

TEST(RefusedRequests, Framing) {
    const std::string body = "3\r\nabc\r\n0\r\n\r\n";
    expect_refused({
        {"length and coding", post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", body)},
        {"coding and length", post("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", body)},
        {"empty coding", post("Transfer-Encoding:\r\n", "")},
        {"empty coding and length", post("Transfer-Encoding:\r\nContent-Length: 3\r\n", "abc")},
        {"identity", post("Transfer-Encoding: identity\r\n", "")},
        {"unknown coding", post("Transfer-Encoding: xchunked\r\n", body)},
        {"chunked not last", post("Transfer-Encoding: chunked, gzip\r\n", body)},
        {"chunked twice", post("Transfer-Encoding: chunked, chunked\r\n", body)},
        {"chunked on two lines",
         post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", body)},
        {"quoted", post("Transfer-Encoding: \"chunked\"\r\n", body)},
        {"with a parameter", post("Transfer-Encoding: chunked;a=b\r\n", body)},
        {"an empty member", post("Transfer-Encoding: , chunked\r\n", body)},
        {"a vertical tab", post("Transfer-Encoding: \vchunked\r\n", body)},
        {"gzip, then chunked", post("Transfer-Encoding: gzip, chunked\r\n", body), 501},
        {"HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body},
        {"lengths that differ", post("Content-Length: 3\r\nContent-Length: 4\r\n", "abcd")},
        {"equal lengths", post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc")},
        {"a list of lengths", post("Content-Length: 3, 3\r\n", "abc")},
        {"a signed length", post("Content-Length: +3\r\n", "abc")},
        {"a negative length", post("Content-Length: -3\r\n", "abc")},
        {"a hexadecimal length", post("Content-Length: 0x3\r\n", "abc")},
        {"an empty length", post("Content-Length:\r\n", "abc")},
        {"two numbers", post("Content-Length: 3 4\r\n", "abc")},
        {"beyond 64 bits", post("Content-Length: 18446744073709551616\r\n", "abc")},
        {"over the limit", post("Content-Length: 1048577\r\n", "abc"), 413},
        {"an unknown expectation", post("Expect: 200-ok\r\nContent-Length: 3\r\n", "abc"), 417},
    });
}

TEST(RefusedRequests, Chunks) {
    expect_refused({
        {"a space after the size", chunked("3 \r\nabc\r\n0\r\n\r\n")},
        {"a space before the size", chunked(" 3\r\nabc\r\n0\r\n\r\n")},
        {"0x", chunked("0x3\r\nabc\r\n0\r\n\r\n")},
        {"a sign", chunked("+3\r\nabc\r\n0\r\n\r\n")},
        {"no size", chunked("\r\nabc\r\n0\r\n\r\n")},
        {"LF after the size", chunked("3\nabc\r\n0\r\n\r\n")},
        {"LF after the data", chunked("3\r\nabc\n0\r\n\r\n")},
        {"more data than its size", chunked("3\r\nabcd\r\n0\r\n\r\n")},
        {"a size beyond 64 bits", chunked("FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n")},
        {"the largest size", chunked("FFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n"), 413},
        {"over the limit", chunked("100001\r\nabc"), 413},
        {"a bad extension", chunked("3;\x01\r\nabc\r\n0\r\n\r\n")},
        {"LF in an extension", chunked("3;a\nabc\r\n0\r\n\r\n")},
        {"endless extensions", chunked("3;a=" + std::string(5'000, 'x') + "\r\nabc\r\n0\r\n\r\n")},
        {"an endless line", chunked("3;a=" + std::string(40'000, 'x'))},
        {"a length in the trailer", chunked("3\r\nabc\r\n0\r\nContent-Length: 7\r\n\r\n")},
        {"a coding in the trailer", chunked("3\r\nabc\r\n0\r\nTransfer-Encoding: gzip\r\n\r\n")},
        {"a broken trailer", chunked("3\r\nabc\r\n0\r\nX Y: 1\r\n\r\n")},
        {"an endless trailer", chunked("0\r\nX: " + std::string(40'000, 'x'))},
    });
}

TEST(RefusedRequests, Sizes) {
    const api::http::HeadLimits limits;
    const std::string long_value(limits.head_bytes, 'x');
    expect_refused({
        {"a target too long", line("GET /" + std::string(limits.target_bytes, 'a') + " HTTP/1.1"),
         414},
        {"a first line without end", "GET /" + std::string(20'000, 'a'), 414},
        {"a field too long", get("Host: a\r\nX: " + long_value + "\r\n"), 431},
        {"a field without end", "GET / HTTP/1.1\r\nHost: a\r\nX: " + long_value, 431},
        {"too many fields", many_fields(limits.fields + 1), 431},
        {"too many parameters", line("GET /?" +
                                     [] {
                                         std::string query;
                                         for (int i = 0; i < 501; ++i) {
                                             query += "a&";
                                         }
                                         return query;
                                     }() +
                                     " HTTP/1.1")},
    });
}

}  // namespace
}  // namespace tests
