// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <string>

namespace workflows::comuni {

/// The administrations that act in these procedures, by code, with the names that people read: the
/// ATS (DGR XII/2167/2024, Allegato C) and those of uffici.json. Read once.
/// Threads: any.
const std::map<std::string, std::string>& known_offices();

/// The codes in a sentence: "321, 322, …, regione".
std::string office_codes_words();

}  // namespace workflows::comuni
