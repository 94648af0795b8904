// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "engine/base/error.h"

namespace engine::base {

/// A value or the Error that says why there is none. What the user or the law can cause travels
/// in it; exceptions are for the unexpected only.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
  public:
    using tl::expected<T, Error>::expected;
};

/// Makes the failed side of a Result: `return fail(ErrorCode::malformed, "Data non leggibile.")`.
inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

inline tl::unexpected<Error> fail(ErrorCode code, std::string message_it) {
    return fail(Error{code, std::move(message_it), {}});
}

}  // namespace engine::base
