// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <stdexcept>
#include <string>

namespace engine::base {

/// A bug in our own code: a condition that cannot be false was false.
class BugError : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

/// Checks what cannot be false; `why` says why it holds.
/// Errors: throws BugError, which unwinds the transaction and is logged as `internal`.
inline void ensure(bool condition, const char* why) {
    if (!condition) {
        throw BugError(why);
    }
}

}  // namespace engine::base
