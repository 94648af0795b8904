// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/served_folder.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "engine/accounts.h"
#include "engine/data_files.h"
#include "tests/support/source_dir.h"

namespace tests {
namespace {

constexpr std::int64_t kTenYearsMs = std::int64_t{3653} * 86'400'000;
/// Clients of one address ask as fast as they can.
constexpr const char* kNoLimit = "1000000";
/// In the log of a server that was built to tell (`./coprog test --thread-sanitizer`).
constexpr const char* kRace = "WARNING: ThreadSanitizer";
constexpr std::string_view kListening = "127.0.0.1:";

/// The shift must come before the sanitizer's own library, which minds.
std::string sanitizer_options() {
    const char* own = std::getenv("ASAN_OPTIONS");
    return std::string("verify_asan_link_order=0") + (own == nullptr ? "" : std::string(":") + own);
}

}  // namespace

ServedFolder::ServedFolder(const std::filesystem::path& family, engine::base::Instant start)
    : clock(start) {
    const auto workflows = folder_.path() / "workflows";
    std::filesystem::copy(source_dir() + "/workflows", workflows,
                          std::filesystem::copy_options::recursive);
    std::filesystem::copy(family, workflows / family.filename());
}

bench::ProcessStart ServedFolder::start_of(std::vector<std::string> arguments,
                                           const std::string& log) const {
    arguments.insert(arguments.begin(), COPROG_BINARY);
    arguments.insert(arguments.end(), {"--data", (data_folder()).string()});
    return {std::move(arguments),
            {{"LD_PRELOAD", COPROG_SHIFTED_CLOCK},
             {"COPROG_TEST_SHIFT_MS", std::to_string(clock.shift_ms())},
             {"ASAN_OPTIONS", sanitizer_options()}},
            folder_.path() / log};
}

void ServedFolder::launch() {
    server_ = std::make_unique<bench::ChildProcess>(
        start_of({"serve", "--port", "0", "--metrics-port", "nessuna", "--workflows",
                  (folder_.path() / "workflows").string(), "--rate-burst", kNoLimit,
                  "--rate-per-second", kNoLimit},
                 "serve.log"));
}

void ServedFolder::wait_until_it_listens() {
    const auto printed = server_->read_until(kListening);
    if (!printed) {
        throw std::runtime_error("the server does not start: " + log_text());
    }
    port_ = static_cast<std::uint16_t>(
        std::stoi(printed->substr(printed->find(kListening) + kListening.size())));
}

void ServedFolder::kill() {
    server_->signal(SIGKILL);
    EXPECT_EQ(server_->wait(), -SIGKILL) << "it had died before: " << log_text();
    EXPECT_EQ(log_text().find(kRace), std::string::npos) << log_text();
}

int ServedFolder::stop() {
    server_->signal(SIGTERM);
    return server_->wait();
}

std::optional<RawResponse> ServedFolder::ask(const Asked& asked) const {
    try {
        RawClient client(port_);
        client.send(render_request(asked));
        return client.read_response();
    } catch (const std::runtime_error&) {
        return std::nullopt;  // nobody listens any more
    }
}

std::string ServedFolder::verify() const {
    bench::ChildProcess process(start_of({"verify"}, "verify.log"));
    const std::string printed = process.read_to_end();
    return process.wait() == 0 ? "" : printed + "(coprog verify)";
}

std::unique_ptr<engine::store::Store> ServedFolder::open_store() const {
    auto store = engine::open_store(data_folder(), clock);
    if (!store) {
        throw std::runtime_error(store.error().message_it);
    }
    return std::move(*store);
}

engine::documents::ContentStore ServedFolder::contents() const {
    return engine::documents::ContentStore(data_folder() / engine::kContentFolder);
}

std::string ServedFolder::add_token(engine::machine::Actor& actor) {
    auto accounts = engine::open_accounts(data_folder(), clock, random_);
    const auto person = (*accounts)->add_person(actor.person);
    engine::TokenRequest request;
    actor.person = person->id;
    request.actor = actor;
    request.valid_from = clock.now();
    request.valid_until = {clock.now().utc_ms + kTenYearsMs};
    const auto issued = (*accounts)->create_token(request);
    EXPECT_TRUE(issued.has_value()) << issued.error().message_it;
    return issued->secret;
}

std::string ServedFolder::log_text() const {
    std::ifstream file(folder_.path() / "serve.log");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace tests
