// SPDX-License-Identifier: EUPL-1.2
#include "api/access/rate_limiter.h"

#include <gtest/gtest.h>

namespace tests {
namespace {

using api::access::RateLimiter;
using engine::base::Instant;

constexpr api::access::RateLimit kThree{3, 1};

TEST(RateLimiter, RefusesWhenTheBucketIsEmpty) {
    RateLimiter limiter(kThree);
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(limiter.take("a", Instant{1000}).is_allowed);
    }

    const auto refused = limiter.take("a", Instant{1000});

    EXPECT_FALSE(refused.is_allowed);
    EXPECT_EQ(refused.remaining, 0);
    EXPECT_EQ(refused.reset_seconds, 1);
}

TEST(RateLimiter, GivesBackWhatTimeGives) {
    RateLimiter limiter(kThree);
    for (int i = 0; i < 3; ++i) {
        limiter.take("a", Instant{0});
    }

    EXPECT_FALSE(limiter.take("a", Instant{999}).is_allowed);
    EXPECT_TRUE(limiter.take("a", Instant{1001}).is_allowed);
    EXPECT_FALSE(limiter.take("a", Instant{1001}).is_allowed);
}

TEST(RateLimiter, TellsWhatIsLeft) {
    RateLimiter limiter(kThree);

    const auto first = limiter.take("a", Instant{0});

    EXPECT_EQ(first.limit, 3);
    EXPECT_EQ(first.remaining, 2);
    EXPECT_EQ(first.reset_seconds, 1);
}

TEST(RateLimiter, CountsEachClientApart) {
    RateLimiter limiter({1, 1});
    EXPECT_TRUE(limiter.take("a", Instant{0}).is_allowed);

    EXPECT_TRUE(limiter.take("b", Instant{0}).is_allowed);
    EXPECT_FALSE(limiter.take("a", Instant{0}).is_allowed);
}

TEST(RateLimiter, GivesNothingToAClockThatGoesBack) {
    RateLimiter limiter({1, 1});
    limiter.take("a", Instant{100'000});

    EXPECT_FALSE(limiter.take("a", Instant{0}).is_allowed);
    EXPECT_FALSE(limiter.take("a", Instant{100'000}).is_allowed);
}

TEST(RateLimiter, NeverHoldsMoreThanTheBucketHowLongeverOneWaits) {
    RateLimiter limiter(kThree);
    limiter.take("a", Instant{0});

    EXPECT_EQ(limiter.take("a", Instant{std::int64_t{1} << 50}).remaining, 2);
}

TEST(RateLimiter, ForgetsWhoWasUnusedForLongest) {
    RateLimiter limiter({1, 1});
    limiter.take("first", Instant{0});
    for (std::size_t i = 0; i < RateLimiter::kMaxClients; ++i) {
        limiter.take("client " + std::to_string(i), Instant{0});
    }

    EXPECT_FALSE(limiter.knows("first"));
    EXPECT_TRUE(limiter.knows("client 0"));
}

TEST(RateLimiter, KnowsWhoWasAdmitted) {
    RateLimiter limiter(kThree);
    EXPECT_FALSE(limiter.knows("a"));

    limiter.admit("a", Instant{0});

    EXPECT_TRUE(limiter.knows("a"));
    EXPECT_EQ(limiter.take("a", Instant{0}).remaining, 1);
}

}  // namespace
}  // namespace tests
