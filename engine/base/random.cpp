// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/random.h"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <stdexcept>

namespace engine::base {

std::uint64_t SystemRandom::next() {
    std::uint64_t bits = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&bits), sizeof bits) != 1) {
        throw std::runtime_error("the system gives no random bytes");
    }
    return bits;
}

std::string random_hex(Random& random) {
    const std::uint64_t high = random.next();
    const std::uint64_t low = random.next();
    return fmt::format("{:016x}{:016x}", high, low);
}

}  // namespace engine::base
