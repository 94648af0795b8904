// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/random.h"

namespace tests::simulation {

/// Choices that a seed repeats. The standard distributions differ between libraries: these do not.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : random_(seed) {}

    /// From 0 to `count` - 1; `count` is at least 1.
    std::size_t below(std::size_t count) {
        return static_cast<std::size_t>(random_.next() % count);
    }
    /// From `low` to `high`, both included.
    int between(int low, int high) {
        return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1)));
    }
    bool chance(int percent) { return between(1, 100) <= percent; }
    template <class T>
    const T& pick(const std::vector<T>& items) {
        return items[below(items.size())];
    }
    std::string pick_word(std::initializer_list<const char*> words) {
        return *(words.begin() + static_cast<std::ptrdiff_t>(below(words.size())));
    }
    std::uint64_t next() { return random_.next(); }

  private:
    engine::base::SeededRandom random_;
};

}  // namespace tests::simulation
