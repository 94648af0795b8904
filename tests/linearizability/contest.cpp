// SPDX-License-Identifier: EUPL-1.2
#include "tests/linearizability/contest.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <barrier>
#include <thread>

#include "tests/support/json_probe.h"
#include "tests/support/source_dir.h"
#include "tests/support/world.h"

namespace tests::linearizability {
namespace {

constexpr std::size_t kOfficers = 3;
/// Two keyboards each.
constexpr std::size_t kKeyboards = 2 * kOfficers;
constexpr std::size_t kRequests = 6;

HeaderLines with_key(const Request& request) {
    return {{"Idempotency-Key", request.key}};
}

Answer answer_of(const std::optional<RawResponse>& response) {
    if (!response) {
        return {};
    }
    Answer answer;
    answer.status = response->status;
    answer.body = response->body;
    if (response->status == 200) {
        answer.state = json_at(response->body, "/stato/nome");
        answer.version = std::stoll(json_at(response->body, "/versione"));
    }
    return answer;
}

/// A refusal carries a reference of its own; two of them say the same all the same.
Answer without_reference(Answer answer) {
    if (answer.status >= 400) {
        answer.body.clear();
    }
    return answer;
}

}  // namespace

Contest::Contest() : server_(source_dir() + "/tests/linearizability/gara", at("2025-03-03T09:00")) {
    server_.open_store();
    for (std::size_t i = 0; i < kOfficers; ++i) {
        engine::machine::Actor actor{"funzionario " + std::to_string(i), "funzionario", "326", ""};
        std::string secret = server_.add_token(actor);
        officers_.push_back({actor.person, std::move(secret)});
    }
    server_.launch();
    server_.wait_until_it_listens();
}

Contest::~Contest() {
    EXPECT_EQ(server_.stop(), 0) << server_.log_text();
    EXPECT_EQ(server_.verify(), "");
}

History Contest::fight(std::uint64_t seed, const Choice& choose, const Asking& ask) {
    std::vector<History> histories(kKeyboards);
    std::barrier start(static_cast<std::ptrdiff_t>(kKeyboards));
    std::vector<std::thread> keyboards;
    for (std::size_t i = 0; i < kKeyboards; ++i) {
        keyboards.emplace_back([&, i] {
            simulation::Dice dice(seed * kKeyboards + i);
            const Officer& officer = officers_[i % kOfficers];
            std::int64_t known = 1;
            start.arrive_and_wait();
            for (std::size_t n = 0; n < kRequests; ++n) {
                const Request request = choose(dice, officer, known);
                const std::uint64_t called = ++now_;
                const Answer answer = ask(officer, request);
                histories[i].push_back({request, answer, called, ++now_});
                known = std::max(known, answer.version);
            }
        });
    }
    History all;
    for (std::size_t i = 0; i < kKeyboards; ++i) {
        keyboards[i].join();
        all.insert(all.end(), histories[i].begin(), histories[i].end());
    }
    return all;
}

void Contest::read_at_last(History& history, const Asking& ask) {
    const Request request{"read", officers_.front().id, "", "", 0, ""};
    const std::uint64_t called = ++now_;
    const Answer answer = ask(officers_.front(), request);
    history.push_back({request, answer, called, ++now_});
}

History Contest::fight_for_a_procedure(std::uint64_t seed) {
    const std::string id = open_procedure(fmt::format("pratica-{}", ++opened_));
    const auto choose = [&](simulation::Dice& dice, const Officer& officer, std::int64_t known) {
        Request request{"read", officer.id, "", "", 0, ""};
        const int drawn = dice.between(1, 100);
        if (drawn <= 25) {
            return request;
        }
        request.what = drawn <= 75 ? "annota" : drawn <= 88 ? "accogli" : "respingi";
        // Mostly what was seen last; now and then what nobody has seen yet.
        request.expected = known + (dice.chance(10) ? 1 : 0);
        // The other keyboard of the same officer sends the same under the same key, or another.
        request.note = dice.chance(80) ? "una" : "altra";
        request.key = fmt::format("{}-{}-{}", id, request.what, request.expected);
        return request;
    };
    const auto ask = [&](const Officer& officer, const Request& request) {
        return without_reference(request.what == "read" ? read_procedure(officer, id)
                                                        : act(officer, id, request));
    };
    History history = fight(seed, choose, ask);
    read_at_last(history, ask);
    return history;
}

History Contest::fight_for_a_task(std::uint64_t seed) {
    const std::string id = open_procedure(fmt::format("compito-{}", ++opened_));
    const auto list =
        server_.ask({"GET", "/v1/compiti?procedura=" + id, officers_.front().secret, "", {}});
    const std::string task = json_at(list.value_or(RawResponse{}).body, "/elementi/0/id");
    const auto choose = [&](simulation::Dice& dice, const Officer& officer, std::int64_t) {
        Request request{"read", officer.id, "", "", 0, ""};
        const int drawn = dice.between(1, 100);
        if (drawn <= 25) {
            return request;
        }
        request.what = drawn <= 55 ? "prendi" : drawn <= 90 ? "cedi" : "concludi";
        if (request.what == "cedi") {
            request.to = dice.pick(officers_).id;
        }
        request.key = fmt::format("{}-{}-{}", request.what, task, dice.below(3));
        return request;
    };
    const auto ask = [&](const Officer& officer, const Request& request) {
        return without_reference(request.what == "read" ? read_task(officer, id)
                                                        : act_on_task(officer, task, request));
    };
    History history = fight(seed, choose, ask);
    read_at_last(history, ask);
    return history;
}

History Contest::fight_for_openings(std::uint64_t seed) {
    const int fight_number = ++opened_;
    const auto choose = [&](simulation::Dice& dice, const Officer& officer, std::int64_t) {
        Request request{"open", officer.id, "", "", 0, ""};
        request.key = fmt::format("aperta-{}-{}", fight_number, dice.below(3));
        request.note = dice.chance(80) ? "una" : "altra";
        return request;
    };
    return fight(seed, choose, [&](const Officer& officer, const Request& request) {
        return without_reference(open(officer, request));
    });
}

Answer Contest::open(const Officer& officer, const Request& request) const {
    const auto response = server_.ask(
        {"POST", "/v1/procedure", officer.secret,
         fmt::format(R"({{"famiglia":"gara","macchina":"pratica","dati":{{"nota":"{}"}}}})",
                     request.note),
         with_key(request)});
    return answer_of(response);
}

Answer Contest::read_procedure(const Officer& officer, const std::string& id) const {
    return answer_of(server_.ask({"GET", "/v1/procedure/" + id, officer.secret, "", {}}));
}

Answer Contest::act(const Officer& officer, const std::string& id, const Request& request) const {
    HeaderLines headers = with_key(request);
    headers.emplace_back("If-Match", fmt::format("\"{}\"", request.expected));
    return answer_of(server_.ask(
        {"POST", "/v1/procedure/" + id + "/eventi", officer.secret,
         fmt::format(R"({{"evento":"{}","dati":{{"nota":"{}"}}}})", request.what, request.note),
         std::move(headers)}));
}

Answer Contest::read_task(const Officer& officer, const std::string& root) const {
    const auto response =
        server_.ask({"GET", "/v1/compiti?conclusi=true&procedura=" + root, officer.secret, "", {}});
    if (!response || response->status != 200) {
        return answer_of(response);
    }
    const std::string held_by = json_at(response->body, "/elementi/0/assegnatario");
    Answer answer{response->status, 0, json_at(response->body, "/elementi/0/stato"), "", ""};
    answer.held_by = held_by == "null" ? "" : held_by;
    return answer;
}

Answer Contest::act_on_task(const Officer& officer, const std::string& task,
                            const Request& request) const {
    const std::string body =
        request.to.empty() ? "" : fmt::format(R"({{"assegnatario":"{}"}})", request.to);
    return answer_of(server_.ask({"POST", fmt::format("/v1/compiti/{}/{}", task, request.what),
                                  officer.secret, body, with_key(request)}));
}

std::string Contest::open_procedure(const std::string& key) const {
    const Officer& officer = officers_.front();
    return json_at(open(officer, {"open", officer.id, key, "apertura", 0, ""}).body, "/id");
}

}  // namespace tests::linearizability
