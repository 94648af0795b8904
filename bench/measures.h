// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "bench/figures.h"
#include "bench/site.h"
#include "bench/sizes.h"

// Each function measures some lines of the table, each beside its floor.

namespace bench {

/// Durable commands over HTTP, of 64 clients and of one.
std::vector<Figure> measure_commands(Site& site, const Sizes& sizes);

/// GET of one instance.
std::vector<Figure> measure_reading(Site& site, const Sizes& sizes);

/// Pages of /v1/compiti, of few tasks and of many.
std::vector<Figure> measure_pages(Site& site, const Sizes& sizes);

/// Deadlines that ended while the program was off.
std::vector<Figure> measure_deadlines(Site& site, const Sizes& sizes);

/// What a finished procedure leaves in the database.
std::vector<Figure> measure_bytes(Site& site, const Sizes& sizes);

/// Start, memory and `verify` on a long journal.
std::vector<Figure> measure_large(Site& site, const Sizes& sizes);

/// The pure core.
std::vector<Figure> measure_decide(Site& site, const Sizes& sizes);

}  // namespace bench
