// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/calendar/legal_date.h"

namespace api::scenario {

/// Furthest day named from today: ten years, more than a procedure and its follow-up last.
inline constexpr int kMaxDaysFromToday = 3650;

/// The text with `{oggi}`, `{oggi+9}` and `{oggi-30}` replaced by the day they name, as
/// AAAA-MM-GG: a story that is always told as of the present day.
/// Errors: malformed, with the line of a `{oggi` that is none of these.
engine::base::Result<std::string> resolve_days(std::string_view text,
                                               engine::calendar::LegalDate today);

}  // namespace api::scenario
