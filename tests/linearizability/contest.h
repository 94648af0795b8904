// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "tests/linearizability/models.h"
#include "tests/simulation/dice.h"
#include "tests/support/served_folder.h"

namespace tests::linearizability {

struct Officer {
    std::string id;
    std::string secret;
};

/// Officers, some at two keyboards at once, who want the same things of a real server.
class Contest {
  public:
    Contest();
    /// Stops the server: it must end well.
    ~Contest();
    Contest(const Contest&) = delete;
    Contest& operator=(const Contest&) = delete;

    /// A new procedure, and all that its officers asked of it at the same time.
    History fight_for_a_procedure(std::uint64_t seed);
    /// A new procedure's task.
    History fight_for_a_task(std::uint64_t seed);
    /// Openings under the same few keys, which no other fight uses.
    History fight_for_openings(std::uint64_t seed);

  private:
    /// What a keyboard asks next; `known` is the version it has seen last.
    using Choice = std::function<Request(simulation::Dice&, const Officer&, std::int64_t known)>;
    using Asking = std::function<Answer(const Officer&, const Request&)>;

    History fight(std::uint64_t seed, const Choice& choose, const Asking& ask);
    /// What is left when all is over, so that no order may hide the last act.
    void read_at_last(History& history, const Asking& ask);
    Answer open(const Officer& officer, const Request& request) const;
    Answer read_procedure(const Officer& officer, const std::string& id) const;
    Answer act(const Officer& officer, const std::string& id, const Request& request) const;
    Answer read_task(const Officer& officer, const std::string& root) const;
    Answer act_on_task(const Officer& officer, const std::string& task,
                       const Request& request) const;
    std::string open_procedure(const std::string& key) const;

    ServedFolder server_;
    std::vector<Officer> officers_;
    std::atomic<std::uint64_t> now_{0};
    int opened_ = 0;
};

}  // namespace tests::linearizability
