// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace engine::base {

/// The only source of randomness: ids and salts. Injected, so that a seed repeats a run.
class Random {
  public:
    virtual ~Random() = default;

    /// 64 random bits.
    virtual std::uint64_t next() = 0;
};

/// The operating system's generator, fit for salts.
/// Threads: any.
class SystemRandom final : public Random {
  public:
    /// Errors: std::runtime_error when the system has no entropy to give.
    std::uint64_t next() override;
};

/// Same seed, same sequence. For tests, scenarios and simulations only.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : generator_(seed) {}

    std::uint64_t next() override { return generator_(); }

  private:
    std::mt19937_64 generator_;
};

/// 128 random bits as 32 lower-case hexadecimal digits: an id or a salt.
std::string random_hex(Random& random);

}  // namespace engine::base
