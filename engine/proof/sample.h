// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/definition/definition.h"

namespace engine::proof {

using namespace definition;

/// The made-up body of a script, by its tax code.
inline constexpr const char* kSampleParty = "99000010100";
inline constexpr const char* kSampleOffice = "326";

/// A made-up value that the schema of the field accepts, as JSON: the first of those listed, the
/// smallest number, a date (`date`, "YYYY-MM-DD") where one is wanted, a text of the forms that are
/// really used (dates, codes, digits, addresses). Absent when none of them fits: a person must fill
/// it in.
std::optional<std::string> make_sample(const FieldDefinition& field, bool wants_date,
                                       const std::string& date,
                                       const std::vector<std::string>& excluded);

/// The value as an officer writes it in a script.
std::string write_value(const std::string& json);

/// Whether something reads the field as a day.
bool is_read_as_date(const WorkflowDefinition& definition, const std::string& field);

}  // namespace engine::proof
