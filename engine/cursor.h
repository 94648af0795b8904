// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/store/lists.h"

namespace engine {

/// Which list a cursor belongs to: one of tasks says nothing about deadlines.
enum class ListName : char { instances = 'i', tasks = 't', deadlines = 'd' };

/// Where a page ended, as text for an address: hexadecimal digits, opaque to who carries them.
std::string render_cursor(ListName list, const store::ListKey& key);

/// Its inverse. Errors: invalid_query (no cursor of this list), with the pointer `/dopo`.
base::Result<store::ListKey> parse_cursor(ListName list, std::string_view cursor);

}  // namespace engine
