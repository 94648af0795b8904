// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/queries.h"
#include "engine/store/lists.h"

namespace engine {

/// A row as it is listed: with the titles and sources that its own definition gives it.
InstanceRow make_row(const definition::Catalog& catalog, const machine::Instance& row);
/// Overdue is judged at `now`.
TaskRow make_row(const definition::Catalog& catalog, const store::ListedTask& listed,
                 base::Instant now);
DeadlineRow make_row(const definition::Catalog& catalog, const store::ListedDeadline& listed,
                     base::Instant now);

}  // namespace engine
