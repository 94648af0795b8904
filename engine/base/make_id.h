// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "engine/base/instant.h"
#include "engine/base/random.h"

namespace engine::base {

/// A new id: twenty letters and digits (base58, without 0, O, I and l), nine of the millisecond
/// `at` and eleven of 64 random bits. Ids made later come later in the alphabet, so that a database
/// adds at the end of its trees. `at` before 1970 counts as 1970.
std::string make_id(Random& random, Instant at);

/// Whether a text can be an id: of these, or of the older ones (32 hexadecimal digits).
bool may_be_id(std::string_view text);

}  // namespace engine::base
