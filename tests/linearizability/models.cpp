// SPDX-License-Identifier: EUPL-1.2
#include "tests/linearizability/models.h"

#include <fmt/format.h>

#include <algorithm>

namespace tests::linearizability {
namespace {

constexpr int kDone = 200;
constexpr int kOpened = 201;
constexpr int kForbidden = 403;
constexpr int kNotAvailable = 409;
constexpr int kOtherVersion = 412;
constexpr int kOtherRequest = 422;

/// All that makes two requests under one key the same.
std::string asked(const Request& request) {
    return fmt::format("{} {} {} {}", request.what, request.note, request.expected, request.to);
}

/// What was done under this key before; absent when nothing was.
std::optional<Kept> find_kept(const KeptAnswers& kept, const Request& request) {
    const auto found = kept.find({request.person, request.key});
    return found == kept.end() ? std::nullopt : std::optional(found->second);
}

bool repeats(const Kept& kept, const Request& request, const Answer& answer) {
    return kept.asked == asked(request) ? answer == kept.answer : answer.status == kOtherRequest;
}

template <class State>
std::optional<State> when(bool is_right, State state) {
    return is_right ? std::optional(std::move(state)) : std::nullopt;
}

template <class State>
std::optional<State> done(State state, const Request& request, const Answer& answer) {
    state.kept[{request.person, request.key}] = {asked(request), answer};
    return state;
}

std::string state_after(const std::string& event, const std::string& state) {
    return event == "accogli" ? "accolta" : event == "respingi" ? "respinta" : state;
}

}  // namespace

std::optional<ProcedureModel::State> ProcedureModel::after(const State& state,
                                                           const Request& request,
                                                           const Answer& answer) {
    if (request.what == "read") {
        return when(answer.status == kDone && answer.version == state.version &&
                        answer.state == state.state,
                    state);
    }
    if (const auto kept = find_kept(state.kept, request)) {
        return when(repeats(*kept, request, answer), state);
    }
    if (request.expected != state.version) {
        return when(answer.status == kOtherVersion, state);
    }
    if (state.state != "aperta") {
        return when(answer.status == kNotAvailable, state);
    }
    State next = state;
    ++next.version;
    next.state = state_after(request.what, state.state);
    if (answer.status != kDone || answer.version != next.version || answer.state != next.state) {
        return std::nullopt;
    }
    return done(std::move(next), request, answer);
}

std::optional<TaskModel::State> TaskModel::after(const State& state, const Request& request,
                                                 const Answer& answer) {
    if (request.what == "read") {
        return when(answer.status == kDone && answer.state == state.state &&
                        answer.held_by == state.held_by,
                    state);
    }
    if (const auto kept = find_kept(state.kept, request)) {
        return when(repeats(*kept, request, answer), state);
    }
    const bool is_taken = state.state == "taken";
    if (state.state == "done" || (request.what == "prendi" && is_taken)) {
        return when(answer.status == kNotAvailable, state);
    }
    if (request.what == "concludi" && is_taken && state.held_by != request.person) {
        return when(answer.status == kForbidden, state);
    }
    if (answer.status != kDone) {
        return std::nullopt;
    }
    State next = state;
    if (request.what == "concludi") {
        next.state = "done";
    } else {
        next.state = "taken";
        next.held_by = request.what == "cedi" ? request.to : request.person;
    }
    return done(std::move(next), request, answer);
}

std::optional<OpeningModel::State> OpeningModel::after(const State& state, const Request& request,
                                                       const Answer& answer) {
    if (const auto kept = find_kept(state.kept, request)) {
        return when(repeats(*kept, request, answer), state);
    }
    const bool is_known = std::any_of(state.kept.begin(), state.kept.end(), [&](const auto& one) {
        return one.second.answer.body == answer.body;
    });
    if (answer.status != kOpened || is_known) {
        return std::nullopt;
    }
    return done(state, request, answer);
}

std::string render_history(const History& history) {
    History sorted = history;
    std::sort(sorted.begin(), sorted.end(),
              [](const auto& one, const auto& other) { return one.called < other.called; });
    std::string text;
    for (const auto& call : sorted) {
        text += fmt::format("{:>4}–{:<4} {} [{}] key {} if {} to {}: {} version {} {} {}\n",
                            call.called, call.returned, call.request.what, call.request.person,
                            call.request.key, call.request.expected, call.request.to,
                            call.answer.status, call.answer.version, call.answer.state,
                            call.answer.held_by);
    }
    return text;
}

}  // namespace tests::linearizability
