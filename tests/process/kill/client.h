// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/process/kill/attempt.h"
#include "tests/process/kill/noticeboard.h"
#include "tests/simulation/dice.h"
#include "tests/support/served_folder.h"

namespace tests::kill {

/// A person with the secret that lets them act.
struct Seat {
    engine::machine::Actor actor;
    std::string secret;
};

/// A new person who acts so, at a folder that nobody serves or somebody does.
Seat seat_of(ServedFolder& server, engine::machine::Actor actor);

/// Three people at one keyboard: an officer and a director of an office, and a body. Sends one act
/// after the other and remembers each, with its answer when one came.
/// Threads: one.
class Client {
  public:
    /// Makes its people. `name` tells it from other clients, in what it sends too.
    Client(ServedFolder& server, Noticeboard& board, std::string name, const std::string& office,
           const std::string& party);

    /// Acts as the seed says until no answer comes; `on_answer` is called after each.
    void work(std::uint64_t seed, const std::function<void()>& on_answer);
    /// Sends an attempt once more and, if it was done, tells the others what there is now.
    std::optional<RawResponse> send_again(const Attempt& attempt);
    /// Those of the last `work`.
    std::vector<Attempt>& attempts() { return attempts_; }

  private:
    std::optional<Attempt> make_attempt(simulation::Dice& dice);
    Attempt open(simulation::Dice& dice);
    std::optional<Attempt> attach(simulation::Dice& dice);
    std::optional<Attempt> handle_task(simulation::Dice& dice);
    std::optional<Attempt> act_on(const std::optional<std::string>& id, const Seat& seat,
                                  const std::string& event, const std::string& field);
    Attempt post(std::string path, const Seat& seat, std::string body, HeaderLines headers = {});
    void learn(const Attempt& attempt, const RawResponse& answer);

    ServedFolder& server_;
    Noticeboard& board_;
    std::string name_;
    Seat officer_;
    Seat director_;
    Seat body_;
    int sent_ = 0;
    std::string key_;
    std::vector<Attempt> attempts_;
};

}  // namespace tests::kill
