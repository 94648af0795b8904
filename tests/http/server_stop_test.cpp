// SPDX-License-Identifier: EUPL-1.2
// How the server begins and ends.
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>

#include <string>
#include <thread>

#include "tests/support/held_replies.h"
#include "tests/support/http_server_run.h"
#include "tests/support/raw_client.h"

namespace tests {
namespace {

using api::http::Server;
using api::http::ServerLimits;
using api::http::ServerOptions;
using engine::base::ErrorCode;
using std::chrono::milliseconds;

const std::string kGet = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(ServerStop, FinishesWhatIsInFlight) {
    HeldReplies held;
    HttpServerRun server({}, held.handler());
    RawClient idle(server.port());
    RawClient busy(server.port());
    busy.send(kGet + kGet);
    ASSERT_TRUE(held.wait_for(1));

    server.begin_stop();
    ASSERT_TRUE(server.wait_for("stopping", 1));
    EXPECT_EQ(idle.read_to_end(), "");
    held.answer_all("finished");
    const auto responses = parse_responses(busy.read_to_end().value_or("open"), false);
    busy.hang_up();
    server.wait_stopped();

    ASSERT_EQ(responses.size(), 1U) << "a request behind it is not begun any more";
    EXPECT_EQ(responses[0].body, "finished");
    EXPECT_EQ(responses[0].header("connection"), "close");
}

TEST(ServerStop, FinishesARequestThatIsHalfRead) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    ASSERT_TRUE(client.read_response().has_value());

    server.begin_stop();
    ASSERT_TRUE(server.wait_for("stopping", 1));
    client.send("abc");
    const auto response = client.read_response();
    client.hang_up();
    server.wait_stopped();

    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->body, "POST [/] segments: query: body: abc");
}

TEST(ServerStop, AcceptsNobodyAnyMore) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    const auto port = server.port();

    server.begin_stop();
    server.wait_stopped();

    EXPECT_THROW(RawClient{port}, std::runtime_error);
}

TEST(ServerStop, CutsWhatDoesNotEndWithinItsGrace) {
    HeldReplies held;
    ServerLimits limits;
    limits.stop_grace = milliseconds{50};
    HttpServerRun server(limits, held.handler());
    RawClient client(server.port());
    client.send(kGet);
    ASSERT_TRUE(held.wait_for(1));

    server.begin_stop();
    server.wait_stopped();

    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_EQ(server.count("stop_cut"), 1U);
    held.answer_all("to nobody");
}

TEST(ServerStop, RepliesAfterItsEndDoNothing) {
    HeldReplies held;
    {
        ServerLimits limits;
        limits.stop_grace = milliseconds{0};
        HttpServerRun server(limits, held.handler());
        RawClient client(server.port());
        client.send(kGet);
        ASSERT_TRUE(held.wait_for(1));
    }

    held.answer_all("to nobody");
}

TEST(ServerStop, MayBeAskedBeforeItRunsAndTwice) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());

    server.begin_stop();
    server.begin_stop();
    server.wait_stopped();

    EXPECT_EQ(server.count("stopping"), 1U);
}

/// A server that stops on signals, waiting for one.
void expect_stop_on(int number) {
    engine::base::SystemClock clock;
    engine::base::SeededRandom random(1);
    ServerOptions options;
    options.clock = &clock;
    options.random = &random;
    options.stops_on_signals = true;
    auto server = Server::open(options, EchoHandler().handler());
    ASSERT_TRUE(server.has_value());
    std::thread thread([&] { (*server)->run(); });
    RawClient client((*server)->port());
    client.send(kGet);
    ASSERT_TRUE(client.read_response().has_value());

    ASSERT_EQ(::kill(::getpid(), number), 0);
    thread.join();

    EXPECT_EQ(client.read_to_end(), "");
}

TEST(ServerStop, FollowsSigterm) {
    expect_stop_on(SIGTERM);
}

TEST(ServerStop, FollowsSigint) {
    expect_stop_on(SIGINT);
}

TEST(ServerOpen, RefusesAPortThatIsTaken) {
    EchoHandler echo;
    HttpServerRun server({}, echo.handler());
    engine::base::SeededRandom random(1);
    ServerOptions options;
    options.port = server.port();
    options.clock = &server.clock;
    options.random = &random;

    const auto second = Server::open(options, echo.handler());

    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::busy);
    EXPECT_NE(second.error().message_it.find("già presa da un altro programma"), std::string::npos)
        << second.error().message_it;
}

TEST(ServerOpen, RefusesWhatIsNoAddress) {
    engine::base::SystemClock clock;
    engine::base::SeededRandom random(1);
    ServerOptions options;
    options.address = "localhost";
    options.clock = &clock;
    options.random = &random;

    const auto server = Server::open(options, EchoHandler().handler());

    ASSERT_FALSE(server.has_value());
    EXPECT_EQ(server.error().code, ErrorCode::invalid_input);
}

}  // namespace
}  // namespace tests
