// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <future>
#include <map>
#include <sstream>
#include <thread>

#include "api/cli/command_line.h"
#include "bench/child_process.h"
#include "engine/engine.h"
#include "tests/support/http_server_run.h"
#include "tests/support/json_probe.h"
#include "tests/support/raw_client.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

/// Tells when the command has printed what it prints at the start.
class Announcement final : public std::stringbuf {
  public:
    std::future<std::string> text() { return text_.get_future(); }

  protected:
    int sync() override {
        if (!is_told_) {
            is_told_ = true;
            text_.set_value(str());
        }
        return 0;
    }

  private:
    bool is_told_ = false;
    std::promise<std::string> text_;
};

std::uint16_t port_in(const std::string& text) {
    const auto mark = text.find("127.0.0.1:");
    return mark == std::string::npos
               ? std::uint16_t{0}
               : static_cast<std::uint16_t>(std::stoi(text.substr(mark + 10)));
}

TEST(ServeCommand, ServesUntilItIsToldToStop) {
    const TemporaryFolder folder;
    Announcement announcement;
    auto announced = announcement.text();
    std::ostream out(&announcement);
    std::ostringstream err;
    int exit_code = -1;
    std::thread server([&] {
        exit_code = api::cli::run_command_line(
            {"serve", "--data", folder.path().string(), "--port", "0", "--metrics-port", "0"}, out,
            err);
    });
    const std::uint16_t port = port_in(announced.get());
    ASSERT_NE(port, 0);
    RawClient client(port);
    client.send("GET /status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const auto status = client.read_response();
    std::map<std::string, int> of_the_demonstration;
    for (const char* request :
         {"GET /demo", "POST /demo/entra/admin", "POST /demo/orologio", "POST /demo/ricomincia"}) {
        RawClient visitor(port);
        visitor.send(std::string(request) +
                     " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        of_the_demonstration[request] = visitor.read_response().value_or(RawResponse{}).status;
    }

    ::kill(::getpid(), SIGTERM);
    server.join();

    EXPECT_EQ(exit_code, 0);
    const auto of_others = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
    EXPECT_EQ(std::filesystem::status(folder.path() / "coprog.db").permissions() & of_others,
              std::filesystem::perms::none);
    ASSERT_TRUE(status.has_value());
    EXPECT_EQ(status->status, 200) << status->body;
    for (const auto& [request, answer] : of_the_demonstration) {
        EXPECT_EQ(answer, 404) << request << ": only a demonstration has it";
    }
    EXPECT_NE(err.str().find(R"("event":"stopped")"), std::string::npos) << err.str();
    const engine::base::SystemClock clock;
    const auto store = engine::open_store(folder.path(), clock);
    ASSERT_TRUE(store.has_value());
    EXPECT_EQ(engine::verify(**store)->first_problem, "");
}

/// Temporary folders are made in another place, and the setting goes back.
class TemporaryPlace {
  public:
    explicit TemporaryPlace(const std::filesystem::path& place) {
        const char* before = std::getenv("TMPDIR");
        before_ = before == nullptr ? "" : before;
        ::setenv("TMPDIR", place.c_str(), 1);
    }
    ~TemporaryPlace() {
        before_.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", before_.c_str(), 1);
    }
    TemporaryPlace(const TemporaryPlace&) = delete;
    TemporaryPlace& operator=(const TemporaryPlace&) = delete;

  private:
    std::string before_;
};

TEST(DemoCommand, ServesUntilItIsToldToStopAndLeavesNothing) {
    const TemporaryFolder folder;
    const TemporaryPlace place(folder.path());
    Announcement announcement;
    auto announced = announcement.text();
    std::ostream out(&announcement);
    std::ostringstream err;
    int exit_code = -1;
    std::thread server([&] {
        exit_code = api::cli::run_command_line({"demo", "--port", "0"}, out, err);
    });
    const std::string told = announced.get();
    RawClient client(port_in(told));
    client.send("GET /demo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const auto page = client.read_response();
    const bool has_data = !std::filesystem::is_empty(folder.path());

    ::kill(::getpid(), SIGTERM);
    server.join();

    EXPECT_EQ(exit_code, 0) << err.str();
    EXPECT_EQ(err.str(), "Preparo i dati della dimostrazione…\n");
    EXPECT_NE(told.find("inventati"), std::string::npos) << told;
    ASSERT_TRUE(page.has_value());
    EXPECT_EQ(page->status, 200);
    EXPECT_TRUE(has_data);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(DemoCommand, StoppedWhileItPreparesItLeavesNothing) {
    const TemporaryFolder folder;
    const auto place = folder.path() / "posto";
    std::filesystem::create_directory(place);
    bench::ChildProcess process({{COPROG_BINARY, "demo", "--port", "0"},
                                 {{"TMPDIR", place.string()}},
                                 folder.path() / "registro"});
    while (std::filesystem::is_empty(place)) {
        std::this_thread::yield();
    }

    process.signal(SIGTERM);

    EXPECT_EQ(process.wait(), 0);
    EXPECT_TRUE(std::filesystem::is_empty(place));
}

TEST(DemoCommand, APortThatIsTakenIsSaidWithWhatToDo) {
    const TemporaryFolder folder;
    const TemporaryPlace place(folder.path());
    const HttpServerRun other({}, EchoHandler().handler());
    std::ostringstream out;
    std::ostringstream err;

    const int exit_code =
        api::cli::run_command_line({"demo", "--port", std::to_string(other.port())}, out, err);

    EXPECT_EQ(exit_code, api::cli::kExitFailure);
    EXPECT_EQ(out.str(), "");
    EXPECT_NE(err.str().find("già presa da un altro programma"), std::string::npos) << err.str();
    EXPECT_NE(err.str().find("--port"), std::string::npos) << err.str();
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(ServeCommand, APortThatIsTakenIsSaidWithTheSettingThatNamesIt) {
    const TemporaryFolder folder;
    const HttpServerRun other({}, EchoHandler().handler());
    const std::string taken = std::to_string(other.port());
    const auto serve = [&](const std::string& port, const std::string& metrics_port) {
        std::ostringstream out;
        std::ostringstream err;
        api::cli::run_command_line({"serve", "--data", folder.path().string(), "--port", port,
                                    "--metrics-port", metrics_port},
                                   out, err);
        return err.str();
    };

    const std::string port = serve(taken, "0");
    const std::string metrics = serve("0", taken);

    EXPECT_NE(port.find("porta " + taken + ": la porta è già presa"), std::string::npos) << port;
    EXPECT_NE(port.find("con --port."), std::string::npos) << port;
    EXPECT_NE(metrics.find("con --metrics-port."), std::string::npos) << metrics;
}

TEST(DemoCommand, OnlyDataWantsItsFolder) {
    std::ostringstream out;
    std::ostringstream err;

    EXPECT_EQ(api::cli::run_command_line({"demo", "--only-data"}, out, err),
              api::cli::kExitBadInput);

    EXPECT_NE(err.str().find("--data"), std::string::npos) << err.str();
}

}  // namespace
}  // namespace tests
