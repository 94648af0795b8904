// SPDX-License-Identifier: EUPL-1.2
#include "engine/calendar/rome_moment.h"

#include "engine/base/ensure.h"

namespace engine::calendar {

LocalMoment in_rome(const LocalMoment& moment) {
    if (!moment.offset_minutes) {
        return moment;
    }
    const auto instant = to_instant(moment);
    base::ensure(instant.has_value(), "an offset makes any moment one instant");
    // On the first and the last day that can be written Rome's may be one that cannot.
    return parse_local_moment(render_instant(*instant)).value_or(moment);
}

}  // namespace engine::calendar
