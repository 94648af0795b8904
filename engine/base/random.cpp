// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/random.h"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace engine::base {

namespace {

/// Numbers that the generator gives at once, half a kilobyte: an act wants a dozen.
constexpr std::size_t kDrawnAtOnce = 64;

/// What is left of them.
struct Drawn {
    std::array<std::uint64_t, kDrawnAtOnce> numbers{};
    std::size_t left = 0;
};

}  // namespace

std::uint64_t SystemRandom::next() {
    thread_local Drawn drawn;
    if (drawn.left == 0) {
        if (RAND_bytes(reinterpret_cast<unsigned char*>(drawn.numbers.data()),
                       sizeof drawn.numbers) != 1) {
            throw std::runtime_error("the system gives no random bytes");
        }
        drawn.left = drawn.numbers.size();
    }
    // Given once, and then in nobody's memory but its owner's.
    return std::exchange(drawn.numbers[--drawn.left], 0);
}

std::string random_hex(Random& random) {
    const std::uint64_t high = random.next();
    const std::uint64_t low = random.next();
    return fmt::format("{:016x}{:016x}", high, low);
}

}  // namespace engine::base
