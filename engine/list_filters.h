// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/base/result.h"
#include "engine/definition/catalog.h"
#include "engine/store/lists.h"

namespace engine {

/// Whether a list can be asked so: names that some definition of the catalog has, statuses and
/// kinds that there are, and no archive of everybody. A name that nothing has is told with those
/// that there are, or with where they are: an empty list would say that there is nothing to do.
/// Errors: invalid_query, with the name of the filter as a pointer ("/stato").
base::Result<void> check_filter(const definition::Catalog& catalog,
                                const store::InstanceFilter& filter);
base::Result<void> check_filter(const definition::Catalog& catalog,
                                const store::TaskFilter& filter);
base::Result<void> check_filter(const definition::Catalog& catalog,
                                const store::DeadlineFilter& filter);

}  // namespace engine
