// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/linearizability/checker.h"

// What the server would answer if it did one thing at a time, written without it: procedures of
// the machine gara/pratica, their task, and openings.

namespace tests::linearizability {

struct Request {
    std::string what;           ///< "read", an event, a verb of tasks, "open"
    std::string person;         ///< who asks
    std::string key;            ///< the Idempotency-Key; empty for a reading
    std::string note;           ///< what one request under a key may say otherwise than another
    std::int64_t expected = 0;  ///< If-Match
    std::string to;             ///< whom a task is passed to
};

struct Answer {
    int status = 0;
    std::int64_t version = 0;
    std::string state;  ///< of the procedure or of the task
    std::string held_by;
    std::string body;  ///< the same request under the same key gets the same

    auto operator<=>(const Answer&) const = default;
};

using History = std::vector<Call<Request, Answer>>;

/// What was done under a key, for who asks again.
struct Kept {
    std::string asked;
    Answer answer;

    auto operator<=>(const Kept&) const = default;
};
using KeptAnswers = std::map<std::pair<std::string, std::string>, Kept>;  ///< by person and key

/// Two officers decide on one version: If-Match lets one of them.
struct ProcedureModel {
    using Request = linearizability::Request;
    using Answer = linearizability::Answer;
    struct State {
        std::int64_t version = 1;
        std::string state = "aperta";
        KeptAnswers kept;

        auto operator<=>(const State&) const = default;
    };
    static std::optional<State> after(const State& state, const Request& request,
                                      const Answer& answer);
};

/// A task that people take, pass on and end. `state`: open · taken · done.
struct TaskModel {
    using Request = linearizability::Request;
    using Answer = linearizability::Answer;
    struct State {
        std::string state = "open";
        std::string held_by;
        KeptAnswers kept;

        auto operator<=>(const State&) const = default;
    };
    static std::optional<State> after(const State& state, const Request& request,
                                      const Answer& answer);
};

/// Openings, sent twice: one procedure for each key. `body` of an answer is its id.
struct OpeningModel {
    using Request = linearizability::Request;
    using Answer = linearizability::Answer;
    struct State {
        KeptAnswers kept;

        auto operator<=>(const State&) const = default;
    };
    static std::optional<State> after(const State& state, const Request& request,
                                      const Answer& answer);
};

/// Whether calls made one at a time could have been answered so.
template <class Model>
bool is_linearizable(const History& history, const typename Model::State& start = {}) {
    return Checker<Model>(history).explains(start);
}

/// A line for each call, in order of calling: for who reads a failure.
std::string render_history(const History& history);

}  // namespace tests::linearizability
