// SPDX-License-Identifier: EUPL-1.2
#include "api/access/rate_limiter.h"

#include <algorithm>

namespace api::access {
namespace {

constexpr std::int64_t kMilli = 1000;

/// Whole seconds, rounded up: who waits that long is let in.
std::int64_t seconds_for(std::int64_t milli_requests, std::int64_t per_second) {
    const std::int64_t per = per_second * kMilli;
    return (std::max<std::int64_t>(milli_requests, 0) + per - 1) / per;
}

}  // namespace

RateState RateLimiter::state_of(const Bucket& bucket, bool is_allowed) const {
    const std::int64_t missing =
        is_allowed ? limit_.burst * kMilli - bucket.milli_requests : kMilli - bucket.milli_requests;
    return {is_allowed, limit_.burst, bucket.milli_requests / kMilli,
            seconds_for(missing, limit_.per_second)};
}

RateLimiter::Bucket& RateLimiter::find_or_add(const std::string& client,
                                              engine::base::Instant now) {
    const auto found = by_client_.find(client);
    if (found != by_client_.end()) {
        buckets_.splice(buckets_.begin(), buckets_, found->second);
        return buckets_.front();
    }
    if (buckets_.size() >= kMaxClients) {
        by_client_.erase(buckets_.back().client);
        buckets_.pop_back();
    }
    buckets_.push_front({client, limit_.burst * kMilli, now});
    by_client_.emplace(client, buckets_.begin());
    return buckets_.front();
}

RateState RateLimiter::take(const std::string& client, engine::base::Instant now) {
    const std::lock_guard lock(mutex_);
    Bucket& bucket = find_or_add(client, now);
    // Longer than the bucket takes to fill counts as that long: nothing overflows.
    const std::int64_t full_ms = limit_.burst * kMilli / limit_.per_second + 1;
    const std::int64_t elapsed_ms =
        std::clamp<std::int64_t>(now.utc_ms - bucket.counted_at.utc_ms, 0, full_ms);
    bucket.milli_requests =
        std::min(limit_.burst * kMilli, bucket.milli_requests + elapsed_ms * limit_.per_second);
    bucket.counted_at = std::max(bucket.counted_at, now);
    const bool is_allowed = bucket.milli_requests >= kMilli;
    if (is_allowed) {
        bucket.milli_requests -= kMilli;
    }
    return state_of(bucket, is_allowed);
}

bool RateLimiter::knows(const std::string& client) const {
    const std::lock_guard lock(mutex_);
    return by_client_.contains(client);
}

void RateLimiter::admit(const std::string& client, engine::base::Instant now) {
    const std::lock_guard lock(mutex_);
    if (!by_client_.contains(client)) {
        find_or_add(client, now).milli_requests -= kMilli;
    }
}

}  // namespace api::access
