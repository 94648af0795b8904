// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/calendar/local_time.h"

namespace engine::calendar {

/// The same moment on Rome's wall clock: the programme keeps instants in UTC, and an application
/// of 01:30 was not filed the day before. One without an offset is Rome's already and stays as it
/// is. Legal: rules.md §6.3.
LocalMoment in_rome(const LocalMoment& moment);

}  // namespace engine::calendar
