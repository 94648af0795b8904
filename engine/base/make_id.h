// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "engine/base/instant.h"
#include "engine/base/random.h"

namespace engine::base {

/// A new id: twenty digits and small letters (none of i, l, o and u), five that change every two
/// minutes and fifteen of 75 random bits. Ids made later come later in the alphabet, so that a
/// database adds near the end of its trees, and the first eight tell apart for people what is
/// opened together. `at` before 1970 counts as 1970; from 2109 on the first five begin anew.
std::string make_id(Random& random, Instant at);

/// Whether a text can be an id: of these, or of the older ones (32 hexadecimal digits).
bool may_be_id(std::string_view text);

}  // namespace engine::base
