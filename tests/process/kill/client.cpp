// SPDX-License-Identifier: EUPL-1.2
#include "tests/process/kill/client.h"

#include <fmt/format.h>

#include "engine/base/sha256.h"
#include "engine/calendar/local_time.h"
#include "tests/support/json_probe.h"

namespace tests::kill {
namespace {

constexpr const char* kRoot = "pratica";
constexpr const char* kDraft = "bozza";
constexpr const char* kFiled = "presentata";

}  // namespace

Seat seat_of(ServedFolder& server, engine::machine::Actor actor) {
    std::string secret = server.add_token(actor);
    return {std::move(actor), std::move(secret)};
}

Client::Client(ServedFolder& server, Noticeboard& board, std::string name,
               const std::string& office, const std::string& party)
    : server_(server),
      board_(board),
      name_(std::move(name)),
      officer_(seat_of(server, {"funzionario " + name_, "funzionario", office, ""})),
      director_(seat_of(server, {"dirigente " + name_, "dirigente", office, ""})),
      body_(seat_of(server, {"ente " + name_, "ente", "", party})) {}

Attempt Client::post(std::string path, const Seat& seat, std::string body, HeaderLines headers) {
    headers.emplace_back("Idempotency-Key", key_);
    return {{"POST", std::move(path), seat.secret, std::move(body), std::move(headers)}, key_, {}};
}

/// A procedure whose applications close tonight or tomorrow night.
Attempt Client::open(simulation::Dice& dice) {
    const auto today = engine::calendar::legal_date_of(server_.clock.now());
    const auto term = today.plus_days(static_cast<int>(dice.below(2)));
    return post("/v1/procedure", officer_,
                fmt::format(R"({{"famiglia":"caduta","macchina":"pratica",)"
                            R"("dati":{{"oggetto":"{}","termine":"{}"}}}})",
                            key_, engine::calendar::render_legal_date(term)));
}

std::optional<Attempt> Client::attach(simulation::Dice& dice) {
    const auto id = board_.pick(kRoot, officer_.actor.office, dice);
    if (!id) {
        return std::nullopt;
    }
    const std::string content = "Atto con la chiave " + key_;
    Attempt attempt = post(fmt::format("/v1/procedure/{}/documenti?documento=atto", *id), officer_,
                           content, {{"Content-Type", "text/plain"}});
    attempt.mark = engine::base::sha256_hex(content);
    return attempt;
}

/// Takes a task of the office, or ends one that this officer has taken.
std::optional<Attempt> Client::handle_task(simulation::Dice& dice) {
    const auto list = server_.ask({"GET", "/v1/compiti?limite=20", officer_.secret, "", {}});
    if (!list || list->status != 200 || json_size(list->body, "/elementi") == 0) {
        return std::nullopt;
    }
    const auto at = fmt::format("/elementi/{}", dice.below(json_size(list->body, "/elementi")));
    const std::string task = json_at(list->body, at + "/id");
    const std::string& person = officer_.actor.person;
    const bool is_mine = json_at(list->body, at + "/assegnatario") == person;
    const std::string verb = is_mine ? "concludi" : "prendi";
    Attempt attempt = post(fmt::format("/v1/compiti/{}/{}", task, verb), officer_, "");
    attempt.mark = fmt::format("{} {} {}", verb, task, person);
    return attempt;
}

/// An event at the version that was read just before: another client may come in between.
std::optional<Attempt> Client::act_on(const std::optional<std::string>& id, const Seat& seat,
                                      const std::string& event, const std::string& field) {
    if (!id) {
        return std::nullopt;
    }
    const auto read = server_.ask({"GET", "/v1/procedure/" + *id, seat.secret, "", {}});
    if (!read || read->status != 200) {
        return std::nullopt;
    }
    return post("/v1/procedure/" + *id + "/eventi", seat,
                fmt::format(R"({{"evento":"{}","dati":{{"{}":"{}"}}}})", event, field, key_),
                {{"If-Match", read->header("etag")}});
}

std::optional<Attempt> Client::make_attempt(simulation::Dice& dice) {
    const std::string& office = officer_.actor.office;
    const std::string& party = body_.actor.party;
    const int drawn = dice.between(1, 100);
    if (drawn <= 10) {
        return open(dice);
    }
    if (drawn <= 25) {
        return attach(dice);
    }
    if (drawn <= 40) {
        return act_on(board_.pick(kRoot, office, dice), officer_, "annota", "nota");
    }
    if (drawn <= 55) {
        return act_on(board_.pick(kRoot, office, dice), body_, "chiedi", "nota");
    }
    if (drawn <= 75) {
        return act_on(board_.pick(kDraft, party, dice), body_, "presenta", "testo");
    }
    if (drawn <= 87) {
        return handle_task(dice);
    }
    if (drawn <= 95) {
        return act_on(board_.pick(kFiled, office, dice), officer_, "ammetti", "esito");
    }
    return act_on(board_.pick(kRoot, office, dice), director_, "decidi", "nota");
}

/// Learns from an answer that the act was done.
void Client::learn(const Attempt& attempt, const RawResponse& answer) {
    const std::string& office = officer_.actor.office;
    if (answer.status == 201) {
        board_.add(kRoot, office, json_at(answer.body, "/id"));
    } else if (json_size(answer.body, "/aperte") > 0) {
        board_.add(kDraft, body_.actor.party, json_at(answer.body, "/aperte/0"));
    } else if (attempt.asked.body.find("\"presenta\"") != std::string::npos) {
        board_.add(kFiled, json_at(answer.body, "/registrazione/amministrazione"),
                   json_at(answer.body, "/id"));
    }
}

void Client::work(std::uint64_t seed, const std::function<void()>& on_answer) {
    simulation::Dice dice(seed);
    attempts_.clear();
    while (true) {
        key_ = fmt::format("{}-{}", name_, ++sent_);
        auto attempt = make_attempt(dice);
        if (!attempt) {
            // Nothing to act on, or nobody there any more: an opening tells which.
            attempt = open(dice);
        }
        attempt->answer = server_.ask(attempt->asked);
        if (attempt->is_done()) {
            learn(*attempt, *attempt->answer);
        }
        attempts_.push_back(std::move(*attempt));
        if (!attempts_.back().answer) {
            return;
        }
        on_answer();
    }
}

std::optional<RawResponse> Client::send_again(const Attempt& attempt) {
    Attempt again{attempt.asked, attempt.mark, server_.ask(attempt.asked)};
    if (again.is_done() && !attempt.is_done()) {
        learn(again, *again.answer);
    }
    return again.answer;
}

}  // namespace tests::kill
