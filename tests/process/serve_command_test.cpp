// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <future>
#include <sstream>
#include <thread>

#include "api/cli/command_line.h"
#include "engine/engine.h"
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

    ::kill(::getpid(), SIGTERM);
    server.join();

    EXPECT_EQ(exit_code, 0);
    ASSERT_TRUE(status.has_value());
    EXPECT_EQ(status->status, 200) << status->body;
    EXPECT_NE(err.str().find(R"("event":"stopped")"), std::string::npos) << err.str();
    const engine::base::SystemClock clock;
    const auto store = engine::open_store(folder.path(), clock);
    ASSERT_TRUE(store.has_value());
    EXPECT_EQ(engine::verify(**store)->first_problem, "");
}

}  // namespace
}  // namespace tests
