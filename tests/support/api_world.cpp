// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/api_world.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <future>
#include <set>

#include "api/routes/routes.h"
#include "engine/accounts.h"
#include "engine/queries.h"
#include "tests/support/json_probe.h"
#include "tests/support/toy_workflow.h"

namespace tests {
namespace {

constexpr std::size_t kMaxInstances = 10000;
constexpr std::size_t kMaxEntries = 100000;
constexpr std::int64_t kTwentyYearsMs = std::int64_t{7305} * 86'400'000;

/// Far above what any test asks; tests of the limits set their own.
constexpr api::access::RateLimit kNoLimit{1'000'000, 1'000'000};

}  // namespace

ApiWorld::ApiWorld() : ApiWorld(toy_catalog(), toy_checks()) {}

ApiWorld::ApiWorld(engine::definition::Catalog catalog, const engine::machine::CheckLibrary& checks)
    : log_(clock, [this](std::string_view line) {
          const std::lock_guard lock(log_mutex_);
          log_lines_.emplace_back(line);
      }) {
    begin(std::move(catalog), checks);
    officer = token({"anna", "funzionario", "326", ""});
    director = token({"dora", "dirigente", "326", ""});
    body = token({"ennio", "ente", "", "A"});
    other_body = token({"bruno", "ente", "", "B"});
    other_officer = token({"carla", "funzionario", "327", ""});
    region = token({"rita", "regione", "030", ""});
    administrator = token({"ada", "amministratore", "", ""});
}

void ApiWorld::begin(engine::definition::Catalog catalog,
                     const engine::machine::CheckLibrary& checks) {
    api::ProgramOptions options{.service = {.data_folder = folder.path(),
                                            .catalog = std::move(catalog),
                                            .checks = checks,
                                            .clock = clock,
                                            .random = random_,
                                            .log = log_,
                                            .courier = courier},
                                .routes = api::routes::api_routes()};
    options.service.timer_period = std::chrono::milliseconds{0};
    options.router.rate = kNoLimit;
    options.metrics_port = 0;
    auto started = api::Program::start(std::move(options));
    if (!started) {
        ADD_FAILURE() << started.error().message_it;
        throw std::runtime_error("the server does not start");
    }
    program = std::move(*started);
    thread_ = std::thread([this] { program->run(); });
}

ApiWorld::~ApiWorld() {
    program->stop();
    thread_.join();
}

std::vector<std::string> ApiWorld::log_lines() {
    const std::lock_guard lock(log_mutex_);
    return log_lines_;
}

std::string ApiWorld::person(const std::string& name) {
    if (!people_.contains(name)) {
        auto accounts = engine::open_accounts(folder.path(), clock, random_);
        const auto made = (*accounts)->add_person(name);
        EXPECT_TRUE(made.has_value()) << made.error().message_it;
        people_[name] = made->id;
    }
    return people_[name];
}

std::string ApiWorld::token(const engine::machine::Actor& actor) {
    const std::string key =
        fmt::format("{}|{}|{}|{}", actor.person, actor.role, actor.office, actor.party);
    if (const auto known = tokens_.find(key); known != tokens_.end()) {
        return known->second;
    }
    auto accounts = engine::open_accounts(folder.path(), clock, random_);
    EXPECT_TRUE(accounts.has_value()) << accounts.error().message_it;
    engine::TokenRequest request;
    request.actor = actor;
    request.actor.person = person(actor.person);
    request.valid_from = clock.now();
    request.valid_until = {clock.now().utc_ms + kTwentyYearsMs};
    const auto issued = (*accounts)->create_token(request);
    EXPECT_TRUE(issued.has_value()) << issued.error().message_it;
    return tokens_[key] = issued->secret;
}

void ApiWorld::revoke(const std::string& secret) {
    auto accounts = engine::open_accounts(folder.path(), clock, random_);
    const auto identity = (*accounts)->find_identity(secret);
    ASSERT_TRUE(identity.has_value());
    ASSERT_TRUE((*accounts)->revoke_token(identity->token_code).has_value());
}

RawResponse ApiWorld::ask(const Asked& asked) {
    RawClient client(program->port());
    client.send(render_request(asked));
    auto response = client.read_response();
    if (!response) {
        ADD_FAILURE() << "no answer to " << asked.method << ' ' << asked.path;
        return {};
    }
    return std::move(*response);
}

RawResponse ApiWorld::get(const std::string& path, const std::string& token) {
    return ask({"GET", path, token, "", {}});
}

RawResponse ApiWorld::post(const std::string& path, const std::string& token,
                           const std::string& body_json, HeaderLines headers) {
    headers.emplace_back("Idempotency-Key", fmt::format("prova-{}", ++keys_));
    return ask({"POST", path, token, body_json, std::move(headers)});
}

RawResponse ApiWorld::act(const std::string& id, const std::string& event, const std::string& token,
                          const std::string& data) {
    const auto read = get("/v1/procedure/" + id, token);
    return post("/v1/procedure/" + id + "/eventi", token,
                fmt::format(R"({{"evento":"{}","dati":{}}})", event, data),
                {{"If-Match", read.header("etag")}});
}

std::string ApiWorld::open_pratica(const std::string& data) {
    const auto opened = post(
        "/v1/procedure", officer,
        R"({"famiglia":"toy","macchina":"pratica","iniziativa":"prova-2025","dati":)" + data + "}");
    EXPECT_EQ(opened.status, 201) << opened.body;
    return json_at(opened.body, "/id");
}

std::string ApiWorld::open_raccolta(const std::string& term) {
    const auto id = open_pratica(R"({"oggetto": "completo", "termine": ")" + term + R"("})");
    const auto attached =
        post("/v1/procedure/" + id + "/documenti?documento=atto&firmato_da=dirigente", officer,
             "L'atto.", {{"Content-Type", "text/plain"}});
    EXPECT_EQ(attached.status, 200) << attached.body;
    const auto begun = act(id, "avvia", director);
    EXPECT_EQ(begun.status, 200) << begun.body;
    return id;
}

void ApiWorld::upkeep() {
    program->service().upkeep();
    std::promise<void> done;
    ASSERT_TRUE(program->service().writer().post([&] { done.set_value(); }));
    done.get_future().wait();
}

std::size_t ApiWorld::journal_length() {
    const auto queries = engine::open_queries(folder.path(), program->service().catalog(),
                                              program->service().checks(), clock);
    EXPECT_TRUE(queries.has_value()) << queries.error().message_it;
    std::set<engine::base::InstanceId> roots;
    const auto ids = (*queries)->find_ids("", kMaxInstances);
    for (const auto& id : *ids) {
        roots.insert((*queries)->view(id)->record.instance.root);
    }
    std::size_t entries = 0;
    for (const auto& root : roots) {
        entries += (*queries)->journal(root, 0, kMaxEntries)->size();
    }
    return entries;
}

}  // namespace tests
