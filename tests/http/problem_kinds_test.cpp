// SPDX-License-Identifier: EUPL-1.2
// THE table of refusals: whoever is refused, by transport or routes, finds its line there, with a
// title in Italian. Every refusal of the transport is provoked on a real socket.
#include "api/http/problem_kinds.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <stdexcept>
#include <string>

#include "api/http/refusal.h"
#include "api/routes/problem.h"
#include "engine/base/ensure.h"
#include "engine/base/error.h"
#include "tests/support/held_replies.h"
#include "tests/support/http_server_run.h"
#include "tests/support/json_probe.h"
#include "tests/support/raw_client.h"

namespace tests {
namespace {

using api::http::problem_kind;
using api::http::problem_kinds;
using api::http::Reply;
using api::http::Request;
using api::http::ServerLimits;
using engine::base::ErrorCode;

constexpr std::chrono::milliseconds kSoon{50};

/// `{title, status, codice}` of the problem that a server with these limits and this handler
/// answers to these bytes.
void expect_told(const std::string& code, const std::string& bytes, const ServerLimits& limits,
                 api::http::Handler handler) {
    SCOPED_TRACE(code);
    HttpServerRun server(limits, std::move(handler));
    RawClient client(server.port());

    client.send(bytes);
    const auto answer = client.read_response();

    ASSERT_TRUE(answer.has_value());
    const auto& kind = problem_kind(code);
    EXPECT_EQ(answer->status, kind.status) << answer->body;
    EXPECT_EQ(json_at(answer->body, "/codice"), code);
    EXPECT_EQ(json_at(answer->body, "/title"), kind.title_it);
    EXPECT_EQ(json_at(answer->body, "/status"), std::to_string(kind.status));
    EXPECT_EQ(json_at(answer->body, "/type"), "urn:coprog:problema:" + code);
    EXPECT_NE(json_at(answer->body, "/detail"), "");
}

void answer_nothing_wrong(const Request&, const Reply& reply) {
    reply(api::http::Response{});
}

std::string get(const std::string& fields) {
    return "GET /a HTTP/1.1\r\n" + fields + "\r\n";
}

TEST(ProblemKinds, HaveOneCodeEachAndATitleInItalian) {
    std::set<std::string_view> codes;
    for (const auto& kind : problem_kinds()) {
        SCOPED_TRACE(kind.code);
        EXPECT_TRUE(codes.insert(kind.code).second);
        EXPECT_NE(api::http::reason_phrase(kind.status), "") << "HTTP has the status";
        EXPECT_NE(kind.title_it, "");
        EXPECT_NE(kind.title_it, api::http::reason_phrase(kind.status)) << "not the English one";
        const auto shown = api::routes::render_problem({std::string(kind.code), "perché", {}}, "r");
        EXPECT_EQ(shown.status, kind.status);
        EXPECT_EQ(json_at(std::string(shown.body_bytes()), "/title"), kind.title_it);
    }
    EXPECT_THROW((void)problem_kind("inventato"), engine::base::BugError);
}

TEST(ProblemKinds, HaveALineForEveryErrorOfTheEngine) {
    for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
        const auto name = engine::base::error_code_name(static_cast<ErrorCode>(code));
        EXPECT_EQ(problem_kind(name).code, name);
        EXPECT_EQ(api::routes::status_of(static_cast<ErrorCode>(code)), problem_kind(name).status);
    }
}

TEST(ProblemKinds, AreToldByTheTransport) {
    const std::string host = "Host: a\r\n";
    const std::map<std::string, std::string> refused{
        {"malformed", get("")},
        {"version_not_supported", "GET /a HTTP/1.2\r\nHost: a\r\n\r\n"},
        {"target_too_long", "GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"head_too_large", get(host + "X: " + std::string(40'000, 'x') + "\r\n")},
        {"method_not_implemented", "BREW /a HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"coding_not_implemented",
         "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"},
        {"expectation_failed", get(host + "Expect: 200-ok\r\n")},
        {"payload_too_large", "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n"}};

    for (const auto& [code, bytes] : refused) {
        expect_told(code, bytes, {}, answer_nothing_wrong);
    }
}

TEST(ProblemKinds, AreToldWhenThereIsNoRoomOrNoTime) {
    HeldReplies held;
    ServerLimits no_room;
    no_room.reads_in_flight = 0;
    ServerLimits no_time;
    no_time.answer_time = kSoon;
    no_time.head_time = kSoon;

    expect_told("busy", get("Host: a\r\n"), no_room, answer_nothing_wrong);
    expect_told("request_timeout", "GET /a HT", no_time, answer_nothing_wrong);
    expect_told("internal", get("Host: a\r\n"), {},
                [](const Request&, const Reply&) { throw std::runtime_error("a bug"); });
    expect_told(
        "method_not_allowed", get("Host: a\r\n"), {},
        [](const Request&, const Reply& reply) { reply(api::http::method_not_allowed({"POST"})); });
    expect_told("answer_late", get("Host: a\r\n"), no_time, held.handler());
}

}  // namespace
}  // namespace tests
