// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>

#include "engine/base/json.h"
#include "engine/calendar/local_time.h"
#include "engine/definition/source.h"
#include "engine/machine/facts.h"

namespace engine::machine {

/// The JSON text of a value; absent when there is none. `now` and `deadline` give "YYYY-MM-DD".
std::optional<std::string> read_source(const definition::ValueSource& source, const Facts& facts,
                                       const base::Fields& payload);

/// The same as a date with, maybe, an hour. Errors: invalid_input, naming the value that is missing
/// or is no date.
base::Result<calendar::LocalMoment> read_moment(const definition::ValueSource& source,
                                                const Facts& facts, const base::Fields& payload);

/// The same as a whole number. Errors: invalid_input.
base::Result<int> read_count(const definition::ValueSource& source, const Facts& facts,
                             const base::Fields& payload);

}  // namespace engine::machine
