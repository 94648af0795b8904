// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "engine/base/instant.h"

namespace api::access {

/// How many requests one client may send.
struct RateLimit {
    /// The bucket: requests at once. A page with its parts, or a program that reads some lists.
    std::int64_t burst = 120;
    /// What comes back each second: one program that works all day stays below it.
    std::int64_t per_second = 20;
};

/// What a client is told in every answer, and whether this request may go on.
struct RateState {
    bool is_allowed = true;
    std::int64_t limit = 0;
    std::int64_t remaining = 0;
    std::int64_t reset_seconds = 0;  ///< until the bucket is full again; for a refusal, until one
};

/// Token buckets by client, at most kMaxClients of them: beyond, the one unused for longest goes.
/// Threads: any.
class RateLimiter {
  public:
    /// Two hundred bytes each: a few megabytes at the most.
    static constexpr std::size_t kMaxClients = 20000;

    explicit RateLimiter(RateLimit limit) : limit_(limit) {}

    /// Takes one request from the bucket of `client`, at that instant. A clock that goes back
    /// gives nothing.
    RateState take(const std::string& client, engine::base::Instant now);

    /// Whether the client has a bucket: has been `admit`ted and not forgotten since.
    bool knows(const std::string& client) const;
    /// Gives the client a bucket of its own, full but for the request that it comes with.
    void admit(const std::string& client, engine::base::Instant now);

  private:
    struct Bucket {
        std::string client;
        std::int64_t milli_requests = 0;  ///< thousandths, so that time counts exactly
        engine::base::Instant counted_at;
    };
    using Buckets = std::list<Bucket>;  ///< most recently used first

    Bucket& find_or_add(const std::string& client, engine::base::Instant now);
    RateState state_of(const Bucket& bucket, bool is_allowed) const;

    const RateLimit limit_;
    mutable std::mutex mutex_;
    Buckets buckets_;
    std::unordered_map<std::string, Buckets::iterator> by_client_;
};

}  // namespace api::access
