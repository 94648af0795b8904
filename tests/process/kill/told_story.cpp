// SPDX-License-Identifier: EUPL-1.2
#include "tests/process/kill/told_story.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/base/sha256.h"
#include "tests/process/kill/settling.h"
#include "tests/support/json_probe.h"
#include "tests/support/source_dir.h"
#include "tests/support/world.h"

namespace tests::kill {
namespace {

constexpr std::int64_t kNightMs = std::int64_t{12} * 3'600'000;
constexpr std::size_t kSentAgain = 3;

}  // namespace

ToldStory::ToldStory()
    : server(source_dir() + "/tests/process/kill/caduta", at("2025-03-03T20:00")) {
    server.open_store();
    officer_ = seat_of(server, {"funzionario", "funzionario", "326", ""});
    director_ = seat_of(server, {"dirigente", "dirigente", "326", ""});
    first_ = seat_of(server, {"ente A", "ente", "", "A"});
    second_ = seat_of(server, {"ente B", "ente", "", "B"});
    start();
    const std::string root = json_at(act("apri", officer_, "/v1/procedure",
                                         R"({"famiglia":"caduta","macchina":"pratica",)"
                                         R"("dati":{"oggetto":"apri","termine":"2025-03-03"}})"),
                                     "/id");
    attach(officer_, root);
    const std::string old_version = etag_of(officer_, root);
    event_of("nota", officer_, root, "annota", "nota");
    act("nota-vecchia", officer_, "/v1/procedure/" + root + "/eventi",
        R"({"evento":"annota","dati":{"nota":"nota-vecchia"}})", {{"If-Match", old_version}});
    const std::string first = apply("A", first_, root);
    const std::string second = apply("B", second_, root);
    take_task(officer_);
    EXPECT_EQ(server.stop(), 0);
    server.clock.advance_ms(kNightMs);
    start();
    EXPECT_TRUE(wait_until_nothing_is_due(server)) << server.log_text();
    for (std::size_t i = 0; i < kSentAgain; ++i) {
        again.push_back(server.ask(attempts[i].asked).value_or(RawResponse{}));
    }
    event_of("ammessa-A", officer_, first, "ammetti", "esito");
    event_of("ammessa-B", officer_, second, "ammetti", "esito");
    event_of("decisa", director_, root, "decidi", "nota");
    EXPECT_EQ(server.stop(), 0);
}

Attempt& ToldStory::find(std::vector<Attempt>& attempts, const std::string& key) {
    for (Attempt& attempt : attempts) {
        if (attempt.asked.headers.back().second == key) {
            return attempt;
        }
    }
    throw std::logic_error("no act with the key " + key);
}

std::string ToldStory::act(const std::string& key, const Seat& seat, const std::string& path,
                           const std::string& body, HeaderLines headers) {
    headers.emplace_back("Idempotency-Key", key);
    Attempt attempt{{"POST", path, seat.secret, body, std::move(headers)}, key, {}};
    attempt.answer = server.ask(attempt.asked);
    attempts.push_back(attempt);
    return attempt.answer.value_or(RawResponse{}).body;
}

std::string ToldStory::event_of(const std::string& key, const Seat& seat, const std::string& id,
                                const std::string& event, const std::string& field) {
    return act(key, seat, "/v1/procedure/" + id + "/eventi",
               fmt::format(R"({{"evento":"{}","dati":{{"{}":"{}"}}}})", event, field, key),
               {{"If-Match", etag_of(seat, id)}});
}

std::string ToldStory::etag_of(const Seat& seat, const std::string& id) {
    const auto read = server.ask({"GET", "/v1/procedure/" + id, seat.secret, "", {}});
    return read.value_or(RawResponse{}).header("etag");
}

std::string ToldStory::apply(const std::string& key, const Seat& seat, const std::string& root) {
    const std::string id =
        json_at(event_of("chiede-" + key, seat, root, "chiedi", "nota"), "/aperte/0");
    event_of("presenta-" + key, seat, id, "presenta", "testo");
    return id;
}

void ToldStory::attach(const Seat& seat, const std::string& root) {
    const std::string content = "L'atto.";
    act("atto", seat, "/v1/procedure/" + root + "/documenti?documento=atto", content,
        {{"Content-Type", "text/plain"}});
    attempts.back().mark = engine::base::sha256_hex(content);
}

void ToldStory::take_task(const Seat& seat) {
    const auto list = server.ask({"GET", "/v1/compiti", seat.secret, "", {}});
    const std::string task = json_at(list.value_or(RawResponse{}).body, "/elementi/0/id");
    act("prende", seat, "/v1/compiti/" + task + "/prendi", "");
    attempts.back().mark = fmt::format("prendi {} {}", task, seat.actor.person);
}

void ToldStory::start() {
    server.launch();
    server.wait_until_it_listens();
}

}  // namespace tests::kill
