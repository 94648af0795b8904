// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace tests::linearizability {

/// What a client asked and was answered, and when by a count that all clients share.
template <class Request, class Answer>
struct Call {
    Request request;
    Answer answer;
    std::uint64_t called = 0;
    std::uint64_t returned = 0;
};

/// Looks for an order of the calls, one at a time, in which each answer is right: a call that had
/// returned before another was made comes before it (J. Wing, C. Gong, 1993; states already tried
/// are remembered, as G. Lowe does). `Model` has `State`, which can be ordered, `Request`,
/// `Answer`, and `after(state, request, answer)`: the state that the call leaves, absent when
/// nobody who does one thing at a time could have answered so.
template <class Model>
class Checker {
  public:
    using Calls = std::vector<Call<typename Model::Request, typename Model::Answer>>;

    explicit Checker(const Calls& calls) : calls_(calls), done_(calls.size(), false) {}

    /// Whether there is such an order.
    bool explains(const typename Model::State& start) { return search(start, calls_.size()); }

  private:
    bool search(const typename Model::State& state, std::size_t left) {
        if (left == 0) {
            return true;
        }
        if (!tried_.emplace(done_, state).second) {
            return false;
        }
        const std::uint64_t first_return = earliest_return();
        for (std::size_t i = 0; i < calls_.size(); ++i) {
            if (done_[i] || calls_[i].called > first_return) {
                continue;
            }
            const auto next = Model::after(state, calls_[i].request, calls_[i].answer);
            if (!next) {
                continue;
            }
            done_[i] = true;
            if (search(*next, left - 1)) {
                return true;
            }
            done_[i] = false;
        }
        return false;
    }

    /// Of those that have no place yet: whatever was called later cannot come first.
    std::uint64_t earliest_return() const {
        std::uint64_t earliest = UINT64_MAX;
        for (std::size_t i = 0; i < calls_.size(); ++i) {
            if (!done_[i]) {
                earliest = std::min(earliest, calls_[i].returned);
            }
        }
        return earliest;
    }

    const Calls& calls_;
    std::vector<bool> done_;
    std::set<std::pair<std::vector<bool>, typename Model::State>> tried_;
};

}  // namespace tests::linearizability
