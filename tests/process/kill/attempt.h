// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>

#include "tests/support/asked.h"
#include "tests/support/raw_client.h"

namespace tests::kill {

/// An act that a client sent, and what it knows of it.
struct Attempt {
    Asked asked;
    /// What the act leaves in the journal if it is done, by which it is found there: no other act
    /// leaves the same, but for a second attempt at the same task.
    std::string mark;
    std::optional<RawResponse> answer;  ///< absent: the server died before

    bool is_done() const { return answer && (answer->status == 200 || answer->status == 201); }
};

}  // namespace tests::kill
