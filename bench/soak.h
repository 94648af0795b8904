// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <ostream>

#include "bench/site.h"

namespace bench {

struct SoakTimes {
    std::chrono::milliseconds all;
    std::chrono::milliseconds interval;  ///< one line of the report each
};

/// Years of work in minutes: the whole server in this process on a clock that runs fast, an officer
/// at work, terms that end, messages that leave, readers who never rest. Prints a line for each
/// interval; true when memory, file handles, log and latency are at the end what they were once all
/// was warm. Errors: std::runtime_error.
bool soak(Site& site, SoakTimes times, std::ostream& out);

}  // namespace bench
