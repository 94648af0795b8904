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

}  // namespace bench
