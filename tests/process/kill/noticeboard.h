// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulation/dice.h"

namespace tests::kill {

/// What the clients tell each other: the procedures there are, by kind ("pratica", "bozza",
/// "presentata") and by whose they are.
/// Threads: any.
class Noticeboard {
  public:
    void add(const std::string& kind, const std::string& owner, const std::string& id) {
        const std::lock_guard lock(mutex_);
        ids_[{kind, owner}].push_back(id);
    }

    /// One of them, mostly a recent one; absent when there is none.
    std::optional<std::string> pick(const std::string& kind, const std::string& owner,
                                    simulation::Dice& dice) {
        const std::lock_guard lock(mutex_);
        const auto& known = ids_[{kind, owner}];
        if (known.empty()) {
            return std::nullopt;
        }
        const bool is_recent = known.size() > kRecent && dice.chance(kRecentPercent);
        return is_recent ? known[known.size() - 1 - dice.below(kRecent)] : dice.pick(known);
    }

  private:
    static constexpr std::size_t kRecent = 8;
    static constexpr int kRecentPercent = 80;

    std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> ids_;
};

}  // namespace tests::kill
