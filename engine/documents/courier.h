// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "engine/base/result.h"
#include "engine/base/strong_id.h"

namespace engine::documents {

/// A rendered message, ready to leave.
struct Envelope {
    base::MessageId id;  ///< a courier that has it already must not send it twice
    base::InstanceId instance;
    std::string message;  ///< its name in the definition
    std::string title;
    std::string to;     ///< a role, or "party"
    std::string party;  ///< the body, when `to` is "party"
    std::string office;
    std::string channel;
    std::string content;  ///< UTF-8 text
    std::string content_sha256;
};

/// Who takes messages out of the program: PEC, a notice board, a test's list.
class Courier {
  public:
    virtual ~Courier() = default;
    /// Errors: busy (try again later); anything else marks the message as failed.
    virtual base::Result<void> deliver(const Envelope& envelope) = 0;
};

}  // namespace engine::documents
