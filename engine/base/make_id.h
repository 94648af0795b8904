// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "engine/base/instant.h"
#include "engine/base/random.h"

namespace engine::base {

/// A new id: twenty digits and small letters (none of i, l, o and u), seven that change eight times
/// a second and thirteen of 65 random bits. Ids made later come later in the alphabet, so that a
/// database adds at the end of its trees. `at` before 1970 counts as 1970; from 2109 on the first
/// seven begin anew.
std::string make_id(Random& random, Instant at);

/// As much of an id as people read and copy: all of its time, and three digits more that tell apart
/// what was opened together.
std::string short_id(std::string_view id);

/// Whether a text can be an id: of these, or of the older ones (32 hexadecimal digits).
bool may_be_id(std::string_view text);

}  // namespace engine::base
