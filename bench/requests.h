// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "bench/wire.h"

namespace bench {

std::string get_request(const std::string& path, const std::string& secret);

/// A POST of JSON; `headers` are whole lines.
std::string post_request(const std::string& path, const std::string& secret, const std::string& key,
                         const std::string& headers, const std::string& body);

/// An officer at work on one procedure after the other: opens it and carries its three tasks to the
/// end, so four durable commands each; every one opens or ends a task and, but for the opening,
/// sends a message.
class OfficerAtWork final : public Conversation {
  public:
    /// `name` tells the idempotency keys of one client from those of others.
    OfficerAtWork(std::string secret, std::string name);
    std::string next(const Answer* last) override;

  private:
    std::string post(const std::string& path, const std::string& headers, const std::string& body);

    std::string secret_;
    std::string name_;
    std::size_t step_ = 0;
    std::size_t sent_ = 0;
    std::string path_;  ///< of the procedure that was opened
};

/// Asks for the same thing again and again.
class SameQuestion final : public Conversation {
  public:
    explicit SameQuestion(std::string request) : request_(std::move(request)) {}
    std::string next(const Answer*) override { return request_; }

  private:
    std::string request_;
};

/// As many clients as asked, each of them made by `make(number)`.
template <class Make>
Conversations many(std::size_t count, Make make) {
    Conversations all;
    for (std::size_t i = 0; i < count; ++i) {
        all.push_back(make(i));
    }
    return all;
}

}  // namespace bench
